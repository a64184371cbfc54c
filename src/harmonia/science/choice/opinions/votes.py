"""Who said what to which statement, in one canonical order, so that the same votes always give the same map."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
AGREE, PASS, DISAGREE = 1, 0, -1
ENOUGH_VOTES = 7  # who has voted this often has a place on the map
FIRST = 15  # or who was among the first to come: nobody vanishes from the map they began


class OpinionError(ValueError):
    """Votes or statements that cannot be mapped; the message is one sentence for the reader."""


class Vote(NamedTuple):
    """One answer: 1 agree, 0 pass, -1 disagree; `at` [any unit, later is larger] orders changes of mind."""

    participant: str
    statement: str
    value: int
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What people answer to; `meta` asks about the person, `hidden` was moderated out: neither shapes the map."""

    id: str
    text: str = ""
    meta: bool = False
    hidden: bool = False

    @property
    def shown(self) -> bool:
        """Whether its answers shape axes, groups and consensus."""
        return not (self.meta or self.hidden)


@dataclass(frozen=True)
class VoteTable:
    """Every participant's last answers as three parallel arrays, sorted by participant, then statement.

    `rows` and `columns` point into `participants` and `statements`; `first` are rows of those who came first.
    """

    participants: tuple[str, ...]
    statements: tuple[Statement, ...]
    rows: Ints
    columns: Ints
    values: Ints
    first: frozenset[int] = field(default_factory=frozenset)

    @cached_property
    def shown(self) -> Flags:
        """Which statements shape the map, shape (statements,)."""
        return np.array([statement.shown for statement in self.statements], dtype=bool)

    @cached_property
    def meta(self) -> Flags:
        """Which statements ask about the person, shape (statements,)."""
        return np.array([statement.meta for statement in self.statements], dtype=bool)

    def mapped(self) -> Flags:
        """Return who has a place on the map: enough votes, or among the first to come, shape (participants,)."""
        each = np.bincount(self.rows, minlength=len(self.participants))
        enough: Flags = each >= min(ENOUGH_VOTES, len(self.statements))
        enough[sorted(self.first)] = True
        return enough

    def with_vote(self, vote: Vote) -> "VoteTable":
        """Return the table after one more answer; who or what is new is added. `first` stays as it is.

        Raises
        ------
        OpinionError
            The value is none of 1, 0, -1.
        """
        _check_values([vote])
        table = _with_statement(_with_participant(self, vote.participant), vote.statement)
        row = table.participants.index(vote.participant)
        column = [statement.id for statement in table.statements].index(vote.statement)
        keys, key = table.rows * len(table.statements) + table.columns, row * len(table.statements) + column
        at = int(np.searchsorted(keys, key))
        if at < len(keys) and keys[at] == key:
            values = table.values.copy()
            values[at] = vote.value
            return replace(table, values=values)
        return replace(
            table,
            rows=np.insert(table.rows, at, row),
            columns=np.insert(table.columns, at, column),
            values=np.insert(table.values, at, vote.value),
        )


def _with_participant(table: VoteTable, name: str) -> VoteTable:
    at = bisect_left(table.participants, _natural(name), key=_natural)
    if table.participants[at : at + 1] == (name,):
        return table
    return replace(
        table,
        participants=(*table.participants[:at], name, *table.participants[at:]),
        rows=table.rows + (table.rows >= at),
        first=frozenset(row + (row >= at) for row in table.first),
    )


def _with_statement(table: VoteTable, name: str) -> VoteTable:
    at = bisect_left(table.statements, _natural(name), key=lambda statement: _natural(statement.id))
    if at < len(table.statements) and table.statements[at].id == name:
        return table
    return replace(
        table,
        statements=(*table.statements[:at], Statement(name), *table.statements[at:]),
        columns=table.columns + (table.columns >= at),
    )


def vote_table(votes: Iterable[Vote], statements: Iterable[Statement] = ()) -> VoteTable:
    """Return the canonical table of votes in any order; statements nobody described get an empty text.

    Where somebody answered a statement twice, the later answer counts, so both must say when they were given.

    Raises
    ------
    OpinionError
        A value is none of 1, 0, -1; a statement is described twice; or two answers differ and no time tells.
    """
    cast = list(votes)
    _check_values(cast)
    described = _described(statements)
    people = sorted({vote[0] for vote in cast}, key=_natural)
    names = sorted({*described, *(vote[1] for vote in cast)}, key=_natural)
    row_of, column_of = ({name: place for place, name in enumerate(order)} for order in (people, names))
    rows = np.fromiter((row_of[vote[0]] for vote in cast), np.int64, len(cast))
    columns = np.fromiter((column_of[vote[1]] for vote in cast), np.int64, len(cast))
    keys = rows * len(names) + columns
    order = np.argsort(keys, kind="stable")
    if np.any(keys[order][1:] == keys[order][:-1]):
        return vote_table(_last_answers(cast), described.values())
    values = np.fromiter((vote[2] for vote in cast), np.int64, len(cast))
    return VoteTable(
        tuple(people),
        tuple(described.get(name) or Statement(name) for name in names),
        rows[order],
        columns[order],
        values[order],
        _first(cast, rows, len(people)),
    )


def _check_values(votes: Sequence[Vote]) -> None:
    if {vote[2] for vote in votes} <= {AGREE, PASS, DISAGREE}:
        return
    odd = next(vote for vote in votes if vote.value not in (AGREE, PASS, DISAGREE))
    raise OpinionError(
        f"Participant {odd.participant!r} answered {odd.value!r} to statement {odd.statement!r}; "
        "an answer is 1 (agree), 0 (pass) or -1 (disagree)."
    )


def _last_answers(votes: Iterable[Vote]) -> list[Vote]:
    last: dict[tuple[str, str], Vote] = {}
    for vote in votes:
        key = (vote.participant, vote.statement)
        last[key] = _later(last[key], vote) if key in last else vote
    return list(last.values())


def _later(kept: Vote, new: Vote) -> Vote:
    if kept.at is not None and new.at is not None and kept.at != new.at:
        return kept if kept.at > new.at else new
    if kept.value == new.value:
        return kept
    raise OpinionError(
        f"Participant {new.participant!r} answered statement {new.statement!r} twice, and no time tells "
        "which answer is the last."
    )


def _described(statements: Iterable[Statement]) -> dict[str, Statement]:
    described: dict[str, Statement] = {}
    for statement in statements:
        if statement.id in described:
            raise OpinionError(f"Two statements share the id {statement.id!r}.")
        described[statement.id] = statement
    return described


def _natural(name: str) -> tuple[int, int, str]:
    """Sort 2 before 10, and numbers before words."""
    return (0, int(name), name) if name.isdecimal() and len(name) <= 18 else (1, 0, name)


def _first(votes: Sequence[Vote], rows: Ints, people: int) -> frozenset[int]:
    """Return the first participants by the time of their earliest answer; nobody where a time is missing."""
    times = [vote.at for vote in votes if vote.at is not None]
    if len(times) < len(votes):
        return frozenset()
    began = np.full(people, np.inf)
    np.minimum.at(began, rows, np.array(times, dtype=float))
    return frozenset(np.argsort(began, kind="stable")[:FIRST].tolist())
