"""Rows into tables, and one row out of them, past the ORM: only where a drop-off or an import waits for it.

Building a query costs Django ten times what the database takes to answer it (`dev.py bench ledger`).
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows; table and columns are our own words, never somebody's input."""
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - our own names


def append(row: Model) -> None:
    """Insert a new row of a model as `save(force_insert=True)` does, without its signals; its number is filled in."""
    statement, fields = _insertion(type(row), row.pk is None)
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        )
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, "default"  # noqa: SLF001 - Django's documented record of where a row is


@cache
def _insertion(model: type[Model], numbered_here: bool) -> "tuple[str, list[Field[Any, Any]]]":
    options = model._meta  # noqa: SLF001 - Django's documented name of a model's options
    fields = [f for f in options.concrete_fields if not (numbered_here and f.primary_key)]
    names, marks = ", ".join(f.column or "" for f in fields), ", ".join(["%s"] * len(fields))
    key = options.pk.column
    return f"INSERT INTO {options.db_table} ({names}) VALUES ({marks}) RETURNING {key}", fields  # noqa: S608 - as above


def copy(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert many rows at once, by the fastest way the database has."""
    if connection.vendor != "postgresql":
        insert(table, columns, rows)
        return
    with connection.cursor() as cursor:
        # COPY is psycopg's own: its errors become Django's only when asked.
        copying = cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN")
        with connection.wrap_database_errors, copying as out:
            for row in rows:
                out.write_row(row)


def first(statement: str, *values: int | str) -> tuple[Any, ...] | None:
    """Return the first row of an answer, or None."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found
