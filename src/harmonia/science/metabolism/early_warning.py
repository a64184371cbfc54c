"""Warn before a digester sours, from dirty readings, against the plant's own normal, with the reason in numbers.

Limits are the field's: acids over alkalinity calm below 0.3 and souring above 0.5, pH 6.8 (Drosg 2013, Process
Monitoring in Biogas Plants, IEA Bioenergy Task 37, ISBN 978-1-910154-03-8). A plant may live for months above
0.3, so a ratio must also stand above the plant's own median. Two of the last three readings must agree, and
trends are medians of slopes (Sen 1968, doi:10.1080/01621459.1968.10480934), so that one wild reading raises
nothing; a day is judged by itself and the days before only.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from harmonia.science.metabolism.particles import Floats

CALM_RATIO, SOUR_RATIO = 0.3, 0.5
SOUR_PH, LOW_PH = 6.8, 7.0
BUFFERED_PH = 7.4
LOW_ALKALINITY = 2.0  # [kg CaCO3/m3], below the 2 to 5 usual in digesters (Metcalf & Eddy; from memory)
HIGH_ACIDS = 2.0  # [kg acetic acid/m3]
OWN_DAYS, RECENT_DAYS, TREND_DAYS = 90, 10, 14
FEWEST = 3
LEAST_READINGS = 8  # fewer show no trend, and not what is usual here
CALM_DAYS = 7  # an alarm ends after a week without cause
FORESEEN_DAYS = 7


@dataclass(frozen=True)
class Cause:
    """One reason to warn: its kind, the numbers that gave it, and days until the limit, if it is foreseen."""

    kind: str
    facts: Mapping[str, float] = field(default_factory=dict)
    in_days: float | None = None


@dataclass(frozen=True)
class Alarm:
    """A spell of warning: first and last day (places), the causes of the first day, and those added later."""

    first: int
    last: int
    causes: tuple[Cause, ...]
    later: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signs:
    """What is read at one digester, (days,) each, NaN where nothing was; any may be missing.

    `ratio` [kg acetic acid/kg CaCO3]; `acids`, `alkalinity` [kg/m3]; `ph`; `gas` and what the feed explains of
    it, `expected_gas`, in one unit; `temperature` [degC]; `solids` fed [kg VS/d]; `foreseen_ph` (days, 7) of
    a twin: entry [d, k] for day d + k + 1, issued at the end of day d.
    """

    days: int
    ratio: Floats | None = None
    acids: Floats | None = None
    alkalinity: Floats | None = None
    ph: Floats | None = None
    gas: Floats | None = None
    expected_gas: Floats | None = None
    temperature: Floats | None = None
    solids: Floats | None = None
    foreseen_ph: Floats | None = None


def warnings(signs: Signs) -> tuple[Alarm, ...]:
    """Return the alarms of a record, in order; one ends when a week brought no cause.

    Raises:
        ValueError: a series has not one entry a day.
    """
    _check(signs)
    alarms: list[Alarm] = []
    for day in range(signs.days):
        causes = causes_on(signs, day)
        if not causes:
            continue
        if alarms and day - alarms[-1].last <= CALM_DAYS:
            old = alarms[-1]
            known = {cause.kind for cause in old.causes} | set(old.later)
            added = tuple(cause.kind for cause in causes if cause.kind not in known)
            alarms[-1] = Alarm(old.first, day, old.causes, old.later + added)
        else:
            alarms.append(Alarm(day, day, causes))
    return tuple(alarms)


def of_the_plant(digesters: Iterable[tuple[Alarm, ...]]) -> tuple[Alarm, ...]:
    """Return the alarms of a plant whose digesters share their feed: what warns at one warns at all."""
    together: list[Alarm] = []
    for alarm in sorted((alarm for alarms in digesters for alarm in alarms), key=lambda alarm: alarm.first):
        if together and alarm.first - together[-1].last <= CALM_DAYS:
            old = together[-1]
            together[-1] = Alarm(old.first, max(old.last, alarm.last), old.causes, old.later)
        else:
            together.append(alarm)
    return tuple(together)


def causes_on(signs: Signs, day: int) -> tuple[Cause, ...]:
    """Return every reason to warn at the end of a day, from that day and those before."""
    rules = (_acids, _buffered, _alkalinity, _ph, _foreseen, _without_laboratory)
    found = [rule(signs, day) for rule in rules]
    return tuple(cause for cause in found if cause is not None)


def _acids(signs: Signs, day: int) -> Cause | None:
    """Acids over alkalinity: above 0.5, or above 0.3 and the plant's own, and on its way to 0.5 in a week."""
    level, own = _recent(signs.ratio, day), _own(signs.ratio, day)
    if signs.ratio is None or level is None:
        return None
    slope = trend(signs.ratio, day)
    usual = CALM_RATIO if own is None else own
    facts = {"ratio": level, "usual": usual, "a_week": 7 * slope}
    if level > SOUR_RATIO:
        return Cause("acids_high", facts, 0.0)
    ahead = (SOUR_RATIO - level) / slope if slope > 0 else math.inf
    known = own is not None or _readings(signs.ratio, day) >= LEAST_READINGS
    if known and level > max(CALM_RATIO, 1.3 * usual) and ahead <= FORESEEN_DAYS:
        return Cause("acids_rising", facts, ahead)
    return None


