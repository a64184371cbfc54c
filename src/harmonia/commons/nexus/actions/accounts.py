"""Account for a switch-over: what was promised against what came, after three retention times and after a year."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from harmonia.commons.journal.actions import record
from harmonia.commons.nexus.models import Accounting, Activation, PlantDay, Reading, Run
from harmonia.commons.nexus.models.activation import IN_FORCE
from harmonia.commons.nexus.places import local_day

RETENTION_TIMES, YEAR_DAYS = 3, 365
LONGEST_RETENTION_D = 120.0  # a plant that is hardly fed would never account for itself
MEAN_DAYS = 28


def due(activation: Activation) -> dict[str, date]:
    """Return on which days an activation accounts for itself; nothing before it was confirmed."""
    if activation.confirmed_at is None:
        return {}
    begun = local_day(activation.confirmed_at)
    waiting = timedelta(days=round(RETENTION_TIMES * _retention_d(activation, begun)))
    return {
        Accounting.Kind.RETENTION: begun + waiting,
        Accounting.Kind.YEAR: begun + timedelta(days=YEAR_DAYS),
    }


def _retention_d(activation: Activation, begun: date) -> float:
    """Return the retention time four weeks into the changed plant [d], or of its newest run before that."""
    run = Run.objects.filter(version=activation.version).order_by("id").last()
    retention = run.series("retention_d") if run else []
    if run is None or not retention:
        return LONGEST_RETENTION_D
    place = min(run.index_of(begun) + MEAN_DAYS, len(retention) - 1)
    return float(min(retention[max(place, 0)], LONGEST_RETENTION_D))


@transaction.atomic
def account_if_due(now: datetime | None = None) -> list[Accounting]:
    """Write every accounting whose day has come; each is written once and never changed."""
    moment = now or timezone.now()
    made = []
    for activation in Activation.objects.select_for_update().filter(state__in=IN_FORCE):
        written = set(activation.accountings.values_list("kind", flat=True))
        for kind, day in due(activation).items():
            if kind not in written and day <= local_day(moment):
                made.append(_account(activation, kind, day, moment))
    return made


def _account(activation: Activation, kind: str, day: date, at: datetime) -> Accounting:
    real = _real(day)
    facts = {
        "state": activation.state,
        "days": MEAN_DAYS,
        "measures": _side_by_side(activation.promised, real),
    }
    made = Accounting.objects.create(activation=activation, kind=kind, due_on=day, made_at=at, facts=facts)
    record("nexus", "accounted", activation=activation.pk, what=kind)
    return made


def _side_by_side(promised: Mapping[str, float], real: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name, value in real.items():
        row: dict[str, Any] = {"real": value, "promised": promised.get(name)}
        if name == "gas_m3_d":
            low, high = promised.get("gas_low"), promised.get("gas_high")
            row |= {"low": low, "high": high, "measured_share": real["measured_share"]}
            if None not in (low, high, value):
                row["kept"] = bool(low <= value <= high)
        if name != "measured_share":
            found[name] = row
    return found


def _real(day: date) -> dict[str, Any]:
    """Return the means of the four weeks before a day: gas and digestate from the books, pH and acids as read."""
    first = day - timedelta(days=MEAN_DAYS)
    days = list(PlantDay.objects.filter(day__gte=first, day__lt=day))
    count = len(days)
    ratio = _ratio(first, day)
    return {
        "gas_m3_d": round(sum(d.gas_m3 for d in days) / count, 3) if count else None,
        "measured_share": round(sum(d.measured for d in days) / count, 2) if count else 0.0,
        "digestate_kg_d": round(sum(d.digestate_g for d in days) / 1000 / count, 2) if count else None,
        "ph": _mean(Reading.Kind.PH, first, day),
        "acid_ratio": ratio,
    }


def _mean(kind: Reading.Kind, first: date, day: date) -> float | None:
    rows = Reading.objects.filter(kind=kind, at__date__gte=first, at__date__lt=day)
    values = [row.value for row in rows if row.value is not None]
    return round(sum(values) / len(values), 3) if values else None


def _ratio(first: date, day: date) -> float | None:
    acids, alkalinity = (_mean(kind, first, day) for kind in (Reading.Kind.ACIDS, Reading.Kind.ALKALINITY))
    return round(acids / alkalinity, 3) if acids is not None and alkalinity else None
