"""Voters' money during a count, exact: whole numbers over one common denominator.

Voters who paid the same so far hold the same, so money is kept once per *purse* (a history of
payments), and a group of equal ballots only remembers which purse it holds.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np
import numpy.typing as npt

from harmonia.science.choice.election import Election

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Electorate:
    """Equal ballots as one group: `weights` (groups,) voters, `supporters` project -> groups (k,)."""

    weights: Ints
    supporters: Mapping[str, Ints]
    voters: int

    def count(self, project: str) -> int:
        """Return how many voters support a project."""
        return int(self.weights[self.supporters[project]].sum())


def gather(election: Election) -> Electorate:
    """Group an election's ballots; the order of ballots has no influence on any count."""
    counted = Counter(election.approvals())
    members: dict[str, list[int]] = {project.id: [] for project in election.projects}
    for group, ballot in enumerate(counted):
        for name in ballot:
            members[name].append(group)
    supporters = {name: np.array(groups, dtype=np.int64) for name, groups in members.items()}
    return Electorate(np.array(list(counted.values()), dtype=np.int64), supporters, len(election.ballots))


class Purses:
    """What every group of voters still holds."""

    def __init__(self, electorate: Electorate, endowment: Fraction) -> None:
        self.electorate = electorate
        self.held: list[int] = [endowment.numerator]
        self.denominator = endowment.denominator
        self.purse: Ints = np.zeros(len(electorate.weights), dtype=np.int64)

    def _holdings(self, project: str) -> list[tuple[int, int]]:
        """Return (held, voters) of the supporters, poorest first."""
        groups = self.electorate.supporters[project]
        purse, weights = self.purse[groups], self.electorate.weights[groups]
        voters = np.zeros(len(self.held), dtype=np.int64)
        np.add.at(voters, purse, weights)
        present = np.flatnonzero(voters).tolist()
        return sorted((self.held[place], int(voters[place])) for place in present)

    def total(self, project: str) -> Fraction:
        """Return what a project's supporters hold together [currency units]."""
        return Fraction(sum(held * voters for held, voters in self._holdings(project)), self.denominator)

    def price(self, project: str, cost: Fraction) -> Fraction | None:
        """Return the equal share [currency units] that buys the project, None where they hold too little.

        Who holds less than the share gives all; the share is the smallest that then suffices.
        """
        holdings = self._holdings(project)
        voters = sum(count for _, count in holdings)
        missing = cost.numerator * self.denominator
        unit = cost.denominator
        if sum(held * count for held, count in holdings) * unit < missing:
            return None
        for held, count in holdings:
            if missing <= held * unit * voters:
                return Fraction(missing, voters * self.denominator * unit)
            missing -= held * count * unit
            voters -= count
        return None

    def pay(self, project: str, price: Fraction) -> tuple[int, int]:
        """Take min(held, price) from every supporter; return how many paid in full and how many gave all."""
        self._refine(price.denominator)
        share = price.numerator * (self.denominator // price.denominator)
        groups = self.electorate.supporters[project]
        old, weights = self.purse[groups], self.electorate.weights[groups]
        present = np.flatnonzero(np.bincount(old))
        successor = np.zeros(len(self.held), dtype=np.int64)
        full = np.zeros(len(self.held), dtype=bool)
        for place in present.tolist():
            successor[place] = len(self.held)
            full[place] = self.held[place] >= share
            self.held.append(max(self.held[place] - share, 0))
        self.purse[groups] = successor[old]
        paid = int(weights[full[old]].sum())
        self._merge()
        return paid, int(weights.sum()) - paid

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
