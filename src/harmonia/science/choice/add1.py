"""The completion `add1`: one currency unit more for every voter, again and again, until the frozen rule says stop.

Most increments are tried with the float count, which also says how many more change nothing; where it is not
certain, the exact count is asked. So the answer is the exact one, whatever the currency unit.
"""

from collections.abc import Callable
from fractions import Fraction
from math import isfinite, lcm

import numpy as np

from harmonia.science.choice.election import Election, Project
from harmonia.science.choice.float_count import Flags, Ints, Sheet
from harmonia.science.choice.float_count import count as interpreted
from harmonia.science.choice.links import Doors
from harmonia.science.choice.purses import Electorate
from harmonia.science.choice.rule import Rule
from harmonia.science.choice.ties import TieKey

FEW = 2_000  # entries up to which the float count runs as it is; beyond, compiling pays
_EXACT = 2**53  # whole numbers below it are exact in floats
_SPARE = 1e-6  # part of a safe rise that is left unused, far above its rounding error

Winners = Callable[[Fraction], frozenset[str]]
Count = Callable[[Sheet, float, Ints], tuple[int, bool, float]]


def raised(election: Election, electorate: Electorate, rule: Rule, key: TieKey, exact: Winners) -> int:
    """Return the increment [currency units a voter] at which `add1` ends.

    Parameters
    ----------
    exact
        Endowment -> winners, in exact rationals.
    """
    quick = QuickCount(election, electorate, rule, key, exact)
    costs, doors = election.costs(), Doors(election.projects)
    wanted = {p.id: p.cost for p in election.projects if len(electorate.supporters[p.id]) and p.cost > 0}
    increment = 0
    while True:
        winners, idle = quick.winners(increment)
        left = election.budget - sum(costs[name] for name in winners)
        if left < 0:
            return increment - 1
        unbought = [name for name in wanted if name not in winners and doors.open(name, winners)]
        if not unbought:
            return increment
        if rule.stop == "exhaustive" and all(wanted[name] > left for name in unbought):
            return increment
        increment += 1 + idle


class QuickCount:
    """Winners at any increment: by floats where they are certain, else exactly."""

    def __init__(
        self, election: Election, electorate: Electorate, rule: Rule, key: TieKey, exact: Winners
    ) -> None:
        self.endowment = Fraction(election.budget) / max(electorate.voters, 1)
        self.exact = exact
        wanted = [
            p
            for p in election.projects
            if len(electorate.supporters[p.id]) and (p.cost > 0 or rule.utility != "cost")
        ]
        wanted.sort(key=lambda project: key(project.id))
        self.names = [project.id for project in wanted]
        self.sheet = as_sheet(wanted, electorate, rule.utility) if wanted else None
        self.bought: Ints = np.zeros(len(wanted), dtype=np.int64)
        self.count = _counter(self.sheet) if self.sheet else interpreted

    def winners(self, increment: int) -> tuple[frozenset[str], int]:
        """Return the winners and how many increments more surely give the same."""
        endowment = self.endowment + increment
        if self.sheet is None:
            return self.exact(endowment), 0
        number, certain, safe = self.count(self.sheet, float(endowment), self.bought)
        if not certain:
            return self.exact(endowment), 0
        idle = int(safe * (1 - _SPARE) - _SPARE) if isfinite(safe) else 0
        return frozenset(self.names[at] for at in self.bought[:number].tolist()), max(idle, 0)


def as_sheet(wanted: list[Project], electorate: Electorate, utility: str) -> Sheet | None:
    """Return the election as arrays, or None where its numbers are too large to be exact in floats."""
    members = [electorate.supporters[project.id] for project in wanted]
    gains = [electorate.gains[project.id] for project in wanted]
    costs = [Fraction(project.cost) for project in wanted]
    units = [Fraction(1)] * len(wanted) if utility == "cost" else costs
    common = lcm(*(unit.denominator for unit in units))
    whole = [int(unit * common) for unit in units]
    largest = max(electorate.gain(project.id) for project in wanted)
    if max(whole) * largest >= _EXACT or max(costs) >= _EXACT:
        return None
    kinds: dict[tuple[object, ...], int] = {}
    twins = [
        kinds.setdefault((cost, who.tobytes(), gain.tobytes()), len(kinds))
        for cost, who, gain in zip(costs, members, gains, strict=True)
    ]
    # A sum of k numbers is off by k units in the last place at most, and each purchase adds such an error.
    rounding = 8.0 * max(map(len, members)) * len(wanted) * 2.0**-53
    return Sheet(
        np.cumsum([0, *map(len, members)], dtype=np.int64),
        np.concatenate(members),
        np.concatenate(gains).astype(float),
        electorate.weights.astype(float),
        np.array([float(cost) for cost in costs]),
        np.array([float(cost) if utility == "cost" else 1.0 for cost in costs]),
        np.array(whole, dtype=float),
        np.array(twins, dtype=np.int64),
        *_links(wanted),
        max(1e-9, rounding),
    )


def _links(wanted: list[Project]) -> tuple[Flags, Flags]:
    """Return who needs and who excludes whom (projects, projects); what nobody wants is never bought."""
    place = {project.id: at for at, project in enumerate(wanted)}
    needs, rivals = (np.zeros((len(wanted), len(wanted)), dtype=bool) for _ in range(2))
    for at, project in enumerate(wanted):
        for other in project.needs:
            needs[at, place.get(other, at)] = True
        for other in (project.excludes | project.substitutes) & place.keys():
            rivals[at, place[other]] = rivals[place[other], at] = True
    return needs, rivals


def _counter(sheet: Sheet) -> Count:
    if len(sheet.groups) <= FEW:
        return interpreted
    from harmonia.science.choice.compiled_count import count

    compiled: Count = count
    return compiled