def _readings(series: Floats, day: int) -> int:
    """Return how many readings there were up to a day."""
    return int(np.isfinite(series[: day + 1]).sum())


def _buffered(signs: Signs, day: int) -> Cause | None:
    """A plant that ammonia buffers above pH 7.4 shows souring in its acids alone."""
    own_ph, level, own = _own(signs.ph, day), _recent(signs.acids, day), _own(signs.acids, day)
    if signs.acids is None or own_ph is None or own_ph <= BUFFERED_PH or level is None or own is None:
        return None
    slope = trend(signs.acids, day)
    if level > max(HIGH_ACIDS, 1.5 * own) and slope > 0.02 * level:
        return Cause("acids_rising_buffered", {"acids": level, "usual": own, "a_week": 7 * slope})
    return None


def _alkalinity(signs: Signs, day: int) -> Cause | None:
    """Alkalinity low, by itself or for this plant, and still sinking."""
    level, own = _recent(signs.alkalinity, day), _own(signs.alkalinity, day)
    if signs.alkalinity is None or level is None:
        return None
    low = max(LOW_ALKALINITY, 0.0 if own is None else 0.7 * own)
    slope = trend(signs.alkalinity, day)
    if level < low and 7 * slope < -0.03 * level:
        facts = {"alkalinity": level, "usual": level if own is None else own, "a_week": 7 * slope}
        return Cause("alkalinity_sinking", facts)
    return None


def _ph(signs: Signs, day: int) -> Cause | None:
    """Two of the last three pH readings low: below 6.8, or the newest below it and another far below usual."""
    if signs.ph is None or not math.isfinite(signs.ph[day]):
        return None
    last, own = _newest(signs.ph, day, 3), _own(signs.ph, day)
    if last.size < 2 or last[-1] >= SOUR_PH:
        return None
    usual = SOUR_PH if own is None else own
    far = LOW_PH if own is None else min(own - 3 * spread(signs.ph, day), LOW_PH)
    if (last[:-1] < max(far, SOUR_PH)).any():
        return Cause("ph_low", {"ph": float(last[-1]), "usual": usual}, 0.0)
    return None


def _foreseen(signs: Signs, day: int) -> Cause | None:
    """The twin foresees pH below 6.8 within a week, and the readings already sink."""
    if signs.foreseen_ph is None or signs.ph is None:
        return None
    below = np.flatnonzero(signs.foreseen_ph[day] < SOUR_PH)
    level = _recent(signs.ph, day)
    if not below.size or level is None or trend(signs.ph, day) >= -0.01:
        return None
    facts = {"ph": level, "foreseen": float(np.nanmin(signs.foreseen_ph[day]))}
    return Cause("ph_foreseen", facts, float(below[0] + 1))


