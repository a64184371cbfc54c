"""The plant's own lines in the ledger: gas out of the digester, digestate so that it stays level."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.actions import Posting
from harmonia.commons.ledger.models import Action, Holder, Movement
from harmonia.commons.nexus.models import PlantDay, PlantVersion
from harmonia.commons.nexus.places import (
    BIOGAS,
    DIGESTATE,
    DIGESTATE_STORE,
    DIGESTER,
    GAS_STORE,
    SLURRY,
    end_of,
    matter,
    place,
)

CH4_KG_M3 = 0.7175
CO2_KG_M3 = 1.977
"""Densities at 0 degC and 101.325 kPa [kg/m3] (molar mass over molar volume; NIST WebBook)."""


@dataclass(frozen=True)
class GasOfDay:
    """Gas of one day: [m3] at 0 degC and 101.325 kPa, dry, and what it weighs [g]."""

    day: date
    m3: float
    grams: int


def density(methane_share: float) -> float:
    """Return what dry biogas weighs [kg/m3 at 0 degC and 101.325 kPa], the rest taken as CO2."""
    return methane_share * CH4_KG_M3 + (1 - methane_share) * CO2_KG_M3


def m3_of_gas(grams: int, methane_share: float) -> float:
    """Return the volume [m3 at 0 degC and 101.325 kPa] of so much biogas."""
    return grams / 1000 / density(methane_share)


def stock_g(holder: str, substance: str) -> int:
    """Return what one of the plant's holders holds of a substance [g]."""
    return books.grams_of(place(holder), matter(substance))


def book_estimates(gases: Sequence[GasOfDay]) -> list[PlantDay]:
    """Book gas (unless it was measured) and digestate of the days not closed yet, oldest first."""
    closed = set(PlantDay.objects.filter(closed=True).values_list("day", flat=True))
    open_days = [gas for gas in gases if gas.day not in closed]
    if not open_days:
        return []
    level = Level(open_days[0].day)
    return [_close(gas, level) for gas in open_days]


class Level:
    """The digester's contents [g] at the end of each day, read back from today's balance."""

    def __init__(self, first: date) -> None:
        holder = place(DIGESTER)
        self._changes: dict[date, int] = {}
        for action in Action:
            for flow in books.daily(action, Holder.Kind.DIGESTER, since=first):
                self._changes[flow.day] = self._changes.get(flow.day, 0) + flow.grams
        self._now = books.grams_of(holder, matter(SLURRY))

    def at_end_of(self, day: date) -> int:
        """Return the contents [g] when a day ended, with everything booked so far."""
        return self._now - sum(grams for when, grams in self._changes.items() if when > day)

    def change(self, day: date, grams: int) -> None:
        """Take note of grams just booked."""
        self._changes[day] = self._changes.get(day, 0) + grams
        self._now += grams

    @property
    def now(self) -> int:
        """The contents [g] in the books now."""
        return self._now


def _close(gas: GasOfDay, level: Level) -> PlantDay:
    found, _created = PlantDay.objects.get_or_create(day=gas.day)
    if not found.measured:
        found.gas = book_gas(gas, key=f"nexus-gas-{gas.day}", estimated=True, most_g=level.now)
        found.gas_m3 = gas.m3
        level.change(gas.day, -found.gas_g)
    excess = min(level.at_end_of(gas.day) - full_g(gas.day), level.now)
    if excess > 0:
        found.digestate = _book_digestate(gas.day, excess)
        level.change(gas.day, -excess)
    found.closed = True
    found.save()
    return found


def book_gas(
    gas: GasOfDay, *, key: str, estimated: bool, most_g: int | None = None, recorder: UUID | None = None
) -> Movement | None:
    """Book gas out of the digester into the store; nothing for a day without gas."""
    grams = gas.grams if most_g is None else min(gas.grams, most_g)
    if grams <= 0:
        return None
    return ledger.book(
        Action.PRODUCE,
        [Posting(place(DIGESTER), matter(SLURRY), -grams), Posting(place(GAS_STORE), matter(BIOGAS), grams)],
        recorder=recorder,
        at=end_of(gas.day),
        key=key,
        estimated=estimated,
    )


def _book_digestate(day: date, grams: int) -> Movement:
    return ledger.book(
        Action.PRODUCE,
        [
            Posting(place(DIGESTER), matter(SLURRY), -grams),
            Posting(place(DIGESTATE_STORE), matter(DIGESTATE), grams),
        ],
        recorder=None,
        at=end_of(day),
        key=f"nexus-digestate-{day}",
        estimated=True,
    )


def full_g(day: date) -> int:
    """Return what a full digester held [g] on a day, by the plant then in force."""
    versions = PlantVersion.objects.filter(since__lte=end_of(day)).order_by("-number")
    version = versions.first() or PlantVersion.objects.order_by("number").first()
    return version.liquid_g if version else 0


def replace_by_measured(gas: GasOfDay, *, reading: int, recorder: UUID | None) -> tuple[PlantDay, int]:
    """Reverse what was booked as a day's gas and book what the meter says instead.

    Returns the day, and the grams [g] that were burnt beyond what the meter leaves: their origin is unexplained.
    """
    found, _created = PlantDay.objects.get_or_create(day=gas.day)
    unexplained_g = 0 if found.gas is None else _make_room(found.gas_g - gas.grams)
    measured = book_gas(gas, key=f"nexus-gas-{gas.day}-reading-{reading}", estimated=False, recorder=recorder)
    if found.gas is not None:
        ledger.reverse(found.gas, recorder=recorder, reason=f"reading {reading}", at=end_of(gas.day))
    found.gas, found.gas_m3, found.measured = measured, gas.m3, True
    found.save()
    return found, unexplained_g


def _make_room(too_much_g: int) -> int:
    # A reversal must not take the store below zero when more was burnt than the meter saw.
    short = max(too_much_g - stock_g(GAS_STORE, BIOGAS), 0)
    if short:
        biogas = matter(BIOGAS)
        ledger.book(
            Action.RAISE,
            [Posting(place("unexplained"), biogas, -short), Posting(place(GAS_STORE), biogas, short)],
            recorder=None,
            note="burnt beyond what the meter saw",
        )
    return short


def days_between(after: date, until: date) -> list[date]:
    """Return the days after one day up to another; the other alone when they are the same day."""
    count = (until - after).days
    return [after + timedelta(days=n + 1) for n in range(count)] or [until]


def split_by_weight(total: float, weights: Sequence[float]) -> list[float]:
    """Return shares of a total in proportion to weights, equal shares when all weights are zero."""
    whole = sum(weights)
    return [total * w / whole if whole else total / len(weights) for w in weights]
