"""Follow a real plant's log one day and one week ahead: many digesters, weighed by how well each foresaw the past.

Every member is an open-loop run of the digester model, so its value for day d depends on feed up to day d
only. An expert turns it into a forecast: the last reading, plus a share of the change the member sees, plus a
daily pull towards the member's level, plus a share of the last trend. Experts are weighed by their past errors
(exponentially weighted average forecaster, Cesa-Bianchi & Lugosi 2006, doi:10.1017/CBO9780511546921).
"""

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmonia.science.executor import Executor, Progress, SerialExecutor
from harmonia.science.metabolism import readings
from harmonia.science.metabolism.digester import Digester, Member
from harmonia.science.metabolism.feed_load import FeedLoad, feed_load, first_fed_day
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import RANGES, single_digester
from harmonia.science.metabolism.plant_log import LogError, LogMap, PlantLog

Flags = NDArray[np.bool_]
BURN_IN_DAYS = 30
WEEK_DAYS = 7
RETENTIONS_D = (8.0, 12.0, 18.0, 28.0)  # tried where the volume is unknown
TRUSTS = (1.0, 0.5, 0.25, 0.12)
SPEEDS = (0.5, 1.0, 2.0, 4.0)
SHARES_OF_CHANGE, PULLS, TRENDS = (0.0, 0.5, 1.0), (0.0, 0.05, 0.1, 0.2), (0.0, 0.2)
MEMORY_DAYS = 60.0
SHARPNESS = 20.0
_GAIN_DAYS = 30
_WARM_DAYS = 14
_BAND = 0.8
_HEADSPACE_SHARE = 0.15


@dataclass(frozen=True)
class TwinMember:
    """One digester tried: volume [m3], trust in one solids sample [-], factor on disintegration [-]."""

    liquid_m3: float
    trust: float
    speed: float


@dataclass(frozen=True)
class TwinCase:
    """One member's run, as an executor carries it elsewhere."""

    member: TwinMember
    load: FeedLoad
    temperature_c: float


@dataclass(frozen=True)
class Forecasts:
    """Forecasts (days,) [m3/d], NaN before the first; weights of the members at the end."""

    twin: Floats
    low: Floats
    high: Floats
    persistence: Floats
    mean7: Floats
    weights: Floats


@dataclass(frozen=True)
class TwinOutcome:
    """A followed log from its first fed day on.

    `start`: place of the first day in the log; `gas` readings [m3/d]; `open_loop` the members' median without
    any reading; `scored`: days counted in `mae`, and in `week_mae` for
    forecasts issued seven days before; `volume_m3`: low, middle, high of what fits, given volumes
    thrice.
    """

    start: int
    gas: Floats
    open_loop: Floats
    forecasts: Forecasts
    scored: Flags
    mae: Mapping[str, float]
    week_mae: Mapping[str, float]
    open_loop_mae: float
    coverage: float
    volume_m3: tuple[float, float, float]
    volume_known: bool


def follow_log(
    log: PlantLog, log_map: LogMap, executor: Executor | None = None, progress: Progress | None = None
) -> TwinOutcome:
    """Return one-day-ahead forecasts of a log's gas and their errors beside two plain rules.

    A forecast for day d is issued at the end of day d-1 from readings up to d-1, the feed of day d known.

    Raises:
        LogError: fewer days with feed and gas than the burn-in and a week.
    """
    start = first_fed_day(log)
    gas = log.readings["gas"][start:]
    if np.isfinite(gas).sum() < BURN_IN_DAYS + 7:
        raise LogError(f"the log needs feed and gas on at least {BURN_IN_DAYS + 7} days")
    members, cases = _cases(log, log_map, start)
    runs = np.array((executor or SerialExecutor()).map(run_twin_member, cases, progress))
    forecasts, week = foresee(runs, gas), foresee(runs, gas, WEEK_DAYS)
    scored = np.isfinite(gas) & np.isfinite(forecasts.twin) & (np.arange(gas.size) >= BURN_IN_DAYS)
    inside = (gas >= forecasts.low) & (gas <= forecasts.high)
    volumes = np.array([member.liquid_m3 for member in members])
    open_loop: Floats = np.median(runs, axis=0)
    return TwinOutcome(
        start=start,
        gas=gas,
        open_loop=open_loop,
        forecasts=forecasts,
        scored=scored,
        mae=_errors(forecasts, gas, scored),
        week_mae=_errors(week, gas, scored & np.isfinite(week.twin)),
        open_loop_mae=float(np.abs(open_loop - gas)[scored].mean()),
        coverage=float(inside[scored].mean()),
        volume_m3=weighted_quantiles(volumes, forecasts.weights),
        volume_known="liquid_m3" in log_map.plant,
    )


def _errors(made: Forecasts, gas: Floats, scored: Flags) -> dict[str, float]:
    """Return the mean absolute error [m3/d] of the twin and both plain rules over the same days."""
    series = {"twin": made.twin, "persistence": made.persistence, "mean7": made.mean7}
    return {name: float(np.abs(values - gas)[scored].mean()) for name, values in series.items()}


def _cases(log: PlantLog, log_map: LogMap, start: int) -> tuple[list[TwinMember], list[TwinCase]]:
    loads = {trust: _since(feed_load(log, log_map, trust), start) for trust in TRUSTS}
    flow = float(loads[1.0].volume_m3_d[:_WARM_DAYS].mean())
    if flow <= 0:
        raise LogError("the log feeds nothing in its first two weeks")
    given = log_map.plant.get("liquid_m3")
    volumes = [float(given)] if given is not None else [days * flow for days in RETENTIONS_D]
    members = [TwinMember(*numbers) for numbers in itertools.product(volumes, TRUSTS, SPEEDS)]
    low, high, _ = RANGES["temperature_c"]
    usual = float(log_map.plant.get("temperature_c", 35.0))
    temperature = min(high, max(low, usual))
    return members, [TwinCase(member, loads[member.trust], temperature) for member in members]


