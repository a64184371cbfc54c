"""Follow a plant through the days it was fed, and foresee those it will be: gas, pH, acids, digestate."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from harmonia import __version__
from harmonia.science.executor import Executor, SerialExecutor
from harmonia.science.metabolism.compiled import DIGEST
from harmonia.science.metabolism.digester import DigesterRun
from harmonia.science.metabolism.endings import sour, washed_out
from harmonia.science.metabolism.ensemble import draw_members
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.follow_series import follow_series
from harmonia.science.metabolism.follow_weather import Days, weather_of
from harmonia.science.metabolism.gas_use import ENERGY_OF_METHANE, QUIET_SHARE
from harmonia.science.metabolism.inhibition import sentences, trace_warnings
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import Plant
from harmonia.science.metabolism.plant_outcome import (
    Numbers,
    Plants,
    TankOutcome,
    overflow,
    retention,
)
from harmonia.science.metabolism.plant_run import PlantCase, PlantRun, run_plant

__all__ = [
    "BURNER_M3_H",
    "ENERGY_OF_METHANE",
    "ENGINE",
    "QUIET_SHARE",
    "CaseError",
    "FollowCase",
    "FollowOutcome",
    "compile_kernels",
    "cooking_hours",
    "follow",
    "overflow",
    "retention",
    "status",
]

Flags = NDArray[np.bool_]
ENGINE = f"harmonia {__version__}, ADM1 in the BSM2 form, Rodas5P, kernels {DIGEST}"
BURNER_M3_H = (0.200, 0.450)  # [m3/h] household biogas stove, GTZ, in solidarites.org Octopus and energypedia
BURNER_METHANE = 0.60  # methane share of the gas those figures are for
_WARM_DAYS = 28


class CaseError(ValueError):
    """The case cannot be followed; the message is one sentence for the reader."""


@dataclass(frozen=True)
class FollowCase:
    """A plant and what it was (or will be) fed.

    `feed_kg_d`: feedstock code -> fresh kg of each day, all of equal length; `members` runs with other
    plausible parameters, drawn from `seed`; `warm_start`: what it was fed for long before the first day
    [kg/d]; None takes the mean of the first 28 days, an empty mapping starts on fresh digested sludge;
    `methane`: potentials that jar trials have narrowed, value, low, high [m3 CH4/kg VS] by feedstock;
    `changes`: (day, plant) in order, from which day on another plant is in force, the first day being 0;
    `first_day`: the date of the first day, for the season; `air_c` [degC]: how warm each day was outside, else
    the plant's monthly means.
    """

    plant: Plant
    feed_kg_d: Mapping[str, tuple[float, ...]]
    members: int = 24
    seed: int = 1
    warm_start: Mapping[str, float] | None = None
    methane: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    changes: tuple[tuple[int, Plant], ...] = ()
    first_day: date | None = None
    air_c: tuple[float, ...] | None = None


@dataclass(frozen=True)
class FollowOutcome:
    """What the days brought, one value a day; `_low` and `_high` bound 80 % of the members.

    Gas in m3 of dry gas at 0 degC and 101.325 kPa; `methane_share` [-]; `acid_ratio` as titrated
    (FOS/TAC) [kg acetic acid/kg CaCO3]; `volatile_solids_kg_d` fed; `retention_d` over four weeks,
    at most 1000; `gas_kg_d` with vapour; `content_change_kg_d`: what the digesters gained, so that
    feed + water = gas + digestate + solids + change (feed that goes straight to bays aside);
    `nitrogen_kg_d` in the digestate; `gas_kept_m3_d` after the store; `energy_kwh_d` burnt in stoves.
    `status` says how it went; `warnings` what to mind; `held_back` what slows the makers of methane on the
    last day under the central values.

    Gas made = used + lost + what the store gained: `gas_used_m3_d` in stoves, engine and boiler,
    `gas_stored_m3` in the evening, `flared_m3_d` or, without a flare, `vented_m3_d` lost. Heat: `heat_demand`
    keeps every set point, `heat_kwh_d` was there; `heat_gas_m3_d` burnt for it. `net_kwh_d`: heat in pots and
    electricity less what the plant takes. `temperature_c`, pH and acids are the first digester's, all digesters
    are in `digesters`; series are empty where no digester stands. `solids_kg_d` pressed out of the digestate,
    `composted_kg_d` into the bays, `compost_kg_d` sieved, `compost_loss_kg_d` into the air, with fresh
    `cuttings_kg_d`. `notes`: what is not counted, in sentences.
    """

    gas_m3_d: Numbers
    gas_low: Numbers
    gas_high: Numbers
    methane_share: Numbers
    ph: Numbers
    ph_low: Numbers
    ph_high: Numbers
    acid_ratio: Numbers
    acid_ratio_low: Numbers
    acid_ratio_high: Numbers
    volatile_solids_kg_d: Numbers
    loading_kg_vs_m3_d: Numbers
    retention_d: Numbers
    gas_kg_d: Numbers
    digestate_kg_d: Numbers
    content_change_kg_d: Numbers
    nitrogen_kg_d: Numbers
    gas_kept_m3_d: Numbers
    energy_kwh_d: Numbers
    status: str
    engine: str
    seed: int
    warnings: tuple[str, ...] = ()
    held_back: tuple[str, ...] = ()
    temperature_c: Numbers = ()
    gas_used_m3_d: Numbers = ()
    gas_stored_m3: Numbers = ()
    flared_m3_d: Numbers = ()
    vented_m3_d: Numbers = ()
    heat_demand_kwh_d: Numbers = ()
    heat_kwh_d: Numbers = ()
    heat_gas_m3_d: Numbers = ()
    electricity_kwh_d: Numbers = ()
    own_electricity_kwh_d: Numbers = ()
    net_kwh_d: Numbers = ()
    pasteurised_kg_d: Numbers = ()
    carbon_kg_d: Numbers = ()
    solids_kg_d: Numbers = ()
    solids_nitrogen_kg_d: Numbers = ()
    composted_kg_d: Numbers = ()
    cuttings_kg_d: Numbers = ()
    compost_kg_d: Numbers = ()
    compost_loss_kg_d: Numbers = ()
    digesters: tuple[TankOutcome, ...] = ()
    notes: tuple[str, ...] = ()


def follow(case: FollowCase, executor: Executor | None = None) -> FollowOutcome:
    """Return what a plant's feed brings, with 80 % bands over what is not known.

    Raises:
        CaseError: no days, unequal lengths, a negative or missing number, no members, plants that are not in
            order, or an unheated digester where nobody knows the weather.
        FeedstockError: a feedstock has no file.
    """
    codes, feed = _feed(case)
    warm = _warm(case, codes, feed)
    members = draw_members(codes, case.members, case.seed, case.methane)
    plants = _plants(case, len(feed))
    weather, notes = _weather(case, plants, len(feed))
    cases = [PlantCase(plants, codes, feed, warm, member, weather) for member in members]
    runs = (executor or SerialExecutor()).map(run_plant, cases)
    series = follow_series(plants, codes, feed, runs)
    return FollowOutcome(
        **series,
        status=status(runs),
        engine=ENGINE,
        seed=case.seed,
        notes=notes,
        warnings=_told(runs[0], trace_warnings),
        held_back=_told(runs[0], lambda run: sentences(run, -1)),
    )


def compile_kernels(plant: Plant) -> None:
    """Run a plant for two days, so that the solver is compiled and cached before anybody waits for it.

    Takes about 20 s of one core the first time on a machine, a second afterwards.
    """
    follow(FollowCase(plant, {"food_waste": (1.0, 1.0)}, members=1))


def cooking_hours(gas_m3: float, methane_share: float = BURNER_METHANE) -> float:
    """Return for how many hours [h] a gas volume [m3] keeps one household burner going.

    A burner takes 0.20 to 0.45 m3/h of gas with 60 % methane (GTZ); this is with the middle of that range.
    """
    return gas_m3 * methane_share / BURNER_METHANE / (sum(BURNER_M3_H) / 2)


def _feed(case: FollowCase) -> tuple[tuple[str, ...], Floats]:
    lengths = {len(days) for days in case.feed_kg_d.values()}
    if len(lengths) != 1 or 0 in lengths:
        raise CaseError("Every feedstock needs one number a day, the same days for all.")
    if case.members < 1:
        raise CaseError("At least one member must run.")
    codes = tuple(sorted(case.feed_kg_d))
    feed = np.array([case.feed_kg_d[code] for code in codes], dtype=float).T
    if not np.isfinite(feed).all() or feed.min() < 0:
        raise CaseError("A day's feed must be a number of kg, zero or more.")
    for code in codes:
        feedstock(code)
    return codes, feed


def _warm(case: FollowCase, codes: tuple[str, ...], feed: Floats) -> Floats:
    if case.warm_start is None:
        mean: Floats = feed[:_WARM_DAYS].mean(axis=0)
        return mean
    stranger = sorted(set(case.warm_start) - set(codes))
    if stranger:
        raise CaseError(f"The warm start names {stranger[0]!r}, which the days do not feed.")
    return np.array([case.warm_start.get(code, 0.0) for code in codes])


def _plants(case: FollowCase, days: int) -> tuple[tuple[int, Plant], ...]:
    firsts = [0, *(first for first, _ in case.changes), days]
    if any(later < earlier for earlier, later in pairwise(firsts)):
        raise CaseError("Plants come into force in order, on days the case has.")
    # Of plants of one day, the last one is the one that ran.
    last = {first: plant for first, plant in ((0, case.plant), *case.changes) if first < days}
    return tuple(last.items())


def _weather(case: FollowCase, plants: Plants, days: int) -> tuple[Days | None, tuple[str, ...]]:
    air = case.air_c
    if air is not None and not (
        len(air) == days and np.isfinite(air).all() and -80 <= min(air) <= max(air) <= 80
    ):
        raise CaseError("How warm it is outside needs one number a day, in degC.")
    known, notes = weather_of([plant for _, plant in plants], days, case.first_day, air)
    cold = [tank.name for _, plant in plants for tank in plant.digesters if tank.temperature_c is None]
    if known is None and cold:
        raise CaseError(f"Nobody heats the digester {cold[0]!r}; say how warm it is outside.")
    return known, notes


def _told(run: PlantRun, sentences_of: Callable[[DigesterRun], tuple[str, ...]]) -> tuple[str, ...]:
    """Return sentences about each digester of the last day; with several, each begins with its name."""
    last = run.eras[-1]
    pairs = list(zip(last.plant.digesters, last.stretch.tanks, strict=True))
    return tuple(
        sentence if len(pairs) == 1 else f"{tank.name}: {sentence}"
        for tank, of_tank in pairs
        for sentence in sentences_of(of_tank)
    )


def status(runs: Sequence[PlantRun]) -> str:
    """Return in one sentence how the runs went: ok, sours, washes out or not computed to the end."""
    stopped = sum(not run.complete for run in runs)
    if stopped:
        return f"not complete: {stopped} of {len(runs)} runs stopped before the last day"
    fates = [(word, _first_days(happens, runs)) for word, happens in _FATES]
    for word, days in fates:
        if 2 * len(days) >= len(runs):
            return f"{word} from day {int(np.median(days))} in {len(days)} of {len(runs)} runs"
    for word, days in fates:
        if days:
            return (
                f"at risk: {word.split(': ')[1]} in {len(days)} of {len(runs)} runs, first on day {min(days)}"
            )
    return "ok"


def _first_days(happens: Callable[[DigesterRun], Flags], runs: Sequence[PlantRun]) -> list[int]:
    """Return the first day (from 1) it happens, for the runs in which it does."""
    flags = [run.ever(happens) for run in runs]
    return [int(np.argmax(flag)) + 1 for flag in flags if flag.any()]


_FATES = (("washed out: methanogens are lost", washed_out), ("sour: pH falls below 6.5", sour))
