"""Conversations in the files people have: Harmonia's own tables, and what Polis exports.

| file | columns |
|---|---|
| votes.csv | participant, statement, vote (1, 0, -1), and if known `at`; or Polis' voter-id, comment-id, vote, timestamp |
| votes.json | Polis: a list of participant_id, statement_id, vote, modified |
| participants-votes.csv | Polis: a row a participant, a column a statement |
| statements.csv | statement, text, and if needed `meta`, `hidden` (1 where so) |
| comments.csv, comments.json | Polis: statements with `moderated` (-1 is hidden) and `is_meta` |
"""

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from harmonia.science.choice.opinions.votes import OpinionError, Statement, Vote

Row = Mapping[str, str]
MATRIX_HEAD = "participant"
_NAMES = {"participant": ("participant", "voter-id"), "statement": ("statement", "comment-id")}


def votes_from_csv(text: str) -> list[Vote]:
    """Return the votes of a table with a row a vote, or a row a participant; raise OpinionError on anything else."""
    heads, rows = _table(text)
    if heads and heads[0] == MATRIX_HEAD and "vote" not in heads:
        return list(_matrix(heads, rows))
    who, what = (_one_of(heads, _NAMES[name]) for name in ("participant", "statement"))
    value, at = (
        _one_of(heads, ("vote",)),
        next((heads.index(n) for n in ("at", "timestamp") if n in heads), None),
    )
    return [
        Vote(row[who], row[what], _answer(line, row[value]), None if at is None else _number(line, row[at]))
        for line, row in rows
    ]


def votes_from_json(text: str) -> list[Vote]:
    """Return the votes of Polis' list; raise OpinionError on anything else."""
    return [
        Vote(
            str(row["participant_id"]),
            str(row["statement_id"]),
            _answer(number, str(row["vote"])),
            None if row.get("modified") is None else _number(number, str(row["modified"])),
        )
        for number, row in _objects(text, ("participant_id", "statement_id", "vote"))
    ]


def statements_from_csv(text: str) -> list[Statement]:
    """Return the statements of a table; raise OpinionError on anything else."""
    heads, rows = _table(text)
    name, body = _one_of(heads, ("statement", "comment-id")), _one_of(heads, ("text", "comment-body"))
    column = {head: place for place, head in enumerate(heads)}

    def told(row: list[str], head: str, word: str) -> bool:
        return head in column and row[column[head]].strip() == word

    return [
        Statement(
            row[name],
            row[body],
            meta=told(row, "meta", "1"),
            hidden=told(row, "hidden", "1") or told(row, "moderated", "-1"),
        )
        for _, row in rows
    ]


def statements_from_json(text: str) -> list[Statement]:
    """Return the statements of Polis' list; raise OpinionError on anything else."""
    return [
        Statement(
            str(row["statement_id"]),
            str(row.get("txt", "")),
            meta=bool(row.get("is_meta")),
            hidden=row.get("moderated") == -1,
        )
        for _, row in _objects(text, ("statement_id",))
    ]


VOTES: Mapping[str, Callable[[str], list[Vote]]] = {
    "votes.json": votes_from_json,
    "votes.csv": votes_from_csv,
    "participants-votes.csv": votes_from_csv,
}
STATEMENTS: Mapping[str, Callable[[str], list[Statement]]] = {
    "statements.csv": statements_from_csv,
    "comments.json": statements_from_json,
    "comments.csv": statements_from_csv,
}


def _matrix(heads: list[str], rows: list[tuple[int, list[str]]]) -> Iterator[Vote]:
    """Yield the votes of a row a participant; columns whose name is no number are about the participant."""
    columns = [(place, head) for place, head in enumerate(heads) if head.isdecimal()]
    if not columns:
        raise OpinionError("The table has no column for a statement; their names are numbers.")
    answers = {"1": 1, "0": 0, "-1": -1}
    for line, row in rows:
        who = row[0]
        for place, head in columns:
            cell = row[place]
            if cell:
                found = answers.get(cell)
                yield Vote(who, head, _answer(line, cell) if found is None else found)


def _table(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        heads = [head.strip() for head in next(reader, [])]
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise OpinionError(f"Line {reader.line_num} cannot be read: {error}.") from None
    short = next((line for line, row in rows if len(row) < len(heads)), None)
    if short is not None:
        raise OpinionError(f"Line {short} has fewer cells than the table has columns.")
    return heads, rows


def _one_of(heads: list[str], names: tuple[str, ...]) -> int:
    for name in names:
        if name in heads:
            return heads.index(name)
    raise OpinionError(f"The table needs a column {names[0]}; it has {', '.join(heads) or 'none'}.")


def _objects(text: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        raise OpinionError("The text is no JSON.") from None
    if not isinstance(rows, list):
        raise OpinionError("The text is no list of rows.")
    for number, row in enumerate(rows, start=1):
        missing = [name for name in needed if not isinstance(row, dict) or name not in row]
        if missing:
            raise OpinionError(f"Row {number} lacks {missing[0]}.")
        yield number, row


def _answer(line: int, cell: str) -> int:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if value not in (1.0, 0.0, -1.0):
        raise OpinionError(f"Line {line}: {cell!r} is no answer; it is 1 (agree), 0 (pass) or -1 (disagree).")
    return int(value)


def _number(line: int, cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise OpinionError(f"Line {line}: {cell!r} is no time.")
    return value
