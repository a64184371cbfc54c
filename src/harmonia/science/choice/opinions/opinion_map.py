"""The map of a conversation: what unites, what tells groups apart, and how far one may trust the groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from harmonia.science.choice.opinions.axes import Axes, Floats, principal_axes
from harmonia.science.choice.opinions.groups import PEOPLE_FOR_GROUPS, Grouping, group, stability
from harmonia.science.choice.opinions.tallies import (
    Agreement,
    Counts,
    Tally,
    consensus,
    count,
    group_consensus,
    priorities,
    representative,
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
    `groups` is empty where `no_groups` says why. `variance` is each axis' share of all variance, 0 to 1.
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
        Claim this many groups, as another tool did, even among few people; None lets the map decide.
    draws
        Bootstrap groupings for stability; 0 leaves it unknown, for a quick look after each vote.

    Raises
    ------
    OpinionError
        The votes cannot be mapped.
    """
    table = votes if isinstance(votes, VoteTable) else vote_table(votes, statements)
    axes, mapped, everybody = principal_axes(table), table.mapped(), count(table)
    grouping, why_not = _grouping(axes, mapped, groups)
    inside = _inside(table, mapped, grouping)
    return OpinionMap(
        len(table.participants),
        len(table.rows),
        _views(table, axes, everybody, count(table, mapped), inside),
        consensus(table, everybody, AGREE),
        consensus(table, everybody, DISAGREE),
        _positions(table, axes, mapped, grouping),
        _groups(table, axes.positions[mapped], grouping, inside, draws) if grouping else (),
        why_not,
        grouping.silhouette if grouping else None,
        (float(axes.share[0]), float(axes.share[1])),
    )


def _grouping(axes: Axes, mapped: Flags, wanted: int | None) -> tuple[Grouping | None, str]:
    people = int(mapped.sum())
    if wanted is None and people < PEOPLE_FOR_GROUPS:
        return None, (
            f"No groups are claimed: {people} people have a place on the map, and groups need {PEOPLE_FOR_GROUPS}."
        )
    places = axes.positions[mapped]
    if not people or not np.any(np.ptp(places, axis=0) > 1e-9):
        return None, "No groups are claimed: everybody answers alike."
    return group(places, wanted), ""


def _inside(table: VoteTable, mapped: Flags, grouping: Grouping | None) -> list[Counts]:
    """Return the answers of each group."""
    if grouping is None:
        return []
    label = np.full(len(mapped), -1)
    label[mapped] = grouping.labels
    return [count(table, label == number) for number in range(len(grouping.centers))]


def _groups(
    table: VoteTable, positions: Floats, grouping: Grouping, inside: Sequence[Counts], draws: int
) -> tuple[OpinionGroup, ...]:
    steady = stability(positions, grouping, draws) if draws else (None,) * len(inside)
    total = Counts(*(sum(arrays) for arrays in zip(*inside, strict=True)))
    return tuple(
        OpinionGroup(
            number,
            int(np.sum(grouping.labels == number)),
            (float(grouping.centers[number, 0]), float(grouping.centers[number, 1])),
            steady[number],
            mine.as_tallies(),
            representative(table, mine, Counts(*(a - b for a, b in zip(total, mine, strict=True)))),
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
