"""Read how the plant is, was and will be. Nothing here runs the model or loads it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone

from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus.alarms import stale_readings
from harmonia.commons.nexus.books import m3_of_gas, stock_g
from harmonia.commons.nexus.comparison import Change, before_after
from harmonia.commons.nexus.feeding import days_from, fed_by_day, rots
from harmonia.commons.nexus.models import Alarm, Expectation, PlantDay, PlantVersion, Reading, Run, SafetyRule
from harmonia.commons.nexus.places import (
    BIOGAS,
    DIGESTATE,
    DIGESTATE_STORE,
    DIGESTER,
    GAS_STORE,
    SLURRY,
    local_day,
    yesterday,
)
from harmonia.commons.nexus.readings import USUAL_METHANE_SHARE
from harmonia.commons.nexus.safety import SafetyState, check_safety
from harmonia.commons.nexus.words import AlarmText, say, status_in_words

if TYPE_CHECKING:
    from harmonia.science.metabolism import Plant

__all__ = [
    "AlarmText",
    "BringRow",
    "Change",
    "GasWeek",
    "Interval",
    "SafetyState",
    "SeriesDay",
    "Today",
    "before_after",
    "bring_this_week",
    "expectations",
    "feedstocks_fed",
    "gas_week",
    "latest_run",
    "open_alarms",
    "plant",
    "readings",
    "ring_days",
    "safety_rules",
    "safety_state",
    "series",
    "today",
    "version",
    "versions",
    "waiting",
]

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Interval:
    """A number with the range it may lie in: eight of ten members of the ensemble lie in it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Today:
    """The plant at one glance; None where nobody knows yet. Units are in the names."""

    version: PlantVersion | None
    gas_m3: float | None  # the last day that is over, as booked
    gas_measured: bool
    gas_day: date | None
    gas_tomorrow_m3: Interval | None
    ph: Interval | None
    acid_ratio: Interval | None
    methane_share: float | None
    loading_kg_vs_m3_d: float | None
    retention_d: float | None
    fed_week_kg: float
    slurry_kg: float
    digestate_kg: float
    gas_stored_kg: float
    gas_stored_m3: float
    cooking_hours: float | None  # of the last day's gas
    cooking_hours_week: float
    status: str
    alarms: tuple[AlarmText, ...]
    safety: SafetyState
    last_run: datetime | None
    until: date | None
    engine: str
    seed: int | None
    stale: bool  # the model has not seen the last day that is over
    stale_readings: tuple[Reading.Kind, ...]

    @property
    def methane_percent(self) -> float | None:
        """The methane share as people say it [%]."""
        return None if self.methane_share is None else 100 * self.methane_share


def today(now: datetime | None = None) -> Today:
    """Return how the plant is."""
    moment = now or timezone.now()
    run, newest = latest_run(), version()
    day = PlantDay.objects.filter(day__lte=local_day(moment), closed=True).order_by("-day").first()
    facts = _Facts(run, local_day(moment))
    stored_g = stock_g(GAS_STORE, BIOGAS) if newest else 0
    share = facts.number("methane_share")
    return Today(
        version=newest,
        gas_m3=day.gas_m3 if day else None,
        gas_measured=bool(day and day.measured),
        gas_day=day.day if day else None,
        gas_tomorrow_m3=facts.interval("gas_m3_d", "gas_low", "gas_high", ahead=1),
        ph=facts.interval("ph", "ph_low", "ph_high"),
        acid_ratio=facts.interval("acid_ratio", "acid_ratio_low", "acid_ratio_high"),
        methane_share=share,
        loading_kg_vs_m3_d=facts.week_mean("loading_kg_vs_m3_d"),
        retention_d=facts.week_mean("retention_d"),
        fed_week_kg=_fed_kg(local_day(moment) - WEEK + timedelta(days=1)),
        slurry_kg=stock_g(DIGESTER, SLURRY) / 1000 if newest else 0.0,
        digestate_kg=stock_g(DIGESTATE_STORE, DIGESTATE) / 1000 if newest else 0.0,
        gas_stored_kg=stored_g / 1000,
        gas_stored_m3=m3_of_gas(stored_g, share or USUAL_METHANE_SHARE),
        cooking_hours=_cooking_hours(run, day) if day else None,
        cooking_hours_week=gas_week(moment).cooking_hours,
        status=status_in_words(run.status) if run else "",
        alarms=tuple(say(alarm) for alarm in open_alarms()),
        safety=check_safety(moment),
        last_run=run.made_at if run else None,
        until=run.until if run else None,
        engine=run.engine if run else "",
        seed=run.seed if run else None,
        stale=run is None or run.until < yesterday(moment),
        stale_readings=tuple(stale_readings(moment)),
    )


