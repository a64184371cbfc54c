"""What the answers to each statement add up to: tallies, consensus, what a group stands for, what to show next.

The statistics are those of Polis, so that maps can be compared: estimates (n + 1) / (N + 2), one- and
two-proportion tests with one added observation. https://doi.org/10.6035/recerca.5516
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from harmonia.science.choice.opinions.axes import Floats
from harmonia.science.choice.opinions.votes import AGREE, DISAGREE, Flags, Ints, VoteTable

Z_90 = 1.2816  # one-sided 90 %
MOST_NAMED = 5
META_PRIORITY = 49.0


class Tally(NamedTuple):
    """Answers to one statement."""

    agrees: int
    disagrees: int
    passes: int

    @property
    def votes(self) -> int:
        """All answers."""
        return self.agrees + self.disagrees + self.passes


class Counts(NamedTuple):
    """Answers to every statement, each of shape (statements,)."""

    agrees: Ints
    disagrees: Ints
    votes: Ints

    def as_tallies(self) -> tuple[Tally, ...]:
        """Return one tally a statement."""
        passes = self.votes - self.agrees - self.disagrees
        return tuple(map(Tally, self.agrees.tolist(), self.disagrees.tolist(), passes.tolist()))


@dataclass(frozen=True, slots=True)
class Agreement:
    """A statement most people (or a group) answer alike.

    `answer` is 1 or -1; `share` estimates how many answer so, `test` is its z value against one half. For a group,
    `ratio` says how much likelier it answers so than everybody else, with the z value `ratio_test`.
    """

    statement: str
    answer: int
    successes: int
    trials: int
    share: float
    test: float
    ratio: float | None = None
    ratio_test: float | None = None


def counts(table: VoteTable, label: Ints, groups: int) -> list[Counts]:
    """Return the answers of each group of participants, last those of nobody's group.

    Parameters
    ----------
    label
        Each participant's group, 0 to groups - 1, or `groups` for none; shape (participants,).
    """
    width = len(table.statements)
    places = (label[table.rows] * 3 + table.values + 1) * width + table.columns
    found = np.bincount(places, minlength=(groups + 1) * 3 * width).reshape(groups + 1, 3, width)
    return [Counts(agrees, disagrees, disagrees + passes + agrees) for disagrees, passes, agrees in found]


def total(parts: Sequence[Counts]) -> Counts:
    """Return the answers of several groups together."""
    return Counts(*(sum(arrays) for arrays in zip(*parts, strict=True)))


def consensus(table: VoteTable, everybody: Counts, answer: int) -> tuple[Agreement, ...]:
    """Return up to five statements most people answer alike, the clearest first."""
    successes, trials = _successes(everybody, answer), everybody.votes
    share, test = _shares(successes, trials), _test(successes, trials)
    clear = table.shown & (share > 0.5) & (test > Z_90)
    return tuple(
        Agreement(
            table.statements[at].id,
            answer,
            int(successes[at]),
            int(trials[at]),
            float(share[at]),
            float(test[at]),
        )
        for at in _best(share * test, clear)
    )


def representative(table: VoteTable, group: Counts, others: Counts) -> tuple[Agreement, ...]:
    """Return up to five statements that tell a group from everybody else, the most telling first."""
    found: list[tuple[float, Agreement]] = []
    shown = table.shown
    for answer in (AGREE, DISAGREE):
        inside, outside = _successes(group, answer), _successes(others, answer)
        share, test = _shares(inside, group.votes), _test(inside, group.votes)
        ratio = share / _shares(outside, others.votes)
        ratio_test = _two_proportions(inside, outside, group.votes, others.votes)
        telling = ratio * ratio_test * share * test
        for at in _best(telling, shown & (test > Z_90) & (ratio_test > Z_90)):
            shares = (float(share[at]), float(test[at]), float(ratio[at]), float(ratio_test[at]))
            said = Agreement(table.statements[at].id, answer, int(inside[at]), int(group.votes[at]), *shares)
            found.append((float(telling[at]), said))
    found.sort(key=lambda pair: -pair[0])  # agree and disagree cannot both pass their tests
    return tuple(said for _, said in found[:MOST_NAMED])


def group_consensus(groups: Sequence[Counts]) -> Floats:
    """Return for each statement the product of the groups' estimated shares of agreement, 0 to 1."""
    product: Floats = np.prod([_shares(group.agrees, group.votes) for group in groups], axis=0)
    return product


def priorities(table: VoteTable, mapped: Counts, extremity: Floats) -> Floats:
    """Return how much each statement should be shown next: new, telling and agreeable ones more often.

    Parameters
    ----------
    mapped
        The answers of those who have a place on the map.
    extremity
        Shape (statements,), from the axes.
    """
    votes = mapped.votes
    passed, agreed = _shares(votes - mapped.agrees - mapped.disagrees, votes), _shares(mapped.agrees, votes)
    novelty = 1 + 8 * 2.0 ** (-votes / 5)
    return np.where(table.meta, META_PRIORITY, ((1 - passed) * (extremity + 1) * agreed * novelty) ** 2)


def _successes(counts: Counts, answer: int) -> Ints:
    return counts.agrees if answer == AGREE else counts.disagrees


def _best(value: Floats, allowed: Flags) -> list[int]:
    """Return the places of the largest values, ties by place."""
    places = np.flatnonzero(allowed)
    chosen: list[int] = places[np.argsort(-value[places], kind="stable")][:MOST_NAMED].tolist()
    return chosen


def _shares(successes: Ints, trials: Ints) -> Floats:
    return (successes + 1) / (trials + 2)


def _test(successes: Ints, trials: Ints) -> Floats:
    """Return the z value of a share against one half."""
    tests: Floats = 2 * np.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)
    return tests


def _two_proportions(inside: Ints, outside: Ints, here: Ints, elsewhere: Ints) -> Floats:
    """Return the z value of two shares' difference, one success and one trial added to each."""
    a, b, n, m = inside + 1, outside + 1, here + 1, elsewhere + 1
    pooled = np.minimum((a + b) / (n + m), 1.0)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return np.where(spread > 0, (a / n - b / m) / np.where(spread > 0, spread, 1.0), 0.0)
