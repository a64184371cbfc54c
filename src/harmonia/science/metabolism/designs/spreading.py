"""Where the digestate goes: a store, and gardens that take it in the months that are open."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism.designs.site import MONTHS, Site

Floats = NDArray[np.float64]
LONGEST_STORAGE = 12.0
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Spreading:
    """A year's digestate: placed and without a place [m3/y]; months of storage that would hold everything."""

    placed_m3: float
    unplaced_m3: float
    storage_months: float


@lru_cache(maxsize=16)
def months_of(start: datetime.date, days: int) -> tuple[int, ...]:
    """Return the month (0 to 11) of each day from a start on; 29 February is left out, so years are alike."""
    found: list[int] = []
    day = start
    while len(found) < days:
        if (day.month, day.day) != (2, 29):
            found.append(day.month - 1)
        day += datetime.timedelta(days=1)
    return tuple(found)


def spread(digestate_m3_d: Floats, months: tuple[int, ...], site: Site) -> Spreading:
    """Return what became of a year's digestate (days,) [m3/d] falling in `months` (days,).

    The same year is lived twice and the second counts, so that what the first left in the store is there.
    Gardens take what the month still has room for. What the store cannot hold, and what only heaps up in it
    from year to year, has no released place.
    """
    twice = np.concatenate([digestate_m3_d, digestate_m3_d])
    taken, _ = _flows(twice, months * 2, site.released_m3_month, site.digestate_store_m3)
    made = float(digestate_m3_d.sum())
    placed = min(made, float(taken[len(months) :].sum()))
    if made - placed <= _ROUNDING * made:  # sums of floats: a hair is no digestate
        placed = made
    return Spreading(placed, made - placed, _months_needed(twice, months, site))


def _months_needed(twice: Floats, months: tuple[int, ...], site: Site) -> float:
    """Return the fullest an endless store gets, in months of mean production; 12 where it never empties."""
    a_month = float(twice.sum()) / 2 / MONTHS
    if a_month <= 0:
        return 0.0
    stock = _flows(twice, months * 2, site.released_m3_month, np.inf)[1]
    if stock[-1] > stock[len(months) - 1] + 1e-9 * a_month:
        return LONGEST_STORAGE
    return min(LONGEST_STORAGE, float(stock[len(months) :].max()) / a_month)


def _flows(
    made: Floats, months: tuple[int, ...], released: tuple[float, ...], store_m3: float
) -> tuple[Floats, Floats]:
    """Return what is taken and what is in the store at each day's end, both (days,) [m3]."""
    taken, stock = np.zeros_like(made), np.zeros_like(made)
    held, month, room = 0.0, -1, 0.0
    for day, amount in enumerate(made.tolist()):
        if months[day] != month:
            month = months[day]
            room = released[month]
        taken[day] = min(held + amount, room)
        room -= taken[day]
        held = stock[day] = min(store_m3, held + amount - taken[day])
    return taken, stock
