"""What to bring this week, worked out from a plan: what would help it, what has room, what better waits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from harmonia.science.metabolism.feed_plan import FeedPlan, PlanCase
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.planning import words
from harmonia.science.metabolism.planning.limits import WEEK_DAYS
from harmonia.science.metabolism.planning.mix import carbon_to_nitrogen
from harmonia.science.metabolism.planning.numbers import limit_values, solids_of
from harmonia.science.metabolism.planning.outcome import SLACK, Course, course, overstepped
from harmonia.science.metabolism.planning.present import present
from harmonia.science.metabolism.planning.supply import Supply

# At 35 degC ammonia inhibited at a carbon to nitrogen ratio of 15, and the most methane came at 25: Wang et al.
# (2014), doi:10.1371/journal.pone.0097265. Aiming half way is ours.
LEAST_CARBON, CARBON_AIM = 15.0, 20.0
MOST_FAT = 0.3  # of a feedstock's volatile solids, ours: fat lifts the ratio, but as acids, not as structure
_NEAR = 0.8  # of a limit: from here on it is a worry, and to here help has to bring it
_LEAST_KG = 1.0
_WORTH_IT = 0.25  # of the way to the aim
_STEPS = 12
HELPS, WELCOME, WAITS = "helps", "welcome", "waits"
Reading = Callable[[Floats], float]
BALANCE = "carbon_to_nitrogen"
_WORRIES = ("free_ammonia", "ammonium", "acid_ratio", "acids")


@dataclass(frozen=True)
class Advice:
    """What one feedstock would do this week.

    `kind`: "helps", "welcome" or "waits"; `kg`: as much as helps, or has room, or 0; `because`: the code of the limit
    or "carbon_to_nitrogen" that it eases, or that leaves no more room ("" if none); `before`, `after`: that number
    without and with it; `methane_m3`: what the kilograms can give.
    """

    feedstock: str
    kind: str
    kg: float
    because: str
    before: float
    after: float
    methane_m3: float

    @property
    def sentence(self) -> str:
        """Say it in kitchen words."""
        return words.advice(self)


def what_to_bring(case: PlanCase, plan: FeedPlan, candidates: Sequence[str]) -> tuple[Advice, ...]:
    """Return advice for each candidate feedstock: what helps first, then what is welcome, then what waits.

    Each is tried on top of the plan in the kernel, spread over its first seven days as far as these leave room: as
    much as keeps every limit, and no more than eases what is near its limit. While the plan has to turn feed away,
    only what helps is asked for.

    Raises:
        PlanError: the case makes no sense. FeedstockError: a candidate has no file.
    """
    table = _Table(case, plan, candidates)
    found = [table.advice(code) for code in candidates]
    order = {HELPS: 0, WELCOME: 1, WAITS: 2}
    return tuple(sorted(found, key=lambda a: (order[a.kind], -abs(a.after - a.before), -a.methane_m3)))


class _Table:
    """A plan on which more of one feedstock can be tried."""

    def __init__(self, case: PlanCase, plan: FeedPlan, candidates: Sequence[str]) -> None:
        known = {supply.feedstock for supply in case.supplies}
        nothing = (0.0,) * case.days
        more = tuple(Supply(code, 0.0, nothing) for code in sorted(set(candidates) - known))
        for supply in more:
            supply.check(case.days)
        self.case = replace(case, supplies=case.supplies + more)
        self.past = present(self.case)
        self.base = np.array([plan.feed_kg_d.get(code, nothing) for code in self.past.codes]).T
        self.temperature = np.array(case.temperature_c or (case.plant.temperature_c,) * case.days)
        self.limits = limit_values(case.plant, case.limits)
        self.solids = solids_of(self.past.codes)
        self.found = self._course(self.base)
        self.broken = self._broken(self.base)
        self.tight, self.turns_away = plan.tight, bool(plan.away_kg)
        self.room = self._room_by_day()

    def with_more(self, code: str, kg: float) -> Floats:
        """Return the plan's feed with so many kg of a feedstock in its first week, most where there is most room."""
        feed = self.base.copy()
        feed[: len(self.room), self.past.codes.index(code)] += (
            kg * self.room / max(float(self.room.sum()), 1e-12)
        )
        return feed

    def advice(self, code: str) -> Advice:
        """Return what one feedstock would do."""
        most = self._most(code)
        for worry, reading, aim in self._worries() if most >= _LEAST_KG else []:
            before, at_most = reading(self.base), reading(self.with_more(code, most))
            if (worry == BALANCE and feedstock(code).lipid.value > MOST_FAT) or (
                before - at_most < _WORTH_IT * (before - aim)
            ):
                continue
            kg = self._smallest(code, reading, max(aim, at_most), most)
            return self._advice(code, HELPS, kg, worry, (before, reading(self.with_more(code, kg))))
        if most < _LEAST_KG or self.turns_away:
            return self._advice(code, WAITS, 0.0, self._what_stops(code), (0.0, 0.0))
        return self._advice(code, WELCOME, most, "", (0.0, 0.0))

    def _smallest(self, code: str, reading: Reading, aim: float, most: float) -> float:
        """Return the smallest amount up to `most` that brings a reading down to its aim, which `most` does."""
        low, high = 0.0, most
        for _ in range(_STEPS):
            middle = (low + high) / 2
            low, high = (low, middle) if reading(self.with_more(code, middle)) <= aim else (middle, high)
        return high

    def _advice(self, code: str, kind: str, kg: float, because: str, change: tuple[float, float]) -> Advice:
        feed = feedstock(code)
        methane = kg * feed.volatile_solids_kg_kg * feed.methane_potential.value
        sign = -1.0 if because == BALANCE else 1.0  # a ratio that should rise is read as one that should fall
        return Advice(code, kind, kg, because, sign * change[0], sign * change[1], methane)

    def _worries(self) -> list[tuple[str, Reading, float]]:
        """Return what is near its limit: its code, how it is read from a feed, and the reading to come down to."""
        found: list[tuple[str, Reading, float]] = []
        for code in _WORRIES:
            limit = self.limits[code]
            if limit is not None and float(getattr(self.found, code).max()) > _NEAR * limit:
                found.append((code, self._reader(code), _NEAR * limit))
        if self.base.any() and -self._balance(self.base) < LEAST_CARBON:
            found.append((BALANCE, self._balance, -CARBON_AIM))
        return found

    def _reader(self, code: str) -> Reading:
        return lambda feed: float(getattr(self._course(feed), code).max())

    def _balance(self, feed: Floats) -> float:
        return -carbon_to_nitrogen(dict(zip(self.past.codes, feed.sum(axis=0).tolist(), strict=True)))

    def _most(self, code: str) -> float:
        """Return how many kg of a feedstock fit on top of the plan in its first week without passing a limit."""
        most = float(self.room.sum()) / feedstock(code).volatile_solids_kg_kg
        if most < _LEAST_KG or self._passes(code, _LEAST_KG):
            return 0.0
        low, high = 0.0, most
        for _ in range(_STEPS):
            middle = (low + high) / 2
            low, high = (low, middle) if self._passes(code, middle) else (middle, high)
        return low

    def _passes(self, code: str, kg: float) -> list[str]:
        """Return the limits that more of a feedstock passes and the plan alone does not."""
        return [limit for limit in self._broken(self.with_more(code, kg)) if limit not in self.broken]

    def _what_stops(self, code: str) -> str:
        return (self._passes(code, _LEAST_KG) or [*self.tight, *self.broken, "loading"])[0]

    def _room_by_day(self) -> Floats:
        """Return the volatile solids each day of the first week could take besides the plan's [kg VS/d]."""
        liquid = self.case.plant.liquid_m3
        limits = self.case.limits
        loads = [*(self.past.week_kg @ self.solids / liquid)]
        room = []
        for load in self.base[:WEEK_DAYS] @ self.solids / liquid:
            most = min(limits.loading_kg_vs_m3_d, float(np.mean(loads[-WEEK_DAYS:])) + limits.rise_kg_vs_m3_d)
            loads.append(max(most, load))
            room.append((loads[-1] - load) * liquid)
        return np.array(room)

    def _broken(self, feed: Floats) -> list[str]:
        """Return the limits that a feed does not keep."""
        plant, most = self.case.plant, self.limits
        loads = np.concatenate([self.past.week_kg @ self.solids, feed @ self.solids]) / plant.liquid_m3
        kilograms = np.concatenate([self.past.week_kg.sum(axis=1), feed.sum(axis=1)])
        days = len(feed)
        before = np.array([loads[day : day + WEEK_DAYS].mean() for day in range(days)])
        weeks = np.array([kilograms[day + 1 : day + 1 + WEEK_DAYS].mean() for day in range(days)])
        pressed = {"loading": loads[WEEK_DAYS:], "rise": loads[WEEK_DAYS:] - before, "throughput": weeks}
        broken = [
            code
            for code, values in pressed.items()
            if float(values.max()) > (1 + SLACK) * float(most[code] or 0)
        ]
        if self._a_share_is_passed(feed):
            broken.append("share")
        store = plant.gas_store_m3
        return broken + list(overstepped(self._course(feed), self.case.limits, store))

    def _a_share_is_passed(self, feed: Floats) -> bool:
        solids = feed * self.solids
        total = np.maximum(solids.sum(axis=1), 1e-12)
        shares = self.case.limits.vs_share
        return any(
            float((solids[:, place] / total).max()) > (1 + SLACK) * shares[code]
            for place, code in enumerate(self.past.codes)
            if code in shares
        )

    def _course(self, feed: Floats) -> Course:
        return course(self.past, feed, self.temperature)
