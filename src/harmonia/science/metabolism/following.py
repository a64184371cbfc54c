"""Follow a plant through the days it was fed, and foresee those it will be: gas, pH, acids, digestate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from harmonia import __version__
from harmonia.science.executor import Executor, SerialExecutor
from harmonia.science.metabolism import readings, rodas
from harmonia.science.metabolism.compiled import DIGEST
from harmonia.science.metabolism.digester import Digester, DigesterRun, Member
from harmonia.science.metabolism.endings import sour, washed_out
from harmonia.science.metabolism.ensemble import draw_members
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.inhibition import sentences, trace_warnings
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import Plant

Flags = NDArray[np.bool_]
ENGINE = f"harmonia {__version__}, ADM1 in the BSM2 form, Rodas5P, kernels {DIGEST}"
ENERGY_OF_METHANE = 9.97  # [kWh/m3 at 0 degC], lower heating value 35.9 MJ/m3
BURNER_M3_H = (0.200, 0.450)  # [m3/h] household biogas stove, GTZ, in solidarites.org Octopus and energypedia
BURNER_METHANE = 0.60  # methane share of the gas those figures are for
QUIET_SHARE = 0.5  # the half of the day nobody cooks, whose gas must fit the store
_WARM_DAYS = 28
_RETENTION_DAYS = 28
LONGEST_RETENTION_D = 1000.0


class CaseError(ValueError):
    """The case cannot be followed; the message is one sentence for the reader."""


@dataclass(frozen=True)
class FollowCase:
    """A plant and what it was (or will be) fed.

    `feed_kg_d`: feedstock code -> fresh kg of each day, all of equal length; `members` runs with other
    plausible parameters, drawn from `seed`; `warm_start`: what it was fed for long before the first day
    [kg/d]; None takes the mean of the first 28 days, an empty mapping starts on fresh digested sludge;
    `methane`: potentials that jar trials have narrowed, value, low, high [m3 CH4/kg VS] by feedstock.
    """

    plant: Plant
    feed_kg_d: Mapping[str, tuple[float, ...]]
    members: int = 24
    seed: int = 1
    warm_start: Mapping[str, float] | None = None
    methane: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class FollowOutcome:
    """What the days brought, one value a day; `_low` and `_high` bound 80 % of the members.

    Gas in m3 of dry gas at 0 degC and 101.325 kPa; `methane_share` [-]; `acid_ratio` as titrated
    (FOS/TAC) [kg acetic acid/kg CaCO3]; `volatile_solids_kg_d` fed; `retention_d` over four weeks,
    at most 1000; `gas_kg_d` with vapour; `content_change_kg_d`: what the digester gained, so that
    feed + water = gas + digestate + change; `nitrogen_kg_d` in the digestate; `gas_kept_m3_d` after the
    store; `energy_kwh_d` burnt in stoves. `status` says how it went; `warnings` what to mind; `held_back` what
    slows the makers of methane on the last day under the central values.
    """

    gas_m3_d: tuple[float, ...]
    gas_low: tuple[float, ...]
    gas_high: tuple[float, ...]
    methane_share: tuple[float, ...]
    ph: tuple[float, ...]
    ph_low: tuple[float, ...]
    ph_high: tuple[float, ...]
    acid_ratio: tuple[float, ...]
    acid_ratio_low: tuple[float, ...]
    acid_ratio_high: tuple[float, ...]
    volatile_solids_kg_d: tuple[float, ...]
    loading_kg_vs_m3_d: tuple[float, ...]
    retention_d: tuple[float, ...]
    gas_kg_d: tuple[float, ...]
    digestate_kg_d: tuple[float, ...]
    content_change_kg_d: tuple[float, ...]
    nitrogen_kg_d: tuple[float, ...]
    gas_kept_m3_d: tuple[float, ...]
    energy_kwh_d: tuple[float, ...]
    status: str
    engine: str
    seed: int
    warnings: tuple[str, ...] = ()
    held_back: tuple[str, ...] = ()


@dataclass(frozen=True)
class MemberCase:
    """One member's run, as an executor carries it elsewhere."""

    plant: Plant
    codes: tuple[str, ...]
    feed: Floats
    warm: Floats
    member: Member


def follow(case: FollowCase, executor: Executor | None = None) -> FollowOutcome:
    """Return what a plant's feed brings, with 80 % bands over what is not known.

    Raises:
        CaseError: no days, unequal lengths, a negative or missing number, or no members.
        FeedstockError: a feedstock has no file.
    """
    codes, feed = _feed(case)
    warm = _warm(case, codes, feed)
    members = draw_members(codes, case.members, case.seed, case.methane)
    cases = [MemberCase(case.plant, codes, feed, warm, member) for member in members]
    runs = (executor or SerialExecutor()).map(run_member, cases)
    return _outcome(case, codes, feed, runs)


