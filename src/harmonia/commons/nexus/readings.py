"""What people read off the plant, and what the gas meter changes in the books."""

import math
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.nexus import alarms
from harmonia.commons.nexus.books import (
    GasOfDay,
    days_between,
    density,
    replace_by_measured,
    split_by_weight,
)
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.models import PlantDay, PlantVersion, Reading, Run
from harmonia.commons.nexus.models.reading import POSSIBLE, TESTS, UNITS
from harmonia.commons.nexus.places import local_day
from harmonia.commons.nexus.safety import red_limit
from harmonia.commons.nexus.tasks import follow_on_commit
from harmonia.commons.nexus.twin import commissioned
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

USUAL_METHANE_SHARE = 0.6
"""Until the model has run: food waste gives gas of 55 to 65 % methane (Drosg 2013, as in alarms.py)."""

MOST_GAS_M3_M3_D = 10.0
"""No digester of this sort makes more gas than this per volume and day [m3/(m3 d)]; somebody mistyped."""


@transaction.atomic
def record_reading(
    kind: str,
    value: float | None = None,
    *,
    passed: bool | None = None,
    by: Person | None = None,
    at: datetime | None = None,
    baseline: bool = False,
) -> Reading:
    """Keep a reading. A gas meter's total replaces the gas foreseen since the reading before it.

    `value` is in the unit of its kind (`UNITS`); tests take `passed` instead. A meter counts as read at the
    end of its day, at 0 degC and 101.325 kPa, dry; `baseline` says that a new meter starts here.
    Raises Refused for values that cannot be.
    """
    what = _kind(kind)
    moment = at or timezone.now()
    amount, outcome = _checked(what, value, passed)
    before = Reading.objects.filter(kind=what, at__lte=moment).order_by("-at", "-id").first()
    if what == Reading.Kind.GAS_METER:
        _check_meter(before, amount or 0.0, moment, baseline)
    reading = Reading.objects.create(
        kind=what, at=moment, value=amount, passed=outcome, baseline=baseline, by=token_of(by) if by else None
    )
    replaced: list[tuple[PlantDay, int]] = []
    if what == Reading.Kind.GAS_METER and before is not None and not baseline:
        replaced = _replace_gas(before, reading)
    booked = [[str(day.day), day.gas_g, unexplained_g] for day, unexplained_g in replaced]
    told = alarms.settle_readings(moment)
    record("nexus", "read", reading=reading.pk, what=what.value, days=booked)
    alarms.tell(told)
    follow_on_commit()
    return reading


def read_meter(
    total_m3: float, *, by: Person | None = None, at: datetime | None = None, baseline: bool = False
) -> Reading:
    """Record the total on the gas meter [m3]."""
    return record_reading(Reading.Kind.GAS_METER, total_m3, by=by, at=at, baseline=baseline)


@transaction.atomic
def record_titration(
    sample_ml: float,
    normality: float,
    to_ph5_ml: float,
    to_ph44_ml: float,
    *,
    by: Person | None = None,
    at: datetime | None = None,
) -> tuple[float, float]:
    """Keep acids and alkalinity [mg/L] of a titration to pH 5.0 and 4.4, both burette readings from its start.

    Raises Refused for burette readings that cannot be.
    """
    from harmonia.science.metabolism.bench import BuretteError, two_point_titration

    try:
        found = two_point_titration(sample_ml, normality, to_ph5_ml, to_ph44_ml)
    except BuretteError as error:
        raise Refused(_burette_words(error.what)) from None
    record_reading(Reading.Kind.ALKALINITY, round(found.alkalinity_mg_l), by=by, at=at)
    record_reading(Reading.Kind.ACIDS, round(found.acids_mg_l), by=by, at=at)
    return found.acids_mg_l, found.alkalinity_mg_l


