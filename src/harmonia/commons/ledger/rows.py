"""Rows into tables, and one row out of them, past the ORM: only where a drop-off or an import waits for it.

Building a query costs Django ten times what the database takes to answer it (`dev.py bench ledger`).
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows; table and columns are our own words, never somebody's input."""
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - our own names


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