def compile_kernels(plant: Plant) -> None:
    """Run a plant for two days, so that the solver is compiled and cached before anybody waits for it.

    Takes about 20 s of one core the first time on a machine, a second afterwards.
    """
    follow(FollowCase(plant, {"food_waste": (1.0, 1.0)}, members=1))


def run_member(case: MemberCase) -> DigesterRun:
    """Run one member from its own state at rest through all days."""
    digester = Digester(case.plant, case.codes, case.member)
    return digester.run(case.feed, digester.settled(case.warm))


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


def _band(values: Floats) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """Return low, median, high of runs (members, days)."""
    low, median, high = np.quantile(values, [0.1, 0.5, 0.9], axis=0)
    return tuple(low.tolist()), tuple(median.tolist()), tuple(high.tolist())


def _outcome(
    case: FollowCase, codes: tuple[str, ...], feed: Floats, runs: list[DigesterRun]
) -> FollowOutcome:
    gas = _band(np.array([readings.gas_m3_d(run) for run in runs]))
    ph = _band(np.array([readings.ph(run) for run in runs]))
    ratio = _band(np.array([readings.acid_ratio(run) for run in runs]))
    share = _band(np.array([readings.methane_share(run) for run in runs]))[1]
    mass = _band(np.array([readings.gas_kg_d(run) for run in runs]))[1]
    nitrogen = np.median([run.nitrogen_kg_m3 for run in runs], axis=0)
    solids = feed @ np.array([feedstock(code).volatile_solids_kg_kg for code in codes])
    entering = feed.sum(axis=1) * (1 + case.plant.dilution_l_per_kg)
    digestate = overflow(entering, np.array(mass))
    kept = np.minimum(gas[1], (1 - QUIET_SHARE) * np.array(gas[1]) + case.plant.gas_store_m3)
    energy = kept * share * case.plant.stove_share * ENERGY_OF_METHANE
    return FollowOutcome(
        gas_m3_d=gas[1], gas_low=gas[0], gas_high=gas[2],
        methane_share=share,
        ph=ph[1], ph_low=ph[0], ph_high=ph[2],
        acid_ratio=ratio[1], acid_ratio_low=ratio[0], acid_ratio_high=ratio[2],
        volatile_solids_kg_d=tuple(solids.tolist()),
        loading_kg_vs_m3_d=tuple((solids / case.plant.liquid_m3).tolist()),
        retention_d=retention(entering, case.plant.liquid_m3),
        gas_kg_d=mass,
        digestate_kg_d=tuple(digestate.tolist()),
        content_change_kg_d=tuple((entering - mass - digestate).tolist()),
        nitrogen_kg_d=tuple((nitrogen * entering / 1000).tolist()),
        gas_kept_m3_d=tuple(kept.tolist()),
        energy_kwh_d=tuple(energy.tolist()),
        status=status(runs),
        engine=ENGINE,
        seed=case.seed,
        warnings=trace_warnings(runs[0]),
        held_back=sentences(runs[0], -1),
    )  # fmt: skip


def overflow(entering: Floats, gas: Floats) -> Floats:
    """Return digestate leaving [kg/d]: what enters less gas, after any earlier loss of level is made up."""
    leaving, missing = np.zeros_like(entering), 0.0
    for day, gain in enumerate(entering - gas):
        missing -= gain
        if missing < 0:
            leaving[day], missing = -missing, 0.0
    return leaving


def retention(entering: Floats, liquid_m3: float) -> tuple[float, ...]:
    """Return the days [d] the liquid stays, from the mean of up to four weeks of feed and water [kg/d]."""
    total = np.cumsum(entering)
    days = np.arange(1, entering.size + 1)
    before = np.concatenate([np.zeros(_RETENTION_DAYS), total])[: entering.size]
    mean = (total - before) / np.minimum(days, _RETENTION_DAYS) / 1000
    longest = np.minimum(LONGEST_RETENTION_D, liquid_m3 / np.maximum(mean, 1e-9))
    return tuple(longest.tolist())


def status(runs: list[DigesterRun]) -> str:
    """Return in one sentence how the runs went: ok, sours, washes out or not computed to the end."""
    stopped = sum(run.ended != rodas.OK for run in runs)
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


def _first_days(happens: Callable[[DigesterRun], Flags], runs: list[DigesterRun]) -> list[int]:
    """Return the first day (from 1) it happens, for the runs in which it does."""
    flags = [happens(run) for run in runs]
    return [int(np.argmax(flag)) + 1 for flag in flags if flag.any()]


_FATES = (("washed out: methanogens are lost", washed_out), ("sour: pH falls below 6.5", sour))
