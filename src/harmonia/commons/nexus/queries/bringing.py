"""Read what the plant wants, what was promised and what waits."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus.feeding import rots
from harmonia.commons.nexus.models import Expectation

if TYPE_CHECKING:
    pass

from harmonia.commons.nexus.queries.days import Interval, latest_run


@dataclass(frozen=True)
class BringRow:
    """What a kilogram of a material gives the kitchen [h of cooking/kg], and whether it rests."""

    substance: Substance
    hours_per_kg: Interval | None
    closed: str


def bring_this_week() -> list[BringRow]:
    """Return the materials that feed the plant, the ones worth most first, those that rest last."""
    run = latest_run()
    worth = run.parameters.get("cooking_hours_per_kg", {}) if run else {}
    closures = ledger.closures()
    rows = [
        BringRow(
            substance,
            Interval(*worth[substance.feedstock]) if substance.feedstock in worth else None,
            closures[substance.pk].reason if substance.pk in closures else "",
        )
        for substance in ledger.materials()
        if rots(substance)
    ]
    return sorted(rows, key=lambda r: (bool(r.closed), -(r.hours_per_kg.value if r.hours_per_kg else 0.0)))


def waiting() -> list[tuple[Holder, Substance, int]]:
    """Return what waits at the collection points to be fed: point, material and grams [g]."""
    points = ledger.holders(Holder.Kind.POINT)
    return [(point, s, grams) for point in points for s, grams in ledger.stock(point).items() if rots(s)]


def expectations(source: str | None = None) -> list[Expectation]:
    """Return what was promised, by one source or by all."""
    found = Expectation.objects.select_related("substance")
    return list(found if source is None else found.filter(source=source))