class _Facts:
    """Numbers of a run on and around a day."""

    def __init__(self, run: Run | None, day: date) -> None:
        self._run = run
        self._index = run.index_of(day) if run else 0

    def number(self, name: str, ahead: int = 0) -> float | None:
        """Return a series' number on the day, or `ahead` days later; None outside the run."""
        if self._run is None:
            return None
        numbers, index = self._run.series(name), self._index + ahead
        return numbers[index] if 0 <= index < len(numbers) else None

    def interval(self, name: str, low: str, high: str, ahead: int = 0) -> Interval | None:
        """Return a number with its range."""
        value, least, most = (self.number(column, ahead) for column in (name, low, high))
        if value is None or least is None or most is None:
            return None
        return Interval(value, least, most)

    def week_mean(self, name: str) -> float | None:
        """Return the mean of the seven days up to the day."""
        found = [number for ahead in range(-6, 1) if (number := self.number(name, ahead)) is not None]
        return sum(found) / len(found) if found else None


def _fed_kg(since: date) -> float:
    return sum(sum(days.values()) for days in fed_by_day(since).values())


def _cooking_hours(run: Run | None, day: PlantDay) -> float | None:
    if run is None or not 0 <= run.index_of(day.day) < len(run.series("gas_m3_d")):
        return None
    index = run.index_of(day.day)
    gas_m3 = run.series("gas_m3_d")[index]
    return run.series("cooking_hours_d")[index] * day.gas_m3 / gas_m3 if gas_m3 else 0.0


@dataclass(frozen=True)
class GasWeek:
    """Gas of the last seven days that are over."""

    m3: float
    cooking_hours: float
    measured_days: int
    days: int


def gas_week(now: datetime | None = None) -> GasWeek:
    """Return the gas of the last seven days that are over."""
    last = yesterday(now or timezone.now())
    run = latest_run()
    days = list(PlantDay.objects.filter(day__gt=last - WEEK, day__lte=last))
    hours = sum(_cooking_hours(run, day) or 0.0 for day in days)
    measured = sum(day.measured for day in days)
    return GasWeek(sum(day.gas_m3 for day in days), hours, measured, len(days))


@dataclass(frozen=True)
class SeriesDay:
    """One day of the charts; None is a gap. `gas_*` [m3], `fed_kg` by feedstock and in all [kg]."""

    day: date
    forecast: bool
    fed_kg: float
    fed: Mapping[str, float]
    gas_m3: float | None
    measured: bool
    gas_model: Interval | None
    ph: Interval | None
    ph_measured: float | None
    acid_ratio: Interval | None
    methane_share: float | None

    @property
    def gas_measured_m3(self) -> float | None:
        """The gas where a meter was read."""
        return self.gas_m3 if self.measured else None


def series(days: int = 85, now: datetime | None = None) -> list[SeriesDay]:
    """Return the last days, oldest first, and as many ahead as the newest run foresees."""
    newest = latest_run()
    if newest is None:
        return []
    last = local_day(now or timezone.now())
    first = max(last - timedelta(days=days - 1), newest.start)
    end = newest.until + timedelta(days=newest.horizon_days)
    booked = PlantDay.objects.in_bulk(days_from(first, end))
    fed = {code: dict(zip(days_from(newest.start, end), kg, strict=True)) for code, kg in newest.feed.items()}
    run_on, ph = _runs_in_force(newest), _ph_by_day(first)
    return [
        _row(
            day,
            booked.get(day),
            {code: kg.get(day, 0.0) for code, kg in fed.items()},
            run_on(day),
            ph.get(day),
        )
        for day in days_from(first, end)
    ]


def _ph_by_day(first: date) -> dict[date, float]:
    found = Reading.objects.filter(kind=Reading.Kind.PH, at__date__gte=first).order_by("at")
    return {local_day(reading.at): reading.value for reading in found if reading.value is not None}


def _runs_in_force(newest: Run) -> Callable[[date], Run]:
    # A day is told by the plant that was in force then: by the last run made with that plant.
    newest_ids = Run.objects.values("version").annotate(newest=Max("id")).values("newest")
    last_runs = {run.version_id: run for run in Run.objects.filter(pk__in=newest_ids)}
    eras = [
        (local_day(v.since), last_runs[v.pk])
        for v in PlantVersion.objects.order_by("number")
        if v.pk in last_runs
    ]

    def run_on(day: date) -> Run:
        return next((run for since, run in reversed(eras) if since <= day), newest)

    return run_on


