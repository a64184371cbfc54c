"""The map of a conversation: what unites, what tells groups apart, and how far one may trust the groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from harmonia.science.choice.opinions.axes import Axes, principal_axes, wide_span
from harmonia.science.choice.opinions.groups import PEOPLE_FOR_GROUPS, Grouping, group, stability
from harmonia.science.choice.opinions.tallies import (
    Agreement,
    Counts,
    Tally,
    consensus,
    counts,
    group_consensus,
    priorities,
    representative,
    total,
)
from harmonia.science.choice.opinions.votes import (
    AGREE,
    DISAGREE,
    Flags,
    Statement,
    Vote,
    VoteTable,
    vote_table,
)

DRAWS = 40  # bootstrap groupings
STABLE = 0.75
DOUBTFUL = 0.6


class StatementView(NamedTuple):
    """One statement on the map.

    `tally` is everybody's; `extremity` how far it stretches the map; `priority` how much it should be shown next;
    `group_consensus` the product of the groups' shares of agreement, None without groups; `loading` on both axes.
    """

    statement: Statement
    tally: Tally
    extremity: float
    priority: float
    group_consensus: float | None
    loading: tuple[float, float]


class Position(NamedTuple):
    """Where one participant lies; `group` counts from 0, None where no groups are claimed."""

    participant: str
    x: float
    y: float
    group: int | None


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """People who answer alike; `stability` is their mean bootstrap likeness, 0 to 1, None where not computed."""

    number: int
    size: int
    center: tuple[float, float]
    stability: float | None
    tallies: tuple[Tally, ...]
    representative: tuple[Agreement, ...]

    @property
    def verdict(self) -> str:
        """How far one may trust this group: stable, doubtful, unstable or unknown."""
        if self.stability is None:
            return "unknown"
        if self.stability >= STABLE:
            return "stable"
        return "doubtful" if self.stability >= DOUBTFUL else "unstable"


@dataclass(frozen=True)
class OpinionMap:
    """All that a conversation says so far; the same votes in any order give the same map.

    `participants` answered at least once, `positions` has those with a place on the map, `votes` are all answers.
    `groups` is empty where `no_groups` says why, or holds those that were asked for and not claimed. `variance`
    is each axis' share of all variance, 0 to 1.
    """

    participants: int
    votes: int
    statements: tuple[StatementView, ...]
    agree: tuple[Agreement, ...]
    disagree: tuple[Agreement, ...]
    positions: tuple[Position, ...]
    groups: tuple[OpinionGroup, ...]
    no_groups: str
    silhouette: float | None
    variance: tuple[float, float]


def opinion_map(
    votes: VoteTable | Iterable[Vote],
    statements: Iterable[Statement] = (),
    *,
    groups: int | None = None,
    draws: int = DRAWS,
) -> OpinionMap:
    """Return the map of a conversation.

    Parameters
    ----------
    votes
        In any order, or a table that already holds them and their statements.
    groups
        Split people into so many groups, as another tool did, even if they are too few; None lets the map decide.
    draws
        Bootstrap groupings for stability; 0 leaves it unknown, for a quick look after each vote.

    Raises
    ------
    OpinionError
        The votes cannot be mapped.
    """
    table = votes if isinstance(votes, VoteTable) else vote_table(votes, statements)
    axes, mapped = principal_axes(table), table.mapped()
    grouping, why_not = _grouping(axes, mapped, groups)
    inside, placed, everybody = _counted(table, mapped, grouping)
    return OpinionMap(
        len(table.participants),
        len(table.rows),
        _views(table, axes, everybody, placed, inside),
        consensus(table, everybody, AGREE),
        consensus(table, everybody, DISAGREE),
        _positions(table, axes, mapped, grouping),
        _groups(table, mapped, grouping, inside, draws) if grouping else (),
        why_not,
        grouping.silhouette if grouping else None,
        (float(axes.share[0]), float(axes.share[1])),
    )


def _grouping(axes: Axes, mapped: Flags, wanted: int | None) -> tuple[Grouping | None, str]:
    people = int(mapped.sum())
    few = (
        f"No groups are claimed: {people} people have a place on the map, and groups need {PEOPLE_FOR_GROUPS}."
        if people < PEOPLE_FOR_GROUPS
        else ""
    )
    if few and wanted is None:
        return None, few
    places = axes.positions[mapped]
    if not people or not np.any(np.ptp(places, axis=0) > 1e-9):
        return None, few or "No groups are claimed: everybody answers alike."
    return group(places, wanted), few


def _counted(
    table: VoteTable, mapped: Flags, grouping: Grouping | None
) -> tuple[list[Counts], Counts, Counts]:
    """Return the answers of each group, of all who have a place on the map, and of everybody."""
    number = 1 if grouping is None else len(grouping.centers)
    label = np.full(len(mapped), number)
    label[mapped] = 0 if grouping is None else grouping.labels
    found = counts(table, label, number)
    return (found[:-1] if grouping else []), total(found[:-1]), total(found)


def _groups(
    table: VoteTable, mapped: Flags, grouping: Grouping, inside: Sequence[Counts], draws: int
) -> tuple[OpinionGroup, ...]:
    steady = stability(wide_span(table), mapped, grouping, draws) if draws else (None,) * len(inside)
    together = total(inside)
    return tuple(
        OpinionGroup(
            number,
            int(np.sum(grouping.labels == number)),
            (float(grouping.centers[number, 0]), float(grouping.centers[number, 1])),
            steady[number],
            mine.as_tallies(),
            representative(table, mine, Counts(*(a - b for a, b in zip(together, mine, strict=True)))),
        )
        for number, mine in enumerate(inside)
    )


def _views(
    table: VoteTable, axes: Axes, everybody: Counts, mapped: Counts, inside: Sequence[Counts]
) -> tuple[StatementView, ...]:
    shared = group_consensus(inside).tolist() if inside else [None] * len(table.statements)
    told = priorities(table, mapped, axes.extremity).tolist()
    loadings = map(tuple, axes.directions.T.tolist())
    columns = (table.statements, everybody.as_tallies(), axes.extremity.tolist(), told, shared, loadings)
    return tuple(map(StatementView, *columns))


def _positions(
    table: VoteTable, axes: Axes, mapped: Flags, grouping: Grouping | None
) -> tuple[Position, ...]:
    rows = np.flatnonzero(mapped).tolist()
    labels: list[int | None] = list(grouping.labels.tolist()) if grouping else [None] * len(rows)
    across, along = axes.positions[mapped].T.tolist()
    return tuple(map(Position, (table.participants[row] for row in rows), across, along, labels))
