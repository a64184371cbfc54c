"""Whom and what a batch may have reached: every holder that got anything from a holder it reached before."""

from dataclasses import dataclass

from harmonia.commons.ledger.models import Holder, Household, Line
from harmonia.commons.people.models import Person


@dataclass(frozen=True)
class Reach:
    """The places a batch reached, in order of code, and the people whose households it reached."""

    places: tuple[Holder, ...]
    people: tuple[Person, ...]


def reach(source: Holder) -> Reach:
    """Return where matter of a holder may be: by contact, not by share, so that nobody is left out.

    Air, water and other outside holders pass nothing on.
    """
    reached = {source.pk}
    stops = set(Holder.objects.filter(boundary=True).values_list("pk", flat=True))
    first = Line.objects.filter(holder=source, grams__lt=0).order_by("movement_id").first()
    if first is not None:
        for givers, takers in _movements_since(first.movement_id):
            if givers & reached - stops:
                reached |= takers
    found = Holder.objects.filter(pk__in=reached - {source.pk}).order_by("code")
    homes = Household.objects.filter(holder__in=found).select_related("person")
    places = tuple(holder for holder in found if holder.kind != Holder.Kind.OUTSIDE)
    return Reach(places, tuple(home.person for home in homes if home.person.is_active))


def _movements_since(movement: int) -> list[tuple[set[int], set[int]]]:
    """Return givers and takers of every movement from one on, in the order of the books."""
    sides: dict[int, tuple[set[int], set[int]]] = {}
    rows = Line.objects.filter(movement_id__gte=movement).order_by("movement_id")
    for number, holder, grams in rows.values_list("movement_id", "holder_id", "grams").iterator(10_000):
        givers, takers = sides.setdefault(number, (set(), set()))
        (givers if grams < 0 else takers).add(holder)
    return list(sides.values())
