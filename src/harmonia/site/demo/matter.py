"""Twelve weeks of drop-offs, drawn with a fixed seed from published means.

Kitchen scraps: 0.24 kg a person and day, near the 79 kg a person and year that UNEP's Food Waste Index Report
2024 gives for households (0.22 kg a day). Foreign matter: compost bins of a hand-sorted audit held 16.5 % trash by
mass (77 bins, Duke University, 2022; github haileyross/waste-audit-apr-2022). A visit every four to six days and
the spread between visits are ours.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

SCRAPS_KG_D = 0.24
TRASH_SHARE = 0.165
DAYS = 84
SEED = 20261123

# Shares of a bin that are foreign, in per cent, and how often: their mean is TRASH_SHARE.
FOREIGN = ((0, 0.41), (5, 0.06), (15, 0.20), (40, 0.33))
EXTRAS = (
    ("coffee_grounds", 0.10, 0.5),
    ("fruit_vegetables", 0.08, 1.2),
    ("bread", 0.05, 0.6),
    ("leaves", 0.05, 2.0),
)
THINGS = (
    ("textiles", 1.4),
    ("wood", 3.5),
    ("metal", 0.9),
    ("glass", 1.1),
    ("plastics", 0.8),
    ("appliances", 2.6),
)


@dataclass(frozen=True)
class Visit:
    """One person at one collection point."""

    name: str
    point: int
    substance: str
    kilograms: Decimal
    foreign_percent: int
    at: datetime


def visits(names: Sequence[str], first: date, points: int, zone: ZoneInfo) -> Iterator[list[Visit]]:
    """Yield the visits of each day in order of time; the same names and days always give the same visits."""
    dice = random.Random(SEED)  # noqa: S311 - a demonstration wants the same numbers every time, not secret ones
    home = {name: dice.randrange(points) for name in names}
    waiting = {name: dice.randint(1, 6) for name in names}
    for offset in range(DAYS):
        day = first + timedelta(days=offset)
        found: list[Visit] = []
        for name in names:
            waiting[name] -= 1
            if waiting[name] > 0:
                continue
            gap = dice.choice((4, 5, 6))
            waiting[name] = gap
            found += _visit(dice, name, home[name], gap, _moment(dice, day, zone))
        yield sorted(found, key=lambda visit: visit.at)


def _visit(dice: random.Random, name: str, point: int, gap: int, at: datetime) -> Iterator[Visit]:
    percent = dice.choices([share for share, _ in FOREIGN], [weight for _, weight in FOREIGN])[0]
    # A lognormal spread of 0.35 has the mean exp(0.35**2 / 2); dividing by it keeps the published mean.
    yield Visit(name, point, "food_waste", _kg(dice, SCRAPS_KG_D * gap), percent, at)
    for code, chance, mean in EXTRAS:
        if dice.random() < chance:
            yield Visit(name, point, code, _kg(dice, mean), 0, at + timedelta(minutes=1))
    if dice.random() < 0.09:
        code, mean = dice.choice(THINGS)
        yield Visit(name, point, code, _kg(dice, mean), 0, at + timedelta(minutes=2))


def _kg(dice: random.Random, mean: float) -> Decimal:
    spread = 0.35
    return Decimal(str(round(mean * dice.lognormvariate(-(spread**2) / 2, spread), 2))).max(Decimal("0.05"))


def _moment(dice: random.Random, day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(8), zone) + timedelta(minutes=dice.randrange(11 * 60))
