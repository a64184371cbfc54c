"""Read how the plant is: at one glance, this week, this month."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from harmonia.commons.nexus.alarms import stale_readings
from harmonia.commons.nexus.books import m3_of_gas, stock_g
from harmonia.commons.nexus.feeding import days_from, fed_by_day
from harmonia.commons.nexus.inhibition_words import held_back_in_words
from harmonia.commons.nexus.models import PlantDay, PlantVersion, Reading, Run
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
    pass

from harmonia.commons.nexus.queries.days import Facts, Interval, latest_run, version
from harmonia.commons.nexus.queries.state import open_alarms

WEEK = timedelta(days=7)


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
    held_back: tuple[str, ...]  # who is slowed by what at the end of the forecast, the strongest first
    warnings: tuple[str, ...]
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
    facts = Facts(run, local_day(moment))
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
        held_back=_told(run, "held_back"),
        warnings=_told(run, "warnings"),
        alarms=tuple(say(alarm) for alarm in open_alarms()),
        safety=check_safety(moment),
        last_run=run.made_at if run else None,
        until=run.until if run else None,
        engine=run.engine if run else "",
        seed=run.seed if run else None,
        stale=run is None or run.until < yesterday(moment),
        stale_readings=tuple(stale_readings(moment)),
    )


def _told(run: Run | None, name: str) -> tuple[str, ...]:
    return tuple(held_back_in_words(run.parameters.get(name, []) if run else []))


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
class Kept:
    """How many forecasts of the last weeks there were to check, and how many held the meter within their band."""

    forecasts: int
    inside: int


def band_kept(now: datetime | None = None) -> Kept:
    """Return how forecasts issued one to seven days before did on days whose gas was measured."""
    since = yesterday(now or timezone.now()) - timedelta(days=30)
    measured = {d.day: d.gas_m3 for d in PlantDay.objects.filter(day__gt=since) if d.measured}
    issued = Run.objects.filter(until__gte=since - WEEK).values_list(
        "start", "until", "outcome__gas_low", "outcome__gas_high"
    )
    checked = [
        low[place] <= measured[day] <= high[place]
        for start, until, low, high in issued
        for day in days_from(until + timedelta(days=1), until + WEEK)
        if day in measured and low and 0 <= (place := (day - start).days) < len(low)
    ]
    return Kept(len(checked), sum(checked))


def ring_days(n: int = 30, now: datetime | None = None) -> list[tuple[date, float | None]]:
    """Return the last days that are over, oldest first, with their gas [m3]; None where nobody knows."""
    last = yesterday(now or timezone.now())
    days = days_from(last - timedelta(days=n - 1), last)
    known = PlantDay.objects.filter(day__in=days).in_bulk()
    return [(day, known[day].gas_m3 if day in known else None) for day in days]