def _since(load: FeedLoad, start: int) -> FeedLoad:
    return FeedLoad(load.codes, load.feed_kg_d[start:], load.volume_m3_d[start:])


def run_twin_member(case: TwinCase) -> Floats:
    """Return the gas (days,) [m3/d at 0 degC] of one member, started at rest on its first two weeks' feed."""
    volume = case.member.liquid_m3
    plant = single_digester("twin", volume, _HEADSPACE_SHARE * volume, case.temperature_c, 0.0, 0.0, 1.0)
    speeds = dict.fromkeys(case.load.codes, case.member.speed)
    digester = Digester(plant, case.load.codes, Member(speed=speeds))
    first_feed, first_flow = case.load.feed_kg_d[:_WARM_DAYS], case.load.volume_m3_d[:_WARM_DAYS]
    start = digester.settled(first_feed.mean(axis=0), float(first_flow.mean()))
    return readings.gas_m3_d(digester.run(case.load.feed_kg_d, start, case.load.volume_m3_d))


def foresee(runs: Floats, gas: Floats, horizon_d: int = 1) -> Forecasts:
    """Return each day's forecasts from members' gas (members, days) and the readings (days,) before it.

    A forecast for day d is issued `horizon_d` [d] earlier: no reading after day d - horizon counts.
    """
    series = {name: np.full(gas.size, math.nan) for name in ("twin", "low", "high", "persistence", "mean7")}
    book = _Book(len(runs))
    for day in range(horizon_d, gas.size):
        issued = day - horizon_d
        book.settle(issued, float(gas[issued]))
        seen = np.flatnonzero(np.isfinite(gas[: issued + 1])).tolist()
        if not seen:
            continue
        series["twin"][day] = book.promise(day, experts(runs, gas, seen, day))
        series["persistence"][day] = gas[seen[-1]]
        series["mean7"][day] = np.mean([gas[k] for k in seen if k > issued - 7] or [gas[seen[-1]]])
        half = book.half_band()
        series["low"][day] = np.maximum(0.0, series["twin"][day] - half)
        series["high"][day] = series["twin"][day] + half
    return Forecasts(**series, weights=book.member_weights())


def experts(runs: Floats, gas: Floats, seen: list[int], day: int) -> Floats:
    """Return every expert's forecast for a day, (members * 24,), from the readings on the days `seen`."""
    last, before = seen[-1], seen[-2] if len(seen) > 1 else seen[-1]
    recent = [k for k in seen if k >= last - _GAIN_DAYS]
    gain = np.median(gas[recent]) / np.maximum(np.median(runs[:, recent], axis=1), 1e-9)
    change, level = gain * (runs[:, day] - runs[:, last]), gain * runs[:, last] - gas[last]
    slope = gas[last] - gas[before]
    guesses = [
        gas[last] + share * change + (1 - (1 - pull) ** (day - last)) * level + trend * slope
        for share, pull, trend in itertools.product(SHARES_OF_CHANGE, PULLS, TRENDS)
    ]
    positive: Floats = np.maximum(np.array(guesses), 0.0).ravel()
    return positive


class _Book:
    """What the experts promised, their past errors, older ones fading, and the weights these give."""

    def __init__(self, members: int) -> None:
        self.members = members
        self.errors = np.zeros(members * len(SHARES_OF_CHANGE) * len(PULLS) * len(TRENDS))
        self.days = 0.0
        self.open: dict[int, tuple[Floats, float]] = {}
        self.misses: list[float] = []

    def promise(self, day: int, guesses: Floats) -> float:
        """Return the blend of the experts for a day, and remember both until its reading is in."""
        blend = float(self.weights() @ guesses)
        self.open[day] = guesses, blend
        return blend

    def settle(self, day: int, reading: float) -> None:
        """Learn from a day's reading [m3/d], if it was promised and read."""
        guesses, blend = self.open.pop(day, (None, 0.0))
        if guesses is None or not math.isfinite(reading):
            return
        fade = 0.5 ** (1.0 / MEMORY_DAYS)
        self.errors = fade * self.errors + np.abs(guesses - reading)
        self.days = fade * self.days + 1.0
        self.misses.append(abs(blend - reading))

    def weights(self) -> Floats:
        """Return the weight of every expert."""
        if self.days == 0.0:
            return np.full(self.errors.size, 1.0 / self.errors.size)
        mean = self.errors / self.days
        best = max(float(mean.min()), 1e-12)
        weights = np.exp(-SHARPNESS * (mean / best - 1.0))
        share: Floats = weights / weights.sum()
        return share

    def half_band(self) -> float:
        """Return what four of five recent errors [m3/d] stayed under; NaN before a week of them."""
        recent = self.misses[-int(MEMORY_DAYS) :]
        return float(np.quantile(recent, _BAND)) if len(recent) >= 7 else math.nan

    def member_weights(self) -> Floats:
        """Return the weight of each member over the rules that use it."""
        total: Floats = self.weights().reshape(-1, self.members).sum(axis=0)
        return total


def weighted_quantiles(values: Floats, weights: Floats) -> tuple[float, float, float]:
    """Return the 10, 50 and 90 % points of weighted values."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    places = np.minimum(np.searchsorted(reached, [0.1, 0.5, 0.9]), values.size - 1)
    low, middle, high = values[order][places].tolist()
    return low, middle, high
