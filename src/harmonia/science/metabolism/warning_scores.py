"""Whether warnings came before the plant soured, and how often they cried wolf, beside a static rule."""

import math
from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism.early_warning import (
    CALM_DAYS,
    SOUR_PH,
    SOUR_RATIO,
    Alarm,
    Cause,
    Signs,
    trend,
)
from harmonia.science.metabolism.particles import Floats

LEAD_DAYS = 21  # an alarm raised longer before an event does not count as its warning
EVENT_GAP_DAYS = 14
STATIC_RATIOS = tuple(round(0.2 + 0.05 * step, 2) for step in range(9))


@dataclass(frozen=True)
class WarningScore:
    """How warnings did: events warned of, `leads` [d] of those, events missed, and alarms without an event."""

    hits: int
    misses: int
    leads: tuple[int, ...]
    false_alarms: int
    false_alarms_per_year: float


def events(signs: Signs) -> tuple[int, ...]:
    """Return the first days on which a digester soured, 14 days apart.

    pH below 6.8 on two of three readings, or acids over alkalinity above 0.5 while alkalinity falls by more
    than 2 % a week. Above pH 7.4 ammonia holds the pH, so there only the acids count.
    """
    soured = [day for day in range(signs.days) if _soured(signs, day)]
    first = [
        day for place, day in enumerate(soured) if place == 0 or day - soured[place - 1] > EVENT_GAP_DAYS
    ]
    return tuple(first)


def _soured(signs: Signs, day: int) -> bool:
    if signs.ph is not None and math.isfinite(signs.ph[day]) and signs.ph[day] < SOUR_PH:
        read = signs.ph[: day + 1]
        if (read[np.isfinite(read)][-3:] < SOUR_PH).sum() >= 2:
            return True
    if signs.ratio is None or signs.alkalinity is None or not signs.ratio[day] > SOUR_RATIO:
        return False
    read = signs.alkalinity[max(0, day - 14) : day + 1]
    return bool(np.isfinite(read).any()) and 7 * trend(signs.alkalinity, day) < -0.02 * float(
        np.nanmedian(read)
    )


def scored(alarms: tuple[Alarm, ...], soured: tuple[int, ...], days: int) -> WarningScore:
    """Return hits, misses, lead times and false alarms of the alarms of a record of some days."""
    warned = {event: [a for a in alarms if _warns(a, event)] for event in soured}
    leads = tuple(event - min(a.first for a in before) for event, before in warned.items() if before)
    useful = {
        id(a)
        for a in alarms
        for event in soured
        if _warns(a, event) or a.first - CALM_DAYS <= event <= a.last
    }
    wolf = sum(id(a) not in useful for a in alarms)
    return WarningScore(len(leads), len(soured) - len(leads), leads, wolf, wolf * 365.25 / max(days, 1))


def _warns(alarm: Alarm, event: int) -> bool:
    """Return whether an alarm was raised in the three weeks before: one that always stands warns of nothing."""
    return alarm.first <= event <= alarm.first + LEAD_DAYS


def static_alarms(ratio: Floats, limit: float) -> tuple[Alarm, ...]:
    """Return the alarms of the plain rule: any reading of acids over alkalinity above a limit."""
    alarms: list[Alarm] = []
    for day in np.flatnonzero(ratio > limit).tolist():
        if alarms and day - alarms[-1].last <= CALM_DAYS:
            alarms[-1] = Alarm(alarms[-1].first, day, alarms[-1].causes)
        else:
            alarms.append(Alarm(day, day, (Cause("static", {"ratio": float(ratio[day])}, 0.0),)))
    return tuple(alarms)


def best_static(ratio: Floats, soured: tuple[int, ...]) -> tuple[float, WarningScore]:
    """Return the limit of the static rule that, seen afterwards, misses least, then cries wolf least."""
    tried = [(limit, scored(static_alarms(ratio, limit), soured, ratio.size)) for limit in STATIC_RATIOS]
    return min(tried, key=lambda pair: (pair[1].misses, pair[1].false_alarms, -sum(pair[1].leads)))
