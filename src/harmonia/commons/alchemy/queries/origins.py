"""Read which deposits a thing's matter came from: books are exact, traced shares are modelled."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.utils import timezone

from harmonia.commons.alchemy.models import Artifact
from harmonia.commons.ledger.models import Holder, Line, Movement

KEPT_S = 24 * 3600


@dataclass(frozen=True)
class Origin:
    """How many deposits fed a thing, and between which days; whose they were is nobody else's business."""

    deposits: int
    grams: int
    first: date
    last: date


def origin(code: str) -> Origin | None:
    """Return what a thing was made from, a modelled figure; None where nothing honest can be said.

    Traced in the order of the books up to its own movement, so that nothing booked later changes it.
    """
    holder, made = Artifact.objects.values_list("holder_id", "movement_id").get(code=code)
    key = f"alchemy-origin-{made}"
    fed: dict[int, int] | None = cache.get(key)
    if fed is None:
        fed = _fed(holder, made)
        cache.set(key, fed, KEPT_S)
    if not fed:
        return None
    times = Movement.objects.filter(pk__in=fed).values_list("occurred_at", flat=True)
    days = sorted(timezone.localtime(at).date() for at in times)
    return Origin(len(fed), sum(fed.values()), days[0], days[-1])


def _fed(holder: int, made: int) -> dict[int, int]:
    # Making mixes within a substance and never turns one into another, so each is traced by itself.
    fed: dict[int, int] = defaultdict(int)
    held = Line.objects.filter(holder=holder, movement=made).order_by().values_list("substance", flat=True)
    for substance in set(held):
        for movement, grams in _fed_with(holder, substance, made).items():
            fed[movement] += grams
    return dict(fed)


def _fed_with(holder: int, substance: int, made: int) -> dict[int, int]:
    from harmonia.science import matter

    lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = Line.objects.filter(substance=substance, movement__lte=made).order_by("movement_id", "id")
    for movement, place, grams in rows.values_list("movement_id", "holder_id", "grams").iterator(10_000):
        lines[movement].append((place, grams))
    booked = list(lines)
    outside = Holder.objects.filter(boundary=True).values_list("id", flat=True)
    try:
        fed = matter.who_fed([matter.Movement(tuple(found)) for found in lines.values()], holder, outside)
    except matter.BooksError:
        return {}  # the plant turned some of it into something else: nothing honest can be said
    return {booked[index]: grams for index, grams in fed.items() if grams}
