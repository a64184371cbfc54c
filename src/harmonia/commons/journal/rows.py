"""Rows into tables, and one row out of them, past the ORM: only where a drop-off or an import waits for it.

Building a query costs Django ten times what the database takes to answer it (`dev.py bench ledger`).
"""

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert a few rows by one statement; table and columns are our own words, never somebody's input."""
    with connection.cursor() as cursor:
        cursor.execute(_values(table, tuple(columns), len(rows)), list(chain.from_iterable(rows)))


@cache
def _values(table: str, columns: tuple[str, ...], rows: int) -> str:
    marks = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * rows)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {marks}"  # noqa: S608 - our own names


def append(row: Model, once: str = "") -> bool:
    """Insert a new row of a model as `save(force_insert=True)` does, without its signals; its number is filled in.

    With `once` (a unique column) nothing is inserted, and False returned, where another row has its value already.
    """
    statement, fields = _insertion(type(row), row.pk is None, once)
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        )
        if (found := cursor.fetchone()) is None:
            return False
    row.pk = found[0]
    row._state.adding, row._state.db = False, "default"  # noqa: SLF001 - Django's documented record of where a row is
    return True


@cache
def _insertion(model: type[Model], numbered_here: bool, once: str) -> "tuple[str, list[Field[Any, Any]]]":
    options = model._meta  # noqa: SLF001 - Django's documented name of a model's options
    fields = [f for f in options.concrete_fields if not (numbered_here and f.primary_key)]
    values = _values(options.db_table, tuple(f.column or "" for f in fields), 1)
    pass_over = f" ON CONFLICT ({once}) DO NOTHING" if once else ""
    return f"{values}{pass_over} RETURNING {options.pk.column}", fields


def copy(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert many rows at once, by the fastest way the database has."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(_values(table, tuple(columns), 1), rows)
            return
        types = _types(table)
        # COPY is psycopg's own: its errors become Django's only when asked. Binary: neither side reads or writes digits.
        copying = cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)")
        with connection.wrap_database_errors, copying as out:
            out.set_types([types[column] for column in columns])
            for row in rows:
                out.write_row(row)


@cache
def _types(table: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, atttypid::regtype::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0",
            [table],
        )
        return dict(cursor.fetchall())


def first(statement: str, *values: int | str) -> tuple[Any, ...] | None:
    """Return the first row of an answer, or None."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found
