"""How much moved when."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Sum

from harmonia.commons.ledger.models import (
    Action,
    DropOff,
    Holder,
    Line,
    Movement,
    Substance,
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


def visits(since: date) -> dict[date, int]:
    """Return how many drop-offs each day had."""
    days = DropOff.objects.filter(movement__occurred_at__date__gte=since).values_list(
        "movement__occurred_at__date"
    )
    return dict(days.annotate(count=Count("pk")).order_by())


def movements(before: int | None = None, limit: int = 50) -> list[Movement]:
    """Return a page of the books, newest first, from below a movement's number."""
    found = Movement.objects.order_by("-id").prefetch_related("lines__holder", "lines__substance")
    return list((found.filter(id__lt=before) if before else found)[:limit])


def last_movement() -> int:
    """Return the number of the newest movement, 0 in empty books."""
    return Movement.objects.order_by("-id").values_list("id", flat=True).first() or 0