def _without_laboratory(signs: Signs, day: int) -> Cause | None:
    """Where nobody measures acids: gas short of what the feed explains for days, after more feed, colder or sourer."""
    if signs.gas is None or signs.expected_gas is None or _recent(signs.ratio, day) is not None:
        return None
    start = max(0, day - 4)
    share = signs.gas[start : day + 1] / np.maximum(signs.expected_gas[start : day + 1], 1e-9)
    share = share[np.isfinite(share)]
    if share.size < FEWEST or float(np.median(share)) > 0.7:
        return None
    facts = {"gas_share": float(np.median(share))}
    if signs.ph is not None and trend(signs.ph, day) < -0.02:
        return Cause("gas_short", facts | {"ph_a_week": 7 * trend(signs.ph, day)})
    if (rise := rose(signs.solids, day)) > 1.25:
        return Cause("gas_short", facts | {"fed_share": rise})
    own, now = _own(signs.temperature, day), _recent(signs.temperature, day)
    if own is not None and now is not None and now < own - 2.0:
        return Cause("gas_short", facts | {"temperature": now, "usual_temperature": own})
    return None


def rose(amounts: Floats | None, day: int) -> float:
    """Return the last week's feed over that of the four weeks before [-]; 1 where nothing is known."""
    if amounts is None or day < 14:
        return 1.0
    week, before = amounts[day - 6 : day + 1], amounts[max(0, day - 34) : day - 6]
    usual = float(np.nanmean(before)) if np.isfinite(before).any() else 0.0
    return float(np.nanmean(week)) / usual if usual > 0 and np.isfinite(week).any() else 1.0


def trend(values: Floats, day: int, window: int = TREND_DAYS) -> float:
    """Return the median slope a day between all pairs of readings in a window that ends on a day; 0 if under 4."""
    start = max(0, day - window + 1)
    seen = np.flatnonzero(np.isfinite(values[start : day + 1]))
    if seen.size < 4:
        return 0.0
    read = values[start + seen]
    first, second = np.triu_indices(seen.size, 1)
    return float(np.median((read[second] - read[first]) / (seen[second] - seen[first])))


def spread(values: Floats, day: int) -> float:
    """Return how far readings usually stray from their median over 90 days, as a standard deviation."""
    read = _own_readings(values, day)
    return float(1.4826 * np.median(np.abs(read - np.median(read)))) if read.size else 0.0


def _newest(values: Floats, day: int, count: int) -> Floats:
    start = max(0, day - RECENT_DAYS + 1)
    read = values[start : day + 1]
    newest: Floats = read[np.isfinite(read)][-count:]
    return newest


def _recent(values: Floats | None, day: int) -> float | None:
    """Return the median of the newest three readings within ten days; None if fewer."""
    if values is None:
        return None
    read = _newest(values, day, FEWEST)
    return float(np.median(read)) if read.size == FEWEST else None


def _own_readings(values: Floats, day: int) -> Floats:
    read = values[max(0, day - OWN_DAYS - TREND_DAYS) : max(0, day - TREND_DAYS)]
    own: Floats = read[np.isfinite(read)]
    return own


def _own(values: Floats | None, day: int) -> float | None:
    """Return what is usual at this plant: the median of the 90 days that end two weeks ago; None if under 8."""
    if values is None:
        return None
    read = _own_readings(values, day)
    return float(np.median(read)) if read.size >= LEAST_READINGS else None


def _check(signs: Signs) -> None:
    for name, values in vars(signs).items():
        if name != "days" and values is not None and len(values) != signs.days:
            raise ValueError(f"{name} has {len(values)} entries for {signs.days} days")
