"""Which feed rose before a plant got into trouble, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism.particles import Floats

NOTICED = 1.2  # a week this much above the four before is a rise
WEEK, USUAL_DAYS, LOOK_BACK = 7, 28, 21


@dataclass(frozen=True)
class FeedRise:
    """A feed that rose: its name, the place of the first raised day, and solids a day now and usually [kg VS/d]."""

    name: str
    since: int
    now_kg_d: float
    usual_kg_d: float


def strongest_rise(fed: Mapping[str, Floats], day: int) -> FeedRise | None:
    """Return the feed whose solids rose most in the week that ends on a day; None if none rose by a fifth.

    `fed`: name -> volatile solids (days,) [kg VS/d], without gaps. Its usual is the mean of the four weeks
    before the rise was looked for, three weeks back at most.
    """
    found = [rise for name, solids in fed.items() if (rise := _rise(name, solids, day)) is not None]
    return max(found, key=lambda rise: rise.now_kg_d - rise.usual_kg_d, default=None)


def _rise(name: str, solids: Floats, day: int) -> FeedRise | None:
    best: FeedRise | None = None
    for back in (WEEK, 2 * WEEK, LOOK_BACK):
        first = day - back + 1
        before = solids[max(0, first - USUAL_DAYS) : max(0, first)]
        if before.size < WEEK:
            continue
        usual, now = float(before.mean()), float(solids[max(0, day - WEEK + 1) : day + 1].mean())
        if now > NOTICED * usual and (best is None or now - usual > best.now_kg_d - best.usual_kg_d):
            best = FeedRise(name, _since(solids, usual, first, day), now, usual)
    return best


def _since(solids: Floats, usual: float, first: int, day: int) -> int:
    """Return the first day from which the three-day mean stayed above usual."""
    means = [float(solids[place : min(place + 3, day + 1)].mean()) for place in range(first, day + 1)]
    below = np.flatnonzero(np.array(means) <= usual)
    return first if not below.size else min(first + int(below[-1]) + 1, day)
