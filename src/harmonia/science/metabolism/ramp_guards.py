"""When a ramp holds: what the instruments say against limits, and what has to be known before a load rises.

Only readings count here, never the model's opinion of itself; the model gives the gas that was foreseen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

HOLD_DAYS = 14
"""A load is held for two weeks at least: acids lead the pH by 5 to 14 days (Wu et al. 2019,
doi:10.1186/s13068-019-1442-7), so sooner nobody can know."""

FLAT_READINGS = 3
FLAT_SHARE, FLAT_MG_L = 0.15, 150.0
"""Acids are flat when the last three readings of a step lie within 15 % of their mean, or within 150 mg/L: what a
two-point titration repeats to; ours."""

ACID_RATIO_LIMIT = 0.4
"""Acids over alkalinity from which on a plant counts as heavily loaded (Lossie & Puetz 2008, Targeted control of biogas
plants with the help of FOS/TAC, Hach Lange application report); calm is below 0.3. That the report exists was checked;
its table of limits is quoted from memory, and nobody has read it again for this file."""

ACID_RISE = 1.5
"""Acids half as much again as at the start of the step: in a ramp the trend warns before the limit; ours."""

ALKALINITY_SHARE = 0.75
"""Alkalinity a quarter below what it was before the ramp: the buffer is being used up; ours."""

PH_LIMIT = 7.0
"""Methanogens slow down below 6.8 (Drosg 2013); the guard stops two tenths before."""

GAS_SHARE, GAS_DAYS = 0.75, 3
"""Gas of three measured days a quarter below what was foreseen for the same days; ours."""

TEMPERATURE_K = 2.0
"""Further from its set point than this; ours. Changes of more than 1 K a day already cost methane (Metcalf & Eddy 2014,
Wastewater Engineering, ISBN 978-0-07-340118-8; quoted from memory, the page was not looked up again)."""

FRESH_DAYS = {"acids": 7.0, "alkalinity": 7.0, "ph": 4.0, "temperature": 4.0, "gas": 4.0}
"""How old the newest reading may be before it is missing; twice a week is the custom during a start-up."""


@dataclass(frozen=True)
class Point:
    """One reading: its day, counted from the start of the ramp (before it: negative), and its value."""

    day: float
    value: float


Points = Sequence[Point]


@dataclass(frozen=True)
class Watch:
    """What is known on a day of a ramp. `acids` and `alkalinity` [mg/L], `ph`, `temperature` [degC], `gas` measured and
    `foreseen` by the twin [m3/d], each in the order of time; `step_since` the day on which the present load began."""

    today: float
    step_since: float
    acids: Points = ()
    alkalinity: Points = ()
    ph: Points = ()
    temperature: Points = ()
    gas: Points = ()
    foreseen: Points = ()
    set_point_c: float | None = None


@dataclass(frozen=True)
class Breach:
    """A guard that was touched: which one, what was read, and the limit."""

    guard: str
    value: float
    limit: float


@dataclass(frozen=True)
class Wait:
    """Why a load does not rise yet: `days` (how many), `missing` (what), or `not_flat` (by how much)."""

    why: str
    what: str = ""
    value: float = 0.0


def breaches(watch: Watch) -> tuple[Breach, ...]:
    """Return every guard that the newest readings touch; none means calm as far as anybody has looked."""
    found = (
        _acid_ratio(watch),
        _acid_rise(watch),
        _alkalinity(watch),
        _ph(watch),
        _gas(watch),
        _temperature(watch),
    )
    return tuple(breach for breach in found if breach is not None)


def waits(watch: Watch) -> tuple[Wait, ...]:
    """Return what has to come before the load may rise; nothing means that it may."""
    left = HOLD_DAYS - (watch.today - watch.step_since)
    found = [Wait("days", value=left)] if left > 0 else []
    found += [Wait("missing", what) for what in missing(watch)]
    return (*found, *_not_flat(watch))


def missing(watch: Watch) -> tuple[str, ...]:
    """Return which readings are too old or were never taken."""
    newest = {name: _latest(getattr(watch, name), watch.today) for name in FRESH_DAYS}
    return tuple(
        name
        for name, days in FRESH_DAYS.items()
        if (point := newest[name]) is None or watch.today - point.day > days
    )


def _not_flat(watch: Watch) -> list[Wait]:
    mine = [point.value for point in watch.acids if watch.step_since < point.day <= watch.today]
    if len(mine) < FLAT_READINGS:
        return [Wait("missing", "flat_acids", FLAT_READINGS - len(mine))]
    last = mine[-FLAT_READINGS:]
    spread, mean = max(last) - min(last), sum(last) / FLAT_READINGS
    return [] if spread <= max(FLAT_SHARE * mean, FLAT_MG_L) else [Wait("not_flat", value=round(spread))]


def _latest(points: Points, today: float) -> Point | None:
    return next((point for point in reversed(points) if point.day <= today), None)


def _since(points: Points, watch: Watch) -> Point | None:
    """Return the newest reading of the present step, for a breach is about this load."""
    point = _latest(points, watch.today)
    return point if point is not None and point.day >= watch.step_since else None


def _before(points: Points, day: float) -> float | None:
    """Return the median of the last three readings up to a day."""
    known = sorted(point.value for point in [p for p in points if p.day <= day][-3:])
    return known[len(known) // 2] if known else None


def _acid_ratio(watch: Watch) -> Breach | None:
    acids, alkalinity = _since(watch.acids, watch), _latest(watch.alkalinity, watch.today)
    if acids is None or alkalinity is None or alkalinity.value <= 0:
        return None
    ratio = acids.value / alkalinity.value
    return Breach("acid_ratio", round(ratio, 3), ACID_RATIO_LIMIT) if ratio > ACID_RATIO_LIMIT else None


def _acid_rise(watch: Watch) -> Breach | None:
    now, before = _since(watch.acids, watch), _before(watch.acids, watch.step_since)
    if now is None or before is None:
        return None
    limit = max(ACID_RISE * before, before + 4 * FLAT_MG_L)
    return Breach("acid_rise", now.value, round(limit)) if now.value > limit else None


def _alkalinity(watch: Watch) -> Breach | None:
    now, before = _since(watch.alkalinity, watch), _before(watch.alkalinity, 0.0)
    if now is None or before is None or now.value >= ALKALINITY_SHARE * before:
        return None
    return Breach("alkalinity", now.value, round(ALKALINITY_SHARE * before))


def _ph(watch: Watch) -> Breach | None:
    now = _since(watch.ph, watch)
    return Breach("ph", now.value, PH_LIMIT) if now is not None and now.value < PH_LIMIT else None


def _gas(watch: Watch) -> Breach | None:
    foreseen = {point.day: point.value for point in watch.foreseen}
    pairs = [(p.value, foreseen[p.day]) for p in watch.gas if p.day >= watch.step_since and p.day in foreseen]
    last = pairs[-GAS_DAYS:]
    if len(last) < GAS_DAYS:
        return None
    real, limit = sum(r for r, _ in last) / GAS_DAYS, GAS_SHARE * sum(f for _, f in last) / GAS_DAYS
    return Breach("gas", round(real, 3), round(limit, 3)) if real < limit else None


def _temperature(watch: Watch) -> Breach | None:
    now = _since(watch.temperature, watch)
    if now is None or watch.set_point_c is None or abs(now.value - watch.set_point_c) <= TEMPERATURE_K:
        return None
    return Breach("temperature", now.value, watch.set_point_c)
