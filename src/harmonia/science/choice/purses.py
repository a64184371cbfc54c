"""Voters' money during a count, exact: whole numbers over one common denominator.

Voters who paid the same so far hold the same, so money is kept once per *purse* (a history of
payments), and a group of equal ballots only remembers which purse it holds.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from operator import mul

import numpy as np
import numpy.typing as npt

from harmonia.science.choice.election import Election, ElectionError, gains

Ints = npt.NDArray[np.int64]
MOST_POINTS = 10**9


@dataclass(frozen=True)
class Electorate:
    """Equal ballots as one group: `weights` (groups,) voters, `supporters` project -> groups (k,).

    `gains` project -> what each of these groups gains from it, in whole numbers (k,): 1, or points where they weigh.
    """

    weights: Ints
    supporters: Mapping[str, Ints]
    gains: Mapping[str, Ints]
    voters: int

    def count(self, project: str) -> int:
        """Return how many voters support a project."""
        return int(self.weights[self.supporters[project]].sum())

    def gain(self, project: str) -> int:
        """Return what all supporters together gain from a project."""
        return int((self.weights[self.supporters[project]] * self.gains[project]).sum())


def gather(election: Election, *, points: bool = False) -> Electorate:
    """Group an election's ballots, with `points` those that give the same; the order has no influence.

    Raises
    ------
    ElectionError
        Points differ by more than a factor of a billion.
    """
    members: dict[str, list[int]] = {project.id: [] for project in election.projects}
    given: dict[str, list[int]] = {project.id: [] for project in election.projects}
    voters: list[int] = []
    for group, (ballot, count) in enumerate(_pointed(election) if points else _approved(election)):
        voters.append(count)
        for name, gain in ballot.items():
            members[name].append(group)
            given[name].append(gain)
    weights = np.array(voters, dtype=np.int64)
    return Electorate(weights, _arrays(members), _arrays(given), len(election.ballots))


def _approved(election: Election) -> Iterator[tuple[Mapping[str, int], int]]:
    for ballot, count in Counter(election.approvals()).items():
        yield dict.fromkeys(ballot, 1), count


def _arrays(lists: Mapping[str, list[int]]) -> dict[str, Ints]:
    return {name: np.array(values, dtype=np.int64) for name, values in lists.items()}


def _pointed(election: Election) -> Iterator[tuple[Mapping[str, int], int]]:
    """Yield ballots with the same points and how many they are, points as whole multiples of one common step."""
    ballots = [gains(ballot) for ballot in election.ballots]
    steps = lcm(*(Fraction(point).denominator for ballot in ballots for point in ballot.values()))
    whole = [
        tuple(sorted((name, int(point * steps)) for name, point in ballot.items())) for ballot in ballots
    ]
    most = max((point for ballot in whole for _, point in ballot), default=0)
    if most > MOST_POINTS:
        raise ElectionError("Points differ by more than a factor of a billion; nobody can mean that.")
    for points, count in Counter(whole).items():
        yield dict(points), count


class Purses:
    """What every group of voters still holds."""

    def __init__(self, electorate: Electorate, endowment: Fraction) -> None:
        self.electorate = electorate
        self.held: list[int] = [endowment.numerator]
        self.denominator = endowment.denominator
        self.purse: Ints = np.zeros(len(electorate.weights), dtype=np.int64)

    def _kinds(self, project: str) -> tuple[Ints, Ints, Ints, Ints]:
        """Return each kind of supporter (same purse, same gain): purse, gain, voters; and every group's kind."""
        groups = self.electorate.supporters[project]
        purse, gain = self.purse[groups], self.electorate.gains[project]
        widest = int(gain.max(initial=0)) + 1
        kinds, kind = np.unique(purse * widest + gain, return_inverse=True)
        voters = np.zeros(len(kinds), dtype=np.int64)
        np.add.at(voters, kind, self.electorate.weights[groups])
        return kinds // widest, kinds % widest, voters, kind

    def total(self, project: str) -> Fraction:
        """Return what a project's supporters hold together [currency units]."""
        purse, _, voters, _ = self._kinds(project)
        pairs = zip(purse.tolist(), voters.tolist(), strict=True)
        return Fraction(sum(self.held[place] * count for place, count in pairs), self.denominator)

    def price(self, project: str, cost: Fraction) -> Fraction | None:
        """Return the price per gain [currency units] that buys the project, None where its supporters hold too little.

        Who holds less than price x gain gives all; the price is the smallest that then suffices.
        """
        purse, gain, voters, _ = (kinds.tolist() for kinds in self._kinds(project))
        missing, unit = cost.numerator * self.denominator, cost.denominator
        if sum(self.held[place] * count for place, count in zip(purse, voters, strict=True)) * unit < missing:
            return None
        rich = sum(map(mul, gain, voters))
        kinds = zip((self.held[place] for place in purse), gain, voters, strict=True)
        for held, each, count in sorted(kinds, key=_poorest if len(set(gain)) > 1 else None):
            if missing * each <= held * unit * rich:
                return Fraction(missing, rich * self.denominator * unit)
            missing -= held * count * unit
            rich -= each * count
        return None

    def pay(self, project: str, price: Fraction) -> tuple[int, int]:
        """Take min(held, price x gain) from all supporters; return how many paid in full and how many gave all."""
        self._refine(price.denominator)
        share = price.numerator * (self.denominator // price.denominator)
        purse, gain, voters, kind = self._kinds(project)
        left = [
            self.held[place] - share * each for place, each in zip(purse.tolist(), gain.tolist(), strict=True)
        ]
        self.purse[self.electorate.supporters[project]] = len(self.held) + kind
        self.held += [max(rest, 0) for rest in left]
        paid = sum(count for count, rest in zip(voters.tolist(), left, strict=True) if rest >= 0)
        self._merge()
        return paid, int(voters.sum()) - paid

    def _refine(self, denominator: int) -> None:
        factor = denominator // gcd(self.denominator, denominator)
        if factor > 1:
            self.denominator *= factor
            self.held = [held * factor for held in self.held]

    def _merge(self) -> None:
        """Let purses that hold the same become one, so that their number stays small."""
        places: dict[int, int] = {}
        present = np.flatnonzero(np.bincount(self.purse)).tolist()
        renumber = np.zeros(len(self.held), dtype=np.int64)
        for place in present:
            renumber[place] = places.setdefault(self.held[place], len(places))
        self.held = list(places)
        self.purse = renumber[self.purse]


def _poorest(kind: tuple[int, int, int]) -> Fraction:
    """Sort supporters by the price per gain at which they give all they hold."""
    held, gain, _ = kind
    return Fraction(held, gain)
