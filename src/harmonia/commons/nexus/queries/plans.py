"""Read feed plans: the one on the table, the one in force, what it feeds today, and what to bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus.models import FeedPlan
from harmonia.commons.nexus.places import local_day
from harmonia.commons.nexus.plan_words import advice_sentence, plan_sentences, plan_title
from harmonia.commons.nexus.queries.days import Interval, version

FRESH = timedelta(days=7)
SHOWN_ADVICE = 5


@dataclass(frozen=True)
class PlanDay:
    """One day of a plan: kilograms in the order of the page's materials, and what the ensemble makes of them."""

    day: date
    kilograms: tuple[float, ...]
    gas: Interval | None
    acid_ratio: Interval | None
    ph: Interval | None
    loading: float | None

    @property
    def total_kg(self) -> float:
        """All that goes in [kg]."""
        return sum(self.kilograms)


@dataclass(frozen=True)
class PlanPage:
    """A plan as its page shows it; `stale` when it was made for a plant that is no longer in force."""

    plan: FeedPlan
    title: str
    sentences: tuple[str, ...]
    materials: tuple[Substance, ...]
    days: tuple[PlanDay, ...]
    stale: bool

    @property
    def total_kg(self) -> float:
        """All that the plan feeds [kg]."""
        return sum(day.total_kg for day in self.days)


@dataclass(frozen=True)
class AdviceRow:
    """What one material would do this week: `kind` is helps, welcome or waits."""

    substance: Substance
    kind: str
    sentence: str


def plan_in_work() -> FeedPlan | None:
    """Return the plan that the worker has not finished, the newest."""
    return FeedPlan.objects.filter(state="asked").last()


def plan_failed() -> FeedPlan | None:
    """Return the newest plan if it could not be made."""
    newest = FeedPlan.objects.last()
    return newest if newest is not None and newest.state == "failed" else None


def plan_on_table() -> PlanPage | None:
    """Return the plan that waits to be accepted."""
    return _page(FeedPlan.objects.filter(state="proposed").last())


def plan_in_force(now: datetime | None = None) -> PlanPage | None:
    """Return the accepted plan while its days last."""
    today = local_day(now or timezone.now())
    accepted = FeedPlan.objects.filter(state="accepted").last()
    return _page(accepted) if accepted is not None and accepted.end >= today else None


def feed_plan(pk: int) -> FeedPlan | None:
    """Return a plan by its number."""
    return FeedPlan.objects.filter(pk=pk).first()


def plan_page(plan: FeedPlan) -> PlanPage:
    """Return a plan as its page shows it."""
    materials = plan_materials(plan)
    known = {substance.feedstock: substance for substance in ledger.materials()}
    total = sum(sum(days) for days in plan.feed.values())
    newest = version()
    return PlanPage(
        plan=plan,
        title=plan_title(plan.facts, total, plan.days),
        sentences=tuple(plan_sentences(plan.facts, plan.days, known)),
        materials=tuple(materials),
        days=tuple(_day(plan, index, materials) for index in range(plan.days)),
        stale=newest is None or newest.pk != plan.version_id,
    )


def _page(plan: FeedPlan | None) -> PlanPage | None:
    return None if plan is None else plan_page(plan)


def plan_materials(plan: FeedPlan) -> list[Substance]:
    """Return the materials a plan feeds, the most first."""
    known = {substance.feedstock: substance for substance in ledger.materials()}
    codes = sorted(plan.feed, key=lambda code: -sum(plan.feed[code]))
    return [known[code] for code in codes if code in known]


def _day(plan: FeedPlan, index: int, materials: Sequence[Substance]) -> PlanDay:
    loading = _at(plan.series, "loading_kg_vs_m3_d", index)
    return PlanDay(
        day=plan.day_of(index),
        kilograms=tuple(plan.feed[substance.feedstock][index] for substance in materials),
        gas=_interval(plan.series, ("gas_m3_d", "gas_low", "gas_high"), index),
        acid_ratio=_interval(plan.series, ("acid_ratio", "acid_ratio_low", "acid_ratio_high"), index),
        ph=_interval(plan.series, ("ph", "ph_low", "ph_high"), index),
        loading=loading,
    )


def _at(series: Mapping[str, list[float]], name: str, index: int) -> float | None:
    numbers = series.get(name, [])
    return numbers[index] if index < len(numbers) else None


def _interval(series: Mapping[str, list[float]], names: tuple[str, str, str], index: int) -> Interval | None:
    value, low, high = (_at(series, name, index) for name in names)
    return None if value is None or low is None or high is None else Interval(value, low, high)


def plan_today(now: datetime | None = None) -> list[tuple[Substance, float]]:
    """Return what the plan in force feeds today [kg], the most first."""
    today = local_day(now or timezone.now())
    accepted = FeedPlan.objects.filter(state="accepted").last()
    if accepted is None:
        return []
    kilograms = accepted.kilograms(today)
    known = {substance.feedstock: substance for substance in ledger.materials()}
    found = [(known[code], kg) for code, kg in kilograms.items() if code in known]
    return sorted(found, key=lambda pair: -pair[1])


def plan_advice(now: datetime | None = None) -> list[AdviceRow]:
    """Return what to bring by the newest plan, help first; nothing from a plan older than a week."""
    moment = now or timezone.now()
    newest = FeedPlan.objects.filter(state__in=("proposed", "accepted"), made_at__gt=moment - FRESH).last()
    if newest is None:
        return []
    closed = ledger.closures()
    known = {s.feedstock: s for s in ledger.materials() if s.pk not in closed}
    return [
        AdviceRow(known[entry["feedstock"]], entry["kind"], advice_sentence(entry, known[entry["feedstock"]]))
        for entry in newest.advice
        if entry["feedstock"] in known
    ][:SHOWN_ADVICE]
