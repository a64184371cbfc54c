"""Follow a real plant's log one to seven days ahead, and say how well that went beside plain rules.

An ensemble of digesters is kept beside the plant by its readings (`assimilation`), others run without seeing
any; their forecasts and plain rules are blended by their past errors alone (`expertise`), and every rule gets
a band from its own past errors (`conformal`). A forecast for day d issued at day i uses no reading after i.
"""

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmonia.science.executor import Executor, Progress, SerialExecutor
from harmonia.science.metabolism import readings
from harmonia.science.metabolism.assimilation import MEMBERS, TOLD, Assimilated, Watch, assimilate
from harmonia.science.metabolism.conformal import dressed
from harmonia.science.metabolism.digester import Digester, Member
from harmonia.science.metabolism.expertise import PLAIN, RULES, Evidence, Guesses, guess
from harmonia.science.metabolism.feed_load import FeedLoad, feed_load, filled_amount, first_fed_day
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import RANGES, single_digester
from harmonia.science.metabolism.plant_log import LogError, LogMap, PlantLog
from harmonia.science.metabolism.scores import Score, score

Flags = NDArray[np.bool_]
BURN_IN_DAYS = 30
WEEK_DAYS = 7
RETENTIONS_D = (8.0, 12.0, 18.0, 28.0)  # tried where the volume is unknown
TRUSTS = (1.0, 0.5, 0.25, 0.12)
SPEEDS = (0.5, 1.0, 2.0, 4.0)
SCORED_RULES = ("twin", *PLAIN, "digester")
_WATCHED_TRUST = 0.5
_WARM_DAYS = 14
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
class Horizon:
    """Forecasts of one horizon, issued `days_ahead` [d] before each day, (days,) [m3/d], NaN where none.

    `points`: by rule (`SCORED_RULES`; "digester" is the followed ensemble alone); `quantiles` of the twin
    (days, 19) at `conformal.LEVELS`, `bands`: 80 % by rule (days, 2); `weights` (days, rules) of
    `expertise.RULES` in the twin; `scored`: the days that count; `scores` by rule, over the same days.
    """

    days_ahead: int
    points: Mapping[str, Floats]
    quantiles: Floats
    bands: Mapping[str, Floats]
    weights: Floats
    scored: Flags
    scores: Mapping[str, Score]

    @property
    def shares(self) -> dict[str, float]:
        """Return the mean weight of each blended rule over the scored days [-]."""
        mean = self.weights[self.scored].mean(axis=0)
        return dict(zip(RULES, mean.tolist(), strict=True))


@dataclass(frozen=True)
class TwinOutcome:
    """A followed log from its first fed day to a week after its last.

    `start`: place of the first day in the log; `gas` readings [m3/d], a week of NaN after the log's end;
    `open_loop` the median of members that saw no reading; `ahead`: horizons of one to seven days with the feed
    of the coming days known as logged; `usual`: the same for the usual feed; `assimilated` what the followed
    ensemble foresaw and doubted; `open_loop_mae` [m3/d] over the days scored one day ahead.
    """

    start: int
    gas: Floats
    open_loop: Floats
    ahead: tuple[Horizon, ...]
    usual: tuple[Horizon, ...]
    assimilated: Assimilated
    open_loop_mae: float
    volume_known: bool


def follow_log(
    log: PlantLog,
    log_map: LogMap,
    executor: Executor | None = None,
    progress: Progress | None = None,
    members: int = MEMBERS,
) -> TwinOutcome:
    """Return forecasts of a log's gas one to seven days ahead and their scores beside plain rules.

    `executor` runs the members that see no reading; `progress` is told the days the followed ensemble,
    of `members` digesters, has been through.

    Raises:
        LogError: fewer days with feed and gas than the burn-in and two weeks.
    """
    start = first_fed_day(log)
    gas = log.readings["gas"][start:]
    if np.isfinite(gas).sum() < BURN_IN_DAYS + WEEK_DAYS:
        raise LogError(f"the log needs feed and gas on at least {BURN_IN_DAYS + WEEK_DAYS} days")
    loads = {trust: with_a_usual_week(_since(feed_load(log, log_map, trust), start)) for trust in TRUSTS}
    cases = _cases(log_map, loads)
    runs = np.array((executor or SerialExecutor()).map(run_twin_member, cases))
    kept = assimilate(_watch(log, log_map, start, loads[_WATCHED_TRUST]), members, progress=progress)
    gas = np.append(gas, np.full(WEEK_DAYS, math.nan))
    amounts = np.array([filled_amount(log.feeds[feed.name]["amount"][start:]) for feed in log_map.feeds]).T
    ahead = _horizons(gas, _extended(amounts), runs, kept, feed_known=True)
    open_loop: Floats = np.median(runs, axis=0)
    return TwinOutcome(
        start=start,
        gas=gas,
        open_loop=open_loop,
        ahead=ahead,
        usual=_horizons(gas, _extended(amounts), runs, kept, feed_known=False),
        assimilated=kept,
        open_loop_mae=float(np.abs(open_loop - gas)[ahead[0].scored].mean()),
        volume_known="liquid_m3" in log_map.plant,
    )


