"""Let the model follow the plant and keep what it found."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from harmonia.commons.journal import queries as journal
from harmonia.commons.journal.actions import record
from harmonia.commons.ledger import queries as books
from harmonia.commons.nexus import alarms, early, twin
from harmonia.commons.nexus.books import GasOfDay, book_estimates
from harmonia.commons.nexus.feeding import rots
from harmonia.commons.nexus.models import Run
from harmonia.commons.nexus.places import (
    end_of,
    yesterday,
)

if TYPE_CHECKING:
    pass

from harmonia.commons.nexus.actions.plants import in_force

KEPT_DAYS = 30


def follow(until: date | None = None, *, quiet: bool = False) -> Run:
    """Let the model follow the plant until the end of a day (default: yesterday) and two weeks on.

    Stores the run, books gas and digestate of the days that are over as estimated, raises and lifts alarms; `quiet`
    does not: for history that is entered later, about which nobody has to be woken.
    The model runs outside any transaction of ours: call it from a task or a command, never from a page.
    """
    now = timezone.now() if until is None else end_of(until)
    seen = journal.last_sequence("nexus")
    in_force()
    last = max(until or yesterday(now), twin.commissioned() - timedelta(days=1))
    case = twin.case_until(last)
    outcome, series = twin.run(case)
    series = early.corrected(series, case.start, now)
    with transaction.atomic():
        run = _keep(case, outcome, series, seen)
        days = book_estimates(_gases(run))
        told = [] if quiet else alarms.settle(alarms.judge(run, now), now)
        booked = [[str(day.day), 0 if day.measured else day.gas_g, day.digestate_g] for day in days]
        record("nexus", "followed", run=run.pk, until=str(run.until), days=booked)
        alarms.tell(told)
    return run


def _keep(case: twin.Case, outcome: Any, series: dict[str, Any], seen: int) -> Run:
    # One run a day for a month, and each plant's last one: enough to look back on. A case can always be run again.
    same_plant = Run.objects.filter(version=case.version)
    same_plant.filter(Q(until=case.until) | Q(until__lt=case.until - timedelta(days=KEPT_DAYS))).delete()
    return Run.objects.create(
        version=case.version,
        made_at=timezone.now(),
        start=case.start,
        until=case.until,
        horizon_days=twin.HORIZON_DAYS,
        engine=outcome.engine,
        seed=outcome.seed,
        members=twin.MEMBERS,
        status=outcome.status,
        parameters={
            "plant": case.version.toml,
            "cooking_hours_per_kg": _worth(),
            "held_back": list(outcome.held_back),
            "warnings": list(outcome.warnings),
        },
        feed={code: list(days) for code, days in case.feed.items()},
        outcome=series,
        seen=seen,
    )


def _worth() -> dict[str, tuple[float, float, float]]:
    return twin.worth_in_kitchen([s.feedstock for s in books.materials() if rots(s)])


def _gases(run: Run) -> list[GasOfDay]:
    volumes, kilograms = run.series("gas_m3_d"), run.series("gas_kg_d")
    past = range(max(run.index_of(run.until) + 1, 0))
    return [GasOfDay(run.day_of(n), volumes[n], round(kilograms[n] * 1000)) for n in past]
