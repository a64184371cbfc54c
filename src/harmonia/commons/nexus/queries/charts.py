"""Read the days of the charts, past and foreseen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone

from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus.feeding import days_from
from harmonia.commons.nexus.models import PlantDay, PlantVersion, Reading, Run
from harmonia.commons.nexus.places import (
    local_day,
)

if TYPE_CHECKING:
    pass

from harmonia.commons.nexus.queries.days import Facts, Interval, latest_run


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
    facts = Facts(run, day)
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


def feedstocks_fed(rows: Sequence[SeriesDay]) -> list[Substance]:
    """Return the materials that appear in the rows, the most fed first."""
    totals: dict[str, float] = {}
    for row in rows:
        for code, kilograms in row.fed.items():
            totals[code] = totals.get(code, 0.0) + kilograms
    codes = [code for code in sorted(totals, key=lambda code: -totals[code]) if totals[code] > 0]
    known = {s.feedstock: s for s in ledger.materials() if s.feedstock in codes}
    return [known[code] for code in codes if code in known]
