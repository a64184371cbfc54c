"""Plan what to feed in the next days from what is promised and in stock: as much gas as the limits allow."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from harmonia.science.metabolism.following import ENGINE
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.planning import numbers, words
from harmonia.science.metabolism.planning.limits import CODES, OF_STATE, FeedLimits, PlanError
from harmonia.science.metabolism.planning.outcome import course, overstepped
from harmonia.science.metabolism.planning.present import Present, present
from harmonia.science.metabolism.planning.shape import Shape
from harmonia.science.metabolism.planning.supply import MOST_DAYS, Supply
from harmonia.science.metabolism.planning.trial import Room, Trial, even_feed, follow_points
from harmonia.science.metabolism.planning.words import Need
from harmonia.science.metabolism.plant import Plant

if TYPE_CHECKING:
    from harmonia.science.metabolism.planning.solve import Solution

__all__ = ["FeedLimits", "FeedPlan", "Need", "PlanCase", "PlanError", "PlannerMissing", "Supply", "plan_feed"]

_TOLERANCE = 1e-3  # of a limit, and of a day's kilograms
_PRESSURE = 0.01  # of a day's methane: what a limit must cost to be told


class PlannerMissing(RuntimeError):
    """The optional package that plans is not installed; the message says which."""


@dataclass(frozen=True)
class PlanCase:
    """A plant, what there is to feed, and what it was fed before.

    `past_kg_d`: feedstock -> fresh kg of each past day, the newest last; `warm_start` as in `FollowCase`; `former`:
    (first day, plant) that were in force before, in order, and last the day from which on `plant` itself is;
    `methane`: factors on the feedstocks' methane potentials, where jar trials have narrowed them;
    `closed_days`: places of days (from 0) on which nobody feeds; `temperature_c` of each day, else the plant's own;
    `gas_stored_m3` now, at 0 degC.
    """

    plant: Plant
    supplies: tuple[Supply, ...]
    days: int = 14
    limits: FeedLimits = field(default_factory=FeedLimits)
    past_kg_d: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    warm_start: Mapping[str, float] | None = None
    former: tuple[tuple[int, Plant], ...] = ()
    methane: Mapping[str, float] = field(default_factory=dict)
    closed_days: frozenset[int] = frozenset()
    temperature_c: tuple[float, ...] | None = None
    gas_stored_m3: float = 0.0


@dataclass(frozen=True)
class FeedPlan:
    """What to feed, and what the digester model makes of exactly these kilograms, one value a day.

    `feed_kg_d` and `waiting_kg` by feedstock; `away_kg` by feedstock over all days: what would have to wait longer
    or go to compost. `ph`, `acid_ratio`, and `acids`, `free_ammonia`, `ammonium` [kg/m3] at the end of each day;
    gas dry at 0 degC and 101.325 kPa. `tight`: codes of the limits that hold the plan back; `needs`: what taking
    everything would need of which limits; `over`: limit -> days (from 1) on which it is overstepped, because the
    plant is beyond it already. `status` is "ok" or what is not, `sentence` says it for people.
    """

    feed_kg_d: Mapping[str, tuple[float, ...]]
    waiting_kg: Mapping[str, tuple[float, ...]]
    away_kg: Mapping[str, float]
    loading_kg_vs_m3_d: tuple[float, ...]
    gas_m3_d: tuple[float, ...]
    methane_m3_d: tuple[float, ...]
    ph: tuple[float, ...]
    acid_ratio: tuple[float, ...]
    acids: tuple[float, ...]
    free_ammonia: tuple[float, ...]
    ammonium: tuple[float, ...]
    tight: tuple[str, ...]
    needs: tuple[Need, ...]
    over: Mapping[str, tuple[int, ...]]
    status: str
    sentence: str
    iterations: int
    engine: str


def plan_feed(case: PlanCase) -> FeedPlan:
    """Return the feed of the next days that gives most useful gas and takes most in, within the limits.

    Maximises methane made and still to come, plus 0.05 m3 for each kg accepted, less 0.002 m3 for each kg and day
    of waiting and a small price for an uneven pace; the model is the kernel's, by collocation (see `planning.day`).
    The same case always gives the same plan.

    Raises:
        PlanError: the case makes no sense, or no plan was found; one sentence says what.
        FeedstockError: a feedstock has no file.
        PlannerMissing: CasADi is not installed.
    """
    _check(case)
    _need_casadi()
    return _Planner(case, present(case)).plan()


def _check(case: PlanCase) -> None:
    if not case.plant.digesters:
        raise PlanError("This plant has no digester, so there is no feed to plan.")
    if not 1 <= case.days <= MOST_DAYS:
        raise PlanError("A plan covers 1 to %(most)s days, not %(days)s.", most=MOST_DAYS, days=case.days)
    if not case.supplies:
        raise PlanError("There is nothing to plan: no stock and no promises.")
    codes = [supply.feedstock for supply in case.supplies]
    if len(set(codes)) < len(codes):
        raise PlanError("A feedstock is named twice among the supplies; add its kilograms up.")
    for supply in case.supplies:
        supply.check(case.days)
    if case.temperature_c is not None and len(case.temperature_c) != case.days:
        raise PlanError("The temperature needs one number a day.")
    if not (math.isfinite(case.gas_stored_m3) and case.gas_stored_m3 >= 0):
        raise PlanError("The gas in store must be zero or more m3.")


def _need_casadi() -> None:
    if find_spec("casadi") is None:
        raise PlannerMissing("Planning needs CasADi: install Harmonia with its extra `plan`.")


def _amounts(case: PlanCase, codes: tuple[str, ...]) -> numbers.Amounts:
    supplies = {supply.feedstock: supply for supply in case.supplies}
    none = Supply("", 0.0, (0.0,) * case.days)
    ordered = [supplies.get(code, none) for code in codes]
    total = sum(supply.total_kg for supply in ordered)
    is_open = np.array([0.0 if day in case.closed_days else 1.0 for day in range(case.days)])
    temperature = case.temperature_c or (case.plant.temperature_c,) * case.days
    return numbers.Amounts(
        stock=np.array([supply.stock_kg for supply in ordered]),
        arrivals=np.array([supply.arrivals_kg for supply in ordered]).T,
        most_waiting=np.array([supply.most_waiting_kg() for supply in ordered]).T,
        is_open=is_open,
        step_kg=10.0 ** math.floor(math.log10(max(total / case.days / 50, 1e-3))),
        stored_m3=case.gas_stored_m3,
        temperature_c=np.array(temperature),
    )


class _Planner:
    """One case on its way: filled numbers, the first programme, and the second that relaxes limits."""

    def __init__(self, case: PlanCase, past: Present) -> None:
        self.case, self.past = case, past
        self.amounts = _amounts(case, past.codes)
        self.shape = Shape(case.days, len(past.codes))
        self.room = numbers.room(past, case.limits, self.amounts.step_kg)
        self.trial = self._trial(1.0)
        self.size = numbers.units(self.amounts, past.codes, self.trial)
        self.given = numbers.parameters(past, self.amounts, case.limits, self.size)
        self.free = numbers.bounds(self.shape, self.amounts, self.size)

    def _trial(self, share: float, room: Room | None = None) -> Trial:
        amounts = self.amounts
        feed = even_feed(amounts.stock, amounts.arrivals, amounts.is_open, self.past, room or self.room)
        return follow_points(self.past, share * feed, amounts.temperature_c)

    def plan(self) -> FeedPlan:
        """Return the plan; where not everything fits, the limits are relaxed in thought to see which ones bind."""
        best = self._most()
        feed = self._rounded(best.blocks["feed"].T * self.size.kg)
        away = best.blocks["away"].sum(axis=1) * self.size.kg
        away[away < max(_TOLERANCE * away.size * self.size.kg, 0.05)] = 0.0
        needs = self._needs(best) if away.any() else ()
        return self._told(best, feed, away, needs)

    def _most(self) -> "Solution":
        """Return the solution that takes in what the limits allow, tried from three starts."""
        from harmonia.science.metabolism.planning.solve import solve

        for share in (1.0, 0.5, 0.0):
            trial = self.trial if share == 1.0 else self._trial(share)
            if not trial.complete:
                continue
            start = numbers.start(self.shape, self.amounts, self.size, trial)
            found = solve(self.shape, self.given, self.free, start)
            if found.solved:
                return found
        raise PlanError("No plan was found: the solver did not come to an end, so nothing is proposed.")

    def _needs(self, best: "Solution") -> tuple[Need, ...]:
        """Return how far limits must give for everything to be taken: the least sum of relative relaxations."""
        from harmonia.science.metabolism.planning.solve import solve

        zero, free = np.zeros(len(CODES)), np.full(len(CODES), np.inf)
        bounds = self.free | {
            "relax": (zero, free),
            "over": (best.blocks["over"], best.blocks["over"] + 1e-6),
        }
        given = self.given | numbers.least_relaxation(self.given)
        everything = self._trial(1.0, Room(self.room.solids, math.inf, math.inf, math.inf))
        begin = numbers.start(
            self.shape, self.amounts, self.size, everything if everything.complete else self.trial
        )
        found = solve(self.shape, given, bounds, begin | {"over": best.blocks["over"]})
        left = found.blocks["away"].sum() > _TOLERANCE * self.case.days
        if not found.solved or left:
            return ()
        limits = numbers.limit_values(self.case.plant, self.case.limits)
        # What the plant is beyond already comes on top of what taking everything would need.
        beyond = dict(zip(OF_STATE, best.blocks["over"].max(axis=1), strict=True))
        return tuple(
            Need(code, float(limit * (1 + r + beyond.get(code, 0.0))), limit)
            for code, r in zip(CODES, found.blocks["relax"], strict=True)
            if r > _TOLERANCE and (limit := limits[code]) is not None
        )

    def _rounded(self, feed: Floats) -> Floats:
        """Return the feed in whole steps; sums are rounded down, so nothing is fed that is not there."""
        step = self.amounts.step_kg
        steps = np.floor(np.cumsum(np.maximum(feed, 0.0), axis=0) / step + 1e-3)
        whole: Floats = np.diff(steps, axis=0, prepend=0.0) * step
        return whole

    def _told(self, best: "Solution", feed: Floats, away: Floats, needs: tuple[Need, ...]) -> FeedPlan:
        case, codes = self.case, self.past.codes
        found = course(self.past, feed, self.amounts.temperature_c)
        over = overstepped(found, case.limits, case.plant.gas_store_m3)
        away_kg = {code: float(kg) for code, kg in zip(codes, away, strict=True) if kg > 0}
        tight = self._tight(best)
        loads = feed @ self.room.solids / case.plant.liquid_m3
        waiting = self.amounts.stock + np.cumsum(self.amounts.arrivals - feed, axis=0)
        told = words.plan_in_words(case.days, feed.sum(), loads.mean(), needs, away_kg, tight, over)
        return FeedPlan(
            feed_kg_d={code: tuple(column) for code, column in zip(codes, feed.T.tolist(), strict=True)},
            waiting_kg={code: tuple(column) for code, column in zip(codes, waiting.T.tolist(), strict=True)},
            away_kg=away_kg,
            loading_kg_vs_m3_d=tuple(loads.tolist()),
            **{field.name: tuple(getattr(found, field.name).tolist()) for field in fields(found)},
            tight=tight,
            needs=needs,
            over=over,
            status="beyond a limit" if over else "not everything fits" if away_kg else "ok",
            sentence=told,
            iterations=best.iterations,
            engine=ENGINE,
        )

    def _tight(self, best: "Solution") -> tuple[str, ...]:
        """Return the limits that hold the plan back, the hardest first."""
        pressed = sorted(best.pressure.items(), key=lambda pair: -pair[1])
        return tuple(code for code, force in pressed if force > _PRESSURE)
