"""What lies where."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, QuerySet, When

from harmonia.commons.ledger import hygiene
from harmonia.commons.ledger.models import (
    Balance,
    Closure,
    Holder,
    Substance,
)


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
    """Return what people may bring by the site's hygiene rules: what rots and what is made into things."""
    rots_first = Case(When(use=Substance.Use.ROTS, then=0), default=1)
    brought = Substance.objects.filter(use__in=(Substance.Use.ROTS, Substance.Use.MAKES))
    brought = brought.exclude(feedstock__in=hygiene.unwelcome())
    return brought.order_by(rots_first, "id")  # the catalogue's order: what most people bring stands first


def unwelcome() -> list[tuple[Substance, str]]:
    """Return what is not taken at this site, each with its class: pasteuriser (there is none) or never."""
    by_code = hygiene.unwelcome()
    found = Substance.objects.exclude(use=Substance.Use.PRODUCT).order_by("use", "id")
    return [(s, by_code[s.feedstock or s.code]) for s in found if (s.feedstock or s.code) in by_code]


def closures() -> dict[int, Closure]:
    """Return the open closures by substance."""
    return {
        c.substance_id: c for c in Closure.objects.filter(lifted_at__isnull=True).select_related("substance")
    }


@dataclass(frozen=True)
class Rest:
    """Materials that are closed for one reason, and where all of them go meanwhile."""

    materials: tuple[str, ...]
    reason: str
    instead: str


def rests() -> list[Rest]:
    """Return the open closures, those of one reason together: a plant at rest closes many materials at once."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for closure in closures().values():
        together[closure.reason, closure.instead].append(str(closure.substance))
    return [Rest(tuple(names), *why) for why, names in together.items()]


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
