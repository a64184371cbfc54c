"""What one household brought."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Sum

from harmonia.commons.ledger.models import (
    Action,
    DropOff,
    Household,
    Line,
    Substance,
)
from harmonia.commons.people.models import Person


def brought_by(person: Person, limit: int = 50) -> list[DropOff]:
    """Return a person's own drop-offs, newest first; nobody else's page asks for them."""
    home = Household.objects.filter(person=person).values_list("holder_id", flat=True).first()
    if home is None:
        return []
    found = DropOff.objects.filter(movement__lines__holder_id=home, movement__reversed_by__isnull=True)
    return list(found.select_related("movement", "point").order_by("-movement_id")[:limit])


def own_drop_off(person: Person, movement: int) -> DropOff | None:
    """Return a person's own drop-off; None for another home's, one that was reversed, or none."""
    found = DropOff.objects.filter(
        pk=movement, movement__reversed_by__isnull=True, movement__lines__holder__household__person=person
    )
    return found.select_related("movement", "point").first()


def booked_under(person: Person, key: str) -> DropOff | None:
    """Return the drop-off that a person's phone sent under a key; None for none."""
    home = Household.objects.filter(person=person).values_list("holder__code", flat=True).first()
    return DropOff.objects.filter(movement__key=f"{home}:{key}").first() if home and key else None


def weight_of(drop_off: DropOff) -> tuple[Substance, int]:
    """Return what a drop-off was and weighed [g]."""
    line = Line.objects.select_related("substance").get(
        movement=drop_off.movement_id, holder=drop_off.point_id
    )
    return line.substance, line.grams


def household_grams(
    person: Person, *, since: datetime, until: datetime, substances: Iterable[Substance] = ()
) -> int:
    """Return how much a person's household brought in a time [g], reversals taken off."""
    home = Household.objects.filter(person=person).values_list("holder_id", flat=True).first()
    if home is None:
        return 0
    lines = Line.objects.filter(
        holder_id=home,
        movement__action=Action.DROPOFF,
        movement__occurred_at__gte=since,
        movement__occurred_at__lt=until,
    )
    chosen = list(substances)
    if chosen:
        lines = lines.filter(substance__in=chosen)
    return -(lines.aggregate(total=Sum("grams"))["total"] or 0)


def export(person: Person) -> dict[str, Any]:
    """Return what the ledger knows about a person's household."""
    rows = []
    for drop_off in brought_by(person, limit=1_000_000):
        what, grams = weight_of(drop_off)
        rows.append(
            {
                "at": drop_off.movement.occurred_at.isoformat(),
                "point": drop_off.point.code,
                "substance": what.code,
                "grams": grams,
                "foreign": drop_off.foreign_kind,
                "foreign_percent": drop_off.foreign_percent,
            }
        )
    return {"drop_offs": rows}


def household_code(person: Person) -> str:
    """Return the code of a person's household, "" until it has one."""
    found = Household.objects.filter(person=person).values_list("holder__code", flat=True).first()
    return found or ""
