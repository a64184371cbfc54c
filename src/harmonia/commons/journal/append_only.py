"""Triggers that let the database itself refuse to change or delete rows, on SQLite and PostgreSQL alike."""

from collections.abc import Callable
from typing import Any

from django.db.migrations.operations import RunPython

Editor = Any  # the schema editor and the app registry of a migration have no public types


def _sqlite(table: str) -> list[str]:
    return [
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"""CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_refuse()""",
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
    ]


def statements(sqlite: list[str], postgresql: list[str]) -> RunPython:
    """Return a migration step that runs the statements of the database at hand.

    Statements go one by one: SQLite's script mode would commit the migration half way.
    """

    def forward(_: Any, editor: Editor) -> None:
        chosen = {"sqlite": sqlite, "postgresql": postgresql}[editor.connection.vendor]
        with editor.connection.cursor() as cursor:
            for statement in chosen:
                cursor.execute(statement)

    step: Callable[[Any, Editor], None] = forward
    return RunPython(step, elidable=False)


def append_only(*tables: str) -> RunPython:
    """Return a migration step after which rows of these tables can only be added."""
    return statements([s for t in tables for s in _sqlite(t)], [s for t in tables for s in _postgresql(t)])
