"""Rows into tables, and one row out of them, past the ORM: only where a drop-off or an import waits for it.

Building a query costs Django ten times what the database takes to answer it (`dev.py bench ledger`).
"""

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Field, Model


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert a few rows by one statement; table and columns are our own words, never somebody's input."""
    with connection.cursor() as cursor:
        cursor.execute(_values(table, tuple(columns), len(rows)), list(chain.from_iterable(rows)))


@cache
def _values(table: str, columns: tuple[str, ...], rows: int) -> str:
    marks = _marks(len(columns), rows)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {marks}"  # noqa: S608 - our own names


def append(row: Model, once: str = "") -> bool:
    """Insert a new row of a model as `save(force_insert=True)` does, without its signals; its number is filled in.

    With `once` (a unique column) nothing is inserted, and False returned, where another row has its value already.
    """
    statement, fields = _insertion(type(row), row.pk is None, once)
    return _number(row, first(statement, *_prepared(row, fields)))


class Parts(NamedTuple):
    """Rows of another table that belong to one new row; their first column is its number, which they do not give."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


def append_with(row: Model, parts: Sequence[Parts], once: str) -> bool:
    """Append a row as `append` does, together with rows that belong to it."""
    if connection.vendor == "postgresql":  # one answer to wait for instead of several; SQLite cannot
        statement, fields = _insertion(type(row), row.pk is None, once)
        shapes = tuple((part.table, part.columns, len(part.rows)) for part in parts)
        values = chain(_prepared(row, fields), *chain.from_iterable(part.rows for part in parts))
        return _number(row, first(_with_parts(statement, shapes), *values))
    if not append(row, once):
        return False
    for part in parts:
        insert(part.table, part.columns, [(row.pk, *values) for values in part.rows])
    return True


def _prepared(row: Model, fields: "list[Field[Any, Any]]") -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


def _number(row: Model, found: tuple[Any, ...] | None) -> bool:
    if found is None:
        return False
    row.pk = found[0]
    arrived(row)
    return True


@cache
def _with_parts(statement: str, shapes: tuple[tuple[str, tuple[str, ...], int], ...]) -> str:
    whole = f"whole (number) AS ({statement})"
    parts = [
        f"""part_{table} AS (INSERT INTO {table} ({", ".join(columns)})
            SELECT whole.number, part.* FROM whole CROSS JOIN (VALUES {_marks(len(columns) - 1, rows)}) part)"""  # noqa: S608
        for table, columns, rows in shapes
    ]
    return f"WITH {', '.join([whole, *parts])} SELECT number FROM whole"  # noqa: S608 - our own names


def _marks(columns: int, rows: int) -> str:
    return ", ".join([f"({', '.join(['%s'] * columns)})"] * rows)


def arrived(row: Model) -> None:
    """Let a row know that the database holds it."""
    row._state.adding, row._state.db = False, "default"  # noqa: SLF001 - Django's documented record of where a row is


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


def first(statement: str, *values: Any) -> tuple[Any, ...] | None:
    """Return the first row of an answer, or None."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found
