"""Read the books."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, QuerySet, Sum, When

from harmonia.commons.ledger import tracing
from harmonia.commons.ledger.models import (
    Action,
    Balance,
    Closure,
    DropOff,
    Holder,
    Household,
    Line,
    Movement,
    Substance,
)
from harmonia.commons.people.models import Person


def points() -> QuerySet[Holder]:
    """Return the open collection points."""
    return Holder.objects.filter(kind=Holder.Kind.POINT, is_open=True)


def holder(code: str) -> Holder:
    """Return a holder by its code; raises Holder.DoesNotExist."""
    return Holder.objects.get(code=code)


def holders(kind: str) -> list[Holder]:
    """Return the holders of one kind."""
    return list(Holder.objects.filter(kind=kind))


def substance(code: str) -> Substance:
    """Return a substance by its code; raises Substance.DoesNotExist."""
    return Substance.objects.get(code=code)


def materials() -> QuerySet[Substance]:
    """Return what people may bring: what rots and what is made into things."""
    rots_first = Case(When(use=Substance.Use.ROTS, then=0), default=1)
    brought = Substance.objects.filter(use__in=(Substance.Use.ROTS, Substance.Use.MAKES))
    return brought.order_by(rots_first, "id")  # the catalogue's order: what most people bring stands first


def closures() -> dict[int, Closure]:
    """Return the open closures by substance."""
    return {
        c.substance_id: c for c in Closure.objects.filter(lifted_at__isnull=True).select_related("substance")
    }


def stock(holder: Holder) -> dict[Substance, int]:
    """Return what a holder holds now [g], without what is used up."""
    rows = (
        Balance.objects.filter(holder=holder)
        .exclude(grams=0)
        .select_related("substance")
        .order_by("substance__code")
    )
    return {row.substance: row.grams for row in rows}


def grams_of(holder: Holder, substance: Substance) -> int:
    """Return how much of a substance a holder holds now [g]."""
    return (
        Balance.objects.filter(holder=holder, substance=substance).values_list("grams", flat=True).first()
        or 0
    )


@dataclass(frozen=True)
class Flow:
    """Grams of one substance that moved on one day."""

    day: date
    substance: Substance
    grams: int


def daily(action: Action, holder_kind: str, *, since: date, leg: int = 1) -> list[Flow]:
    """Return the grams a day and substance on one leg (+1 into, -1 out of) of holders of a kind.

    Reversed movements and their reverses cancel out.
    """
    rows = (
        Line.objects.filter(
            movement__action=action, holder__kind=holder_kind, movement__occurred_at__date__gte=since
        )
        .values("movement__occurred_at__date", "substance")
        .annotate(total=Sum("grams"))
        .order_by("movement__occurred_at__date", "substance")
    )
    known = Substance.objects.in_bulk()
    flows = (Flow(r["movement__occurred_at__date"], known[r["substance"]], leg * r["total"]) for r in rows)
    return [flow for flow in flows if flow.grams]


def brought_by(person: Person, limit: int = 50) -> list[DropOff]:
    """Return a person's own drop-offs, newest first; nobody else's page asks for them."""
    home = Household.objects.filter(person=person).values_list("holder_id", flat=True).first()
    if home is None:
        return []
    found = DropOff.objects.filter(movement__lines__holder_id=home, movement__reversed_by__isnull=True)
    return list(found.select_related("movement", "point").order_by("-movement_id")[:limit])


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


def week(today: date) -> tuple[int, int]:
    """Return what the last seven days brought: grams [g] and households."""
    lines = Line.objects.filter(
        movement__action=Action.DROPOFF,
        holder__kind=Holder.Kind.HOUSEHOLD,
        movement__occurred_at__date__gt=today - timedelta(days=7),
    )
    grams = -(lines.aggregate(total=Sum("grams"))["total"] or 0)
    return grams, lines.values("holder").distinct().count()


def clean_share(since: date) -> float | None:
    """Return the share of drop-offs without anything foreign, None without drop-offs."""
    found = DropOff.objects.filter(movement__occurred_at__date__gte=since, movement__reversed_by__isnull=True)
    total = found.count()
    return found.filter(foreign_kind=DropOff.Foreign.NONE).count() / total if total else None


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


def movements(before: int | None = None, limit: int = 50) -> list[Movement]:
    """Return a page of the books, newest first, from below a movement's number."""
    found = Movement.objects.order_by("-id").prefetch_related("lines__holder", "lines__substance")
    return list((found.filter(id__lt=before) if before else found)[:limit])


def visits(since: date) -> dict[date, int]:
    """Return how many drop-offs each day had."""
    days = DropOff.objects.filter(movement__occurred_at__date__gte=since).values_list(
        "movement__occurred_at__date"
    )
    return dict(days.annotate(count=Count("pk")).order_by())


def where_did_it_go(movements: Iterable[Movement]) -> dict[Holder, int]:
    """Return where deposits are now: holder -> grams [g]; modelled shares over exact books (see `tracing`)."""
    return tracing.where_did_it_go(movements)
