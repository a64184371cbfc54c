"""A new plant is taken to its load in small steps, each of which the twin has lived through before.

Methanogens grow slowly; a load raised at once sours a digester that could have stood it. Steps of at most 0.5 kg
VS/m3/d, held for weeks, are what start-up guides ask for (Drosg 2013, IEA Bioenergy Task 37, ISBN 978-1-910154-03-8).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from harmonia.science.executor import Executor, SerialExecutor
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.following import FollowCase, FollowOutcome, follow
from harmonia.science.metabolism.ramp_guards import ACID_RATIO_LIMIT, HOLD_DAYS, PH_LIMIT
from harmonia.science.sentences import SentenceError

STEP_KG_VS_M3_D = 0.5
"""The most a step raises the load [kg VS/m3/d]."""

MOST_STEPS = 12
_NEAR = 1e-9


class RampError(SentenceError, ValueError):
    """The ramp cannot be planned; the message is one sentence for the reader."""


@dataclass(frozen=True)
class RampStep:
    """One load, held for two weeks and until the acids are flat; what the twin foresees for the end of these weeks.

    Gas [m3/d] with its 80 % band, the lowest pH and the highest acids over alkalinity of that band.
    """

    loading_kg_vs_m3_d: float
    days: int
    gas_m3_d: float
    gas_low: float
    gas_high: float
    ph_low: float
    acid_ratio_high: float

    @property
    def is_calm(self) -> bool:
        """Whether the guards would leave it alone in nine of ten runs of the twin."""
        return self.ph_low >= PH_LIMIT and self.acid_ratio_high <= ACID_RATIO_LIMIT


@dataclass(frozen=True)
class RampPlan:
    """The steps, the first of them at the present load; `reaches` the load that was asked for, or `status` says why not."""

    steps: tuple[RampStep, ...]
    goal_kg_vs_m3_d: float
    status: str

    @property
    def reaches(self) -> bool:
        """Whether the last step is the load that was asked for."""
        return bool(self.steps) and self.steps[-1].loading_kg_vs_m3_d >= self.goal_kg_vs_m3_d - _NEAR


@dataclass(frozen=True)
class RampCase:
    """The history of a plant as `follow` takes it, ending yesterday, its last change being the plant to ramp up.

    `mix_kg_d`: what a usual day is fed [kg/d by feedstock]: the steps keep its proportions; `liquid_m3` of the new plant.
    """

    history: FollowCase
    mix_kg_d: Mapping[str, float]
    liquid_m3: float
    goal_kg_vs_m3_d: float


def loadings(now: float, goal: float, step: float = STEP_KG_VS_M3_D) -> tuple[float, ...]:
    """Return the loads from the present one to the goal [kg VS/m3/d], in equal rises of at most `step`.

    A goal that is no rise is one step. Raises RampError for loads that are none.
    """
    if not all(map(math.isfinite, (now, goal))) or now < 0 or goal <= 0 or step <= 0:
        raise RampError("A load is a number above zero.")
    if goal <= now:
        return (goal,)
    rises = math.ceil((goal - now) / step - _NEAR)
    if rises > MOST_STEPS:
        raise RampError(
            "From %(now)g to %(goal)g kg VS/m3/d are %(rises)s steps; plan %(most)s at most.",
            now=now,
            goal=goal,
            rises=rises,
            most=MOST_STEPS,
        )
    return tuple(round(now + (goal - now) * n / rises, 6) for n in range(rises + 1))


def plan_ramp(case: RampCase, executor: Executor | None = None) -> RampPlan:
    """Return the steps that the twin lives through calmly; it stops before the first one that it does not.

    Raises RampError without a usual feed, and for a goal that is none.
    """
    solids = sum(kg * feedstock(code).volatile_solids_kg_kg for code, kg in case.mix_kg_d.items())
    if solids <= 0 or case.liquid_m3 <= 0:
        raise RampError("Nothing was fed lately, so nobody knows which mix to raise.")
    loads = loadings(solids / case.liquid_m3, case.goal_kg_vs_m3_d)
    (outcome,) = (executor or SerialExecutor()).map(follow, [_staged(case, loads, solids)])
    first = len(outcome.gas_m3_d) - HOLD_DAYS * len(loads)
    steps = [_step(outcome, load, first + HOLD_DAYS * n) for n, load in enumerate(loads)]
    calm = next((n for n, step in enumerate(steps) if not step.is_calm), len(steps))
    return RampPlan(tuple(steps[:calm]), case.goal_kg_vs_m3_d, _status(steps, calm))


def _staged(case: RampCase, loads: tuple[float, ...], solids_kg_d: float) -> FollowCase:
    past = len(next(iter(case.history.feed_kg_d.values()), ()))
    codes = sorted(set(case.history.feed_kg_d) | set(case.mix_kg_d))
    feed = {}
    for code in codes:
        daily = case.mix_kg_d.get(code, 0.0) * case.liquid_m3 / solids_kg_d
        staged = [daily * load for load in loads for _ in range(HOLD_DAYS)]
        feed[code] = (*case.history.feed_kg_d.get(code, (0.0,) * past), *staged)
    return replace(case.history, feed_kg_d=feed)


def _step(outcome: FollowOutcome, load: float, first: int) -> RampStep:
    last = slice(first + HOLD_DAYS // 2, first + HOLD_DAYS)
    whole = slice(first, first + HOLD_DAYS)

    def mean(values: tuple[float, ...]) -> float:
        return round(sum(values[last]) / len(values[last]), 4)

    return RampStep(
        loading_kg_vs_m3_d=load,
        days=HOLD_DAYS,
        gas_m3_d=mean(outcome.gas_m3_d),
        gas_low=mean(outcome.gas_low),
        gas_high=mean(outcome.gas_high),
        ph_low=round(min(outcome.ph_low[whole]), 3),
        acid_ratio_high=round(max(outcome.acid_ratio_high[whole]), 3),
    )


def _status(steps: list[RampStep], calm: int) -> str:
    if calm == len(steps):
        return "ok: the twin stays calm on every step."
    wrong = steps[calm]
    what = (
        f"acids over alkalinity might reach {wrong.acid_ratio_high:.2f}"
        if wrong.acid_ratio_high > ACID_RATIO_LIMIT
        else f"pH might fall to {wrong.ph_low:.1f}"
    )
    return f"stopped: at {wrong.loading_kg_vs_m3_d:.2f} kg VS/m3/d {what}."
