"""Read what came in broken."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from harmonia.commons.alchemy.models import Artifact, Repair
from harmonia.commons.alchemy.queries.search import repairs_found


@dataclass(frozen=True)
class Outcome:
    """How many repairs ended one way."""

    status: str
    label: str
    count: int


def repairs(status: str = "", category: str = "", words: str = "") -> QuerySet[Repair]:
    """Return repairs, newest first, as far as they fit what is asked."""
    found = Repair.objects.all()
    if status:
        found = found.filter(repair_status=status)
    if category:
        found = found.filter(product_category=category)
    return repairs_found(found, words)


def repair(key: str) -> Repair | None:
    """Return one repair by its key."""
    return Repair.objects.filter(key=key).first()


def outcomes(found: QuerySet[Repair]) -> list[Outcome]:
    """Return how these repairs ended, in the standard's order."""
    rows = found.order_by().values_list("repair_status").annotate(Count("pk"))
    counts: Counter[str] = Counter(dict(rows))
    return [Outcome(s.value, str(s.label), counts[s.value]) for s in Repair.Status]


def repair_categories() -> list[str]:
    """Return the kinds of things that came in, by name."""
    found = Repair.objects.order_by("product_category").values_list("product_category", flat=True)
    return list(found.distinct())


def last_country() -> str:
    """Return the country of the newest repair told here; empty before the first."""
    told = Repair.objects.filter(recorder__isnull=False).order_by("-id")
    return told.values_list("country", flat=True).first() or ""


def became(repair: Repair) -> list[Artifact]:
    """Return the things made from an object that could not be saved, as far as they are shown."""
    return list(repair.artifacts.filter(state="shown"))