def _burette_words(what: str) -> str:
    return {
        "sample": _("The sample must be from 2 to 200 mL. Nothing was saved."),
        "strength": _("The acid must be from 0.01 to 1 normal. Nothing was saved."),
        "readings": _(
            "The burette reads more at pH 4.4 than at pH 5.0, and at most 100 mL. Nothing was saved."
        ),
    }[what]


def _kind(kind: str) -> Reading.Kind:
    if kind not in Reading.Kind.values:
        raise Refused(_("Nobody reads that here. Nothing was saved."))
    return Reading.Kind(kind)


def _checked(
    kind: Reading.Kind, value: float | None, passed: bool | None
) -> tuple[float | None, bool | None]:
    if kind in TESTS:
        if passed is None:
            raise Refused(_("Say whether the test was passed. Nothing was saved."))
        return None, passed
    low, high = POSSIBLE[kind]
    if value is None or not math.isfinite(value) or not low <= value <= high:
        text = _("%(what)s is a number from %(low)g to %(high)g %(unit)s. Nothing was saved.")
        raise Refused(text % {"what": kind.label, "low": low, "high": high, "unit": UNITS[kind]})
    if kind != Reading.Kind.H2S:
        return value, None
    limit = red_limit(kind)
    return value, limit is None or value < limit


def _check_meter(before: Reading | None, total_m3: float, at: datetime, baseline: bool) -> None:
    if Reading.objects.filter(kind=Reading.Kind.GAS_METER, at__gt=at).exists():
        raise Refused(_("There is a later reading of this meter already. Nothing was saved."))
    if before is None or before.value is None or baseline:
        return
    if total_m3 < before.value:
        text = _(
            "The meter showed %(before)g m³ before: more. If it is a new meter, say so. Nothing was saved."
        )
        raise Refused(text % {"before": before.value})
    version = PlantVersion.objects.order_by("number").last()
    count = len(days_between(local_day(before.at), local_day(at)))
    if version and total_m3 - before.value > MOST_GAS_M3_M3_D * version.liquid_volume_m3 * count:
        raise Refused(_("That is more gas than this plant can make. Did a digit slip? Nothing was saved."))


def _replace_gas(before: Reading, reading: Reading) -> list[tuple[PlantDay, int]]:
    if not PlantVersion.objects.exists():
        return []
    gas_m3 = (reading.value or 0.0) - (before.value or 0.0)
    last = local_day(reading.at)
    days = [day for day in days_between(local_day(before.at), last) if day >= commissioned()] or [last]
    known = PlantDay.objects.in_bulk(days)
    if local_day(before.at) == last and last in known and known[last].measured:
        gas_m3 += known[last].gas_m3
    shares = split_by_weight(gas_m3, [_usual_m3(day, known.get(day)) for day in days])
    return [_measured(day, share, reading.pk, reading.by) for day, share in zip(days, shares, strict=True)]


def _usual_m3(day: date, booked: PlantDay | None) -> float:
    run = Run.objects.order_by("-id").first()
    if booked is not None and booked.gas is not None:
        return booked.gas_m3
    series = run.series("gas_m3_d") if run else []
    index = run.index_of(day) if run else 0
    return series[index] if 0 <= index < len(series) else 1.0


def _measured(day: date, m3: float, reading: int, by: UUID | None) -> tuple[PlantDay, int]:
    gas = GasOfDay(day, m3, round(1000 * m3 * gas_density_on(day)))
    return replace_by_measured(gas, reading=reading, recorder=by)


def gas_density_on(day: date) -> float:
    """Return what a dry m3 weighs with its vapour [kg/m3]: the model's, or usual dry gas's."""
    run = Run.objects.order_by("-id").first()
    if run is None:
        return density(USUAL_METHANE_SHARE)
    volumes, kilograms = run.series("gas_m3_d"), run.series("gas_kg_d")
    index = min(max(run.index_of(day), 0), len(volumes) - 1)
    return kilograms[index] / volumes[index] if volumes[index] else density(USUAL_METHANE_SHARE)
