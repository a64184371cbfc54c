"""What each camp gets: people who vote alike, and the part of the budget that went to what they support.

Camps are found as groups of opinions are (a project approved or not is an answer), so nobody has to declare one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from harmonia.science.choice.election import Election, Money, support
from harmonia.science.choice.opinions.axes import principal_axes
from harmonia.science.choice.opinions.groups import group
from harmonia.science.choice.opinions.votes import Ints, Statement, VoteTable

FEWEST = 5  # no cell under five people is told
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Camp:
    """People who vote alike: how many, what they want most, and what they got [currency units].

    `fair`: their part of what was spent, by heads; `got`: what was spent on what they support, each project
    shared by its supporters; `content`: how many of them got something they support.
    """

    voters: int
    wants: tuple[str, ...]
    fair: Money
    got: Money
    content: int


def camps(election: Election, winners: Collection[str]) -> tuple[Camp, ...]:
    """Return the camps of an election, largest first; all voters as one camp where they are not told apart.

    Every voter is in one camp, and none has under five voters unless the whole vote had.
    """
    ballots = election.approvals()
    if not ballots:
        return ()
    labels = _joined(_labels(election))
    backers, costs = support(election), election.costs()
    spent = sum((Fraction(costs[name]) for name in winners), start=Fraction(0))
    each = {name: Fraction(costs[name]) / backers[name] for name in winners if backers[name]}
    found = []
    for label in sorted(set(labels)):
        members = [ballot for ballot, own in zip(ballots, labels, strict=True) if own == label]
        got = sum((each[name] for ballot in members for name in ballot if name in each), start=Fraction(0))
        found.append(
            Camp(
                len(members),
                _wants(members, len(ballots), backers),
                spent * len(members) / len(ballots),
                got,
                sum(not ballot.isdisjoint(winners) for ballot in members),
            )
        )
    return tuple(sorted(found, key=lambda camp: (-camp.voters, camp.wants)))


def _labels(election: Election) -> Ints:
    """Return each voter's camp; no order of ballots matters."""
    ballots, width = election.approvals(), len(election.projects)
    answers = np.array([[1 if p.id in ballot else -1 for p in election.projects] for ballot in ballots])
    table = VoteTable(
        tuple(map(str, range(len(ballots)))),
        tuple(Statement(project.id) for project in election.projects),
        np.repeat(np.arange(len(ballots)), width),
        np.tile(np.arange(width), len(ballots)),
        answers.reshape(-1),
    )
    positions = principal_axes(table).positions
    if len(ballots) < 2 * FEWEST or not np.any(np.ptp(positions, axis=0) > 1e-9):
        return np.zeros(len(ballots), dtype=np.int64)
    return group(positions).labels


def _joined(labels: Ints) -> list[int]:
    """Return labels with camps too small to be told joined to the largest."""
    sizes = np.bincount(labels)
    largest = int(np.argmax(sizes))
    return [label if sizes[label] >= FEWEST else largest for label in labels.tolist()]


def _wants(members: Sequence[frozenset[str]], voters: int, backers: dict[str, int]) -> tuple[str, ...]:
    """Return up to three projects a camp supports more than everybody does, the most supported first."""
    own: dict[str, int] = {}
    for ballot in members:
        for name in ballot:
            own[name] = own.get(name, 0) + 1
    usual = [name for name in own if own[name] * voters >= backers[name] * len(members)]
    return tuple(sorted(usual, key=lambda name: (-own[name], name))[:_NAMED])
