"""Follow matter through the books with `science.matter`: books are exact, traced shares are modelled."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.cache import cache

from harmonia.commons.journal.queries import last_sequence
from harmonia.commons.ledger.models import Holder, Line, Movement

KEPT_S = 3600


def where_did_it_go(movements: Iterable[Movement]) -> dict[Holder, int]:
    """Return where deposits are now: holder -> grams [g], largest first; the shares sum to the deposits.

    Every holder counts as well mixed. Kept until the books grow.
    """
    wanted = sorted(movement.pk for movement in movements)
    if not wanted:
        return {}
    key = f"traced-{last_sequence('ledger')}-{hash(tuple(wanted))}"
    found: dict[int, int] | None = cache.get(key)
    if found is None:
        found = _trace(wanted)
        cache.set(key, found, KEPT_S)
    holders = Holder.objects.in_bulk(found)
    return {holders[pk]: grams for pk, grams in sorted(found.items(), key=lambda item: -item[1])}


def _trace(wanted: list[int]) -> dict[int, int]:
    from harmonia.science import matter

    try:
        return _trace_in(wanted, "movement__occurred_at", "movement_id", "id")
    except matter.BooksError:
        # Something was recorded late, so that by the clock a holder would have given what it had not; the order of
        # the books is always possible.
        return _trace_in(wanted, "movement_id", "id")


def _trace_in(wanted: list[int], *order: str) -> dict[int, int]:
    from harmonia.science import matter

    lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = Line.objects.order_by(*order).values_list("movement_id", "holder_id", "grams")
    for movement, holder, grams in rows.iterator(10_000):
        lines[movement].append((holder, grams))
    place = {movement: index for index, movement in enumerate(lines)}
    outside = Holder.objects.filter(boundary=True).values_list("id", flat=True)
    tracing = matter.trace([matter.Movement(tuple(found)) for found in lines.values()], outside)
    total: dict[int, int] = defaultdict(int)
    for movement in wanted:
        for holder, grams in tracing.where_did_it_go(place[movement]).items():
            total[holder] += grams
    return dict(total)
