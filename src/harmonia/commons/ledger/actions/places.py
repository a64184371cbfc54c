"""Open the places that hold matter, and know which stands for a household."""

from uuid import uuid4

from django.db import transaction

from harmonia.commons.ledger.models import (
    Holder,
    Household,
)
from harmonia.commons.people.models import Person


def household_of(person: Person) -> Holder:
    """Return the boundary holder that stands for a person's household, made on first use."""
    found = Household.objects.filter(person=person).select_related("holder").first()
    if found:
        return found.holder
    with transaction.atomic():
        holder = open_household(f"home-{uuid4().hex[:12]}")
        Household.objects.create(person=person, holder=holder)
    return holder


def open_household(code: str) -> Holder:
    """Return the household of this code, made on first use; it has no name, as it needs none."""
    holder, _created = Holder.objects.get_or_create(
        code=code, defaults={"name": code, "kind": Holder.Kind.HOUSEHOLD, "boundary": True}
    )
    return holder


def forget_household(person: Person) -> None:
    """Cut the link between a person and their household's holder; the matter stays."""
    Household.objects.filter(person=person).delete()


@transaction.atomic
def open_holder(code: str, name: str, kind: str, *, where: str = "") -> Holder:
    """Open a place that holds matter."""
    boundary = kind in (Holder.Kind.OUTSIDE, Holder.Kind.HOUSEHOLD)
    return Holder.objects.create(code=code, name=name, kind=kind, boundary=boundary, where=where)