def foreseen_ph(outcome: TwinOutcome, days: int) -> Floats:
    """Return the followed ensemble's pH of the seven days after each day of a log (days, 7), its feed as usual.

    In the form of `early_warning.Signs`; NaN before the first fed day.
    """
    ahead = outcome.assimilated.usual["ph"][:, :, 1]
    foreseen = np.full((days, WEEK_DAYS), math.nan)
    followed = days - outcome.start
    foreseen[outcome.start :] = ahead[1 : followed + 1]
    return foreseen


def _horizons(
    gas: Floats, amounts: Floats, runs: Floats, kept: Assimilated, *, feed_known: bool
) -> tuple[Horizon, ...]:
    middle = (kept.known if feed_known else kept.usual)["gas"][:, :, 1]
    evidence = Evidence(
        gas, amounts, usual_before(amounts), middle, kept.filtered["gas"][:, 1], runs, feed_known
    )
    return tuple(_horizon(evidence, days_ahead) for days_ahead in range(1, WEEK_DAYS + 1))


def _horizon(evidence: Evidence, days_ahead: int) -> Horizon:
    made: Guesses = guess(evidence, days_ahead)
    points = {"twin": made.blend} | {name: made.rules[name] for name in SCORED_RULES[1:]}
    dress = {name: dressed(values, evidence.gas, days_ahead) for name, values in points.items()}
    counts = np.isfinite(evidence.gas) & (np.arange(evidence.gas.size) >= BURN_IN_DAYS)
    for quantiles, band in dress.values():
        counts &= np.isfinite(quantiles).all(axis=1) & np.isfinite(band).all(axis=1)
    scores = {
        name: score(points[name][counts], quantiles[counts], band[counts], evidence.gas[counts])
        for name, (quantiles, band) in dress.items()
    }
    bands = {name: band for name, (_, band) in dress.items()}
    return Horizon(days_ahead, points, dress["twin"][0], bands, made.weights, counts, scores)


def _cases(log_map: LogMap, loads: Mapping[float, FeedLoad]) -> list[TwinCase]:
    flow = _first_flow(loads[1.0])
    given = log_map.plant.get("liquid_m3")
    volumes = [float(given)] if given is not None else [days * flow for days in RETENTIONS_D]
    members = [TwinMember(*numbers) for numbers in itertools.product(volumes, TRUSTS, SPEEDS)]
    return [TwinCase(member, loads[member.trust], _temperature(log_map)) for member in members]


def _first_flow(load: FeedLoad) -> float:
    flow = float(load.volume_m3_d[:_WARM_DAYS].mean())
    if flow <= 0:
        raise LogError("the log feeds nothing in its first two weeks")
    return flow


def _temperature(log_map: LogMap) -> float:
    low, high, _ = RANGES["temperature_c"]
    return min(high, max(low, float(log_map.plant.get("temperature_c", 35.0))))


def _watch(log: PlantLog, log_map: LogMap, start: int, load: FeedLoad) -> Watch:
    given = log_map.plant.get("liquid_m3")
    flow = _first_flow(load)
    volume = (float(given),) * 2 if given is not None else (RETENTIONS_D[0] * flow, RETENTIONS_D[-1] * flow)
    read = {
        name: np.append(values[start:], np.full(WEEK_DAYS, math.nan))
        for name, values in log.readings.items()
        if name in TOLD
    }
    return Watch(
        codes=load.codes,
        feed_kg_d=load.feed_kg_d,
        volume_m3_d=load.volume_m3_d,
        usual_kg_d=usual_before(load.feed_kg_d),
        usual_m3_d=usual_before(load.volume_m3_d),
        temperature_c=_temperature(log_map),
        liquid_m3=(volume[0], volume[1]),
        readings=read,
    )


def usual_before(amounts: Floats) -> Floats:
    """Return for each day (days, ...) the mean amount of the seven days before; the first day its own."""
    means = [amounts[max(0, day - WEEK_DAYS) : max(day, 1)].mean(axis=0) for day in range(len(amounts))]
    return np.array(means)


def with_a_usual_week(load: FeedLoad) -> FeedLoad:
    """Return a load with seven days after its end, fed as in the last seven."""
    return FeedLoad(load.codes, _extended(load.feed_kg_d), _extended(load.volume_m3_d))


def _extended(amounts: Floats) -> Floats:
    usual = amounts[-WEEK_DAYS:].mean(axis=0)
    return np.concatenate([amounts, np.repeat(usual[None], WEEK_DAYS, axis=0)])


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