def _row(
    day: date, booked: PlantDay | None, fed: Mapping[str, float], run: Run, ph: float | None
) -> SeriesDay:
    facts = _Facts(run, day)
    return SeriesDay(
        day=day,
        forecast=day > run.until,
        fed_kg=sum(fed.values()),
        fed=fed,
        gas_m3=booked.gas_m3 if booked and (booked.closed or booked.measured) else None,
        measured=bool(booked and booked.measured),
        gas_model=facts.interval("gas_m3_d", "gas_low", "gas_high"),
        ph=facts.interval("ph", "ph_low", "ph_high"),
        ph_measured=ph,
        acid_ratio=facts.interval("acid_ratio", "acid_ratio_low", "acid_ratio_high"),
        methane_share=facts.number("methane_share"),
    )


def ring_days(n: int = 30, now: datetime | None = None) -> list[tuple[date, float | None]]:
    """Return the last days that are over, oldest first, with their gas [m3]; None where nobody knows."""
    last = yesterday(now or timezone.now())
    days = days_from(last - timedelta(days=n - 1), last)
    known = PlantDay.objects.filter(day__in=days).in_bulk()
    return [(day, known[day].gas_m3 if day in known else None) for day in days]


def safety_state(now: datetime | None = None) -> SafetyState:
    """Return how the required safety readings stand."""
    return check_safety(now)


def safety_rules() -> list[SafetyRule]:
    """Return which safety readings this site requires."""
    return list(SafetyRule.objects.all())


def latest_run() -> Run | None:
    """Return the newest run of the model."""
    return Run.objects.select_related("version").order_by("-id").first()


def version() -> PlantVersion | None:
    """Return the plant in force, as the database has it: its number, sizes and text."""
    return PlantVersion.objects.order_by("number").last()


def versions() -> list[PlantVersion]:
    """Return every plant there was, newest first."""
    return list(PlantVersion.objects.order_by("-number"))


def plant() -> "Plant | None":
    """Return the plant in force as the science knows it."""
    from harmonia.science.metabolism import plant_from_toml

    newest = version()
    return plant_from_toml(newest.toml) if newest else None


def open_alarms() -> list[Alarm]:
    """Return what needs care now, oldest first."""
    return list(Alarm.objects.filter(lifted_at__isnull=True).select_related("closes"))


def expectations(source: str | None = None) -> list[Expectation]:
    """Return what was promised, by one source or by all."""
    found = Expectation.objects.select_related("substance")
    return list(found if source is None else found.filter(source=source))


def readings(limit: int = 20) -> list[Reading]:
    """Return the newest readings, newest first."""
    return list(Reading.objects.order_by("-at", "-id")[:limit])


def feedstocks_fed(rows: Sequence[SeriesDay]) -> list[Substance]:
    """Return the materials that appear in the rows, the most fed first."""
    totals: dict[str, float] = {}
    for row in rows:
        for code, kilograms in row.fed.items():
            totals[code] = totals.get(code, 0.0) + kilograms
    codes = [code for code in sorted(totals, key=lambda code: -totals[code]) if totals[code] > 0]
    known = {s.feedstock: s for s in ledger.materials() if s.feedstock in codes}
    return [known[code] for code in codes if code in known]


@dataclass(frozen=True)
class BringRow:
    """What a kilogram of a material gives the kitchen [h of cooking/kg], and whether it rests."""

    substance: Substance
    hours_per_kg: Interval | None
    closed: str


def bring_this_week() -> list[BringRow]:
    """Return the materials that feed the plant, the ones worth most first, those that rest last."""
    run = latest_run()
    worth = run.parameters.get("cooking_hours_per_kg", {}) if run else {}
    closures = ledger.closures()
    rows = [
        BringRow(
            substance,
            Interval(*worth[substance.feedstock]) if substance.feedstock in worth else None,
            closures[substance.pk].reason if substance.pk in closures else "",
        )
        for substance in ledger.materials()
        if rots(substance)
    ]
    return sorted(rows, key=lambda r: (bool(r.closed), -(r.hours_per_kg.value if r.hours_per_kg else 0.0)))


def waiting() -> list[tuple[Holder, Substance, int]]:
    """Return what waits at the collection points to be fed: point, material and grams [g]."""
    points = ledger.holders(Holder.Kind.POINT)
    return [(point, s, grams) for point in points for s, grams in ledger.stock(point).items() if rots(s)]
