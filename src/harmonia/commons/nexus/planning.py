"""Rows into a planning case of the science, and its plan back into plain numbers; the science loads on first use.

Only tasks and commands call `propose` and `foresee`: neither solver nor model ever loads in a web thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from importlib.util import find_spec
from math import inf
from typing import TYPE_CHECKING, Any

from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder
from harmonia.commons.nexus import twin
from harmonia.commons.nexus.feeding import feed_series, rots
from harmonia.commons.nexus.models import PlantVersion, RampRecord
from harmonia.commons.nexus.places import local_day
from harmonia.commons.nexus.twin import DIGITS

if TYPE_CHECKING:
    from harmonia.science.metabolism import FollowOutcome, PlanCase

Feed = dict[str, tuple[float, ...]]
BANDS = (
    "gas_m3_d", "gas_low", "gas_high", "ph", "ph_low", "ph_high", "acid_ratio", "acid_ratio_low",
    "acid_ratio_high", "loading_kg_vs_m3_d", "methane_share",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A plan in plain numbers, as `FeedPlan` keeps it."""

    feed: dict[str, list[float]]
    series: dict[str, list[float]]
    facts: dict[str, Any]
    advice: list[dict[str, Any]]


def is_installed() -> bool:
    """Return whether this site can plan: the solver is an optional extra."""
    return find_spec("casadi") is not None


@dataclass(frozen=True)
class Rows:
    """What a plan is worked out from: every plant so far with the day (0 is `first`) from which on it was in force,
    what was fed from then until the day before `start` [kg/d], stock and promises [kg]."""

    plants: tuple[tuple[int, PlantVersion], ...]
    first: date
    start: date
    days: int
    past: Feed
    stock: dict[str, float]
    coming: Feed
    ramp_kg_vs_m3_d: float | None = None  # the load an open ramp is at: a plan stays below it


def rows(version: PlantVersion, start: date, days: int) -> Rows:
    """Read what was fed before a day, what waits at the points, and what promises let expect."""
    first = min(twin.commissioned(), start)
    series = feed_series(first, start - timedelta(days=1), days)
    past_days = (start - first).days
    return Rows(
        plants=_plants(version, first, past_days),
        first=first,
        start=start,
        days=days,
        past={code: kg[:past_days] for code, kg in series.items()},
        stock=_stock(),
        coming={code: kg[past_days:] for code, kg in series.items()},
        ramp_kg_vs_m3_d=load_of_ramp(),
    )


def load_of_ramp() -> float | None:
    """Return the load of the open ramp [kg VS/m3/d]; None where none is open."""
    open_ramp = RampRecord.objects.filter(activation__state__in=["ramping", "holding"])
    return open_ramp.order_by("number").values_list("loading_kg_vs_m3_d", flat=True).last()


def _plants(newest: PlantVersion, first: date, past_days: int) -> tuple[tuple[int, PlantVersion], ...]:
    versions = PlantVersion.objects.filter(number__lte=newest.number).order_by("number")
    days = {max(0, (local_day(version.since) - first).days): version for version in versions}
    return tuple((min(day, past_days), version) for day, version in days.items())


def _stock() -> dict[str, float]:
    stock: dict[str, float] = {}
    for point in books.holders(Holder.Kind.POINT):
        for substance, grams in books.stock(point).items():
            if rots(substance):
                stock[substance.feedstock] = stock.get(substance.feedstock, 0.0) + grams / 1000
    return stock


def propose(found: Rows) -> Made:
    """Return the plan that the science finds, its bands, and what to bring.

    Raises PlanError, whose sentence says what went wrong.
    """
    from harmonia.science.metabolism import plan_feed, what_to_bring

    case = _case(found)
    plan = plan_feed(case)
    candidates = sorted({s.feedstock for s in books.materials() if rots(s)})
    feed = {code: list(days) for code, days in plan.feed_kg_d.items() if any(days)}
    facts = {
        "status": plan.status,
        "tight": list(plan.tight),
        "needs": [[need.code, round(need.value, 4), round(need.limit, 4)] for need in plan.needs],
        "over": {code: list(days) for code, days in plan.over.items()},
        "away_kg": {code: round(kg, 1) for code, kg in plan.away_kg.items()},
        "engine": plan.engine,
    }
    advice = [_plain(advice) for advice in what_to_bring(case, plan, candidates)]
    return Made(feed, foresee(found, feed), facts, advice)


def _case(found: Rows) -> "PlanCase":
    from harmonia.science.metabolism import FeedLimits, PlanCase, Supply, feedstock, plant_from_toml

    nothing = (0.0,) * found.days
    codes = sorted({code for code, kg in found.coming.items() if any(kg)} | set(found.stock)) or [
        "food_waste"
    ]
    supplies = tuple(
        Supply(code, found.stock.get(code, 0.0), tuple(found.coming.get(code, nothing))) for code in codes
    )
    plants = tuple((day, plant_from_toml(version.toml)) for day, version in found.plants)
    past = {code: kg for code, kg in found.past.items() if any(kg)}
    narrowed = {
        code: value / feedstock(code).methane_potential.value
        for code, (value, _low, _high) in twin.methane_of_jars().items()
    }
    return PlanCase(
        plants[-1][1],
        supplies,
        days=found.days,
        past_kg_d=past or {"food_waste": (0.0,) * (found.start - found.first).days},
        warm_start={},
        former=plants,
        methane=narrowed,
        limits=FeedLimits(
            loading_kg_vs_m3_d=min(FeedLimits.loading_kg_vs_m3_d, found.ramp_kg_vs_m3_d or inf)
        ),
    )


def _plain(advice: Any) -> dict[str, Any]:
    from harmonia.science.metabolism import cooking_hours

    told = {field.name: getattr(advice, field.name) for field in fields(advice)}
    hours = cooking_hours(told.pop("methane_m3"), methane_share=1.0)
    return {k: round(v, 3) if isinstance(v, float) else v for k, v in told.items()} | {
        "hours": round(hours, 2)
    }


def foresee(found: Rows, feed: Mapping[str, list[float]]) -> dict[str, list[float]]:
    """Return what the ensemble of models makes of a feed [kg/d by feedstock], day by day."""
    from harmonia.science.executor import SerialExecutor
    from harmonia.science.metabolism import FollowCase, follow, plant_from_toml

    past_days = (found.start - found.first).days
    codes = sorted({code for code, kg in found.past.items() if any(kg)} | set(feed)) or ["food_waste"]
    none, no_past = [0.0] * found.days, (0.0,) * past_days
    whole = {code: (*found.past.get(code, no_past), *feed.get(code, none)) for code in codes}
    plants = [(day, plant_from_toml(version.toml)) for day, version in found.plants]
    case = FollowCase(
        plants[0][1],
        whole,
        twin.MEMBERS,
        twin.SEED,
        warm_start={},
        methane=twin.methane_of_jars(),
        changes=tuple(plants[1:]),
        first_day=found.first,
    )
    (outcome,) = SerialExecutor().map(follow, [case])
    return _bands(outcome, past_days)


def _bands(outcome: "FollowOutcome", past_days: int) -> dict[str, list[float]]:
    return {name: [round(float(v), DIGITS) for v in getattr(outcome, name)[past_days:]] for name in BANDS}
