"""Read what lies free to be made into something."""

from dataclasses import dataclass

from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import Holder, Substance


@dataclass(frozen=True)
class Source:
    """Grams [g] of a substance that lie somewhere, free to be made into something."""

    holder: Holder
    substance: Substance
    grams: int


def sources() -> list[Source]:
    """Return what lies at workshops and collection points, what is made into things first."""
    usable = {Substance.Use.MAKES: 0, Substance.Use.ROTS: 1}
    found = [
        Source(holder, substance, grams)
        for kind in (Holder.Kind.WORKSHOP, Holder.Kind.POINT)
        for holder in ledger.holders(kind)
        for substance, grams in ledger.stock(holder).items()
        if substance.use in usable
    ]
    return sorted(
        found, key=lambda s: (usable[Substance.Use(s.substance.use)], s.holder.kind != Holder.Kind.WORKSHOP)
    )
