"""Where deposits went, and who fed an output."""

from collections.abc import Iterable
from dataclasses import dataclass

from harmonia.commons.ledger import tracing
from harmonia.commons.ledger.models import Holder, Household, Movement, Substance
from harmonia.commons.ledger.queries.stocks import stock
from harmonia.commons.ledger.tracing import Trail
from harmonia.commons.people.models import Person


def where_did_it_go(movements: Iterable[Movement]) -> Trail:
    """Return where deposits are now and which way they took; modelled shares over exact books (see `tracing`)."""
    return tracing.where_did_it_go(movements)


@dataclass(frozen=True)
class Source:
    """Grams [g] of one material in an output with its range, from how many movements.

    `place` is where it was brought, or from which part of the world outside it came (then `outside`). Without a
    material: everything else together.
    """

    material: Substance | None
    place: str
    outside: bool
    grams: int
    movements: int
    low: float
    high: float


@dataclass(frozen=True)
class Fed:
    """What an output was made of: `own_g` [g] of it are the asking person's, `homes` households fed it."""

    stock_g: int
    sources: tuple[Source, ...]
    homes: int
    own_g: int

    @property
    def total_g(self) -> int:
        """What could be traced to its deposits [g]."""
        return sum(source.grams for source in self.sources)


def who_fed(output: Holder, person: Person | None = None) -> Fed:
    """Return what fed a holder, by material and point: no household is named, only one's own is counted."""
    fed = tracing.who_fed(output)
    materials = Substance.objects.in_bulk()
    places = Holder.objects.in_bulk({group.place for group in fed.groups})
    sources = tuple(
        Source(
            materials.get(group.substance),
            places[group.place].name if group.place else "",
            group.outside,
            group.grams,
            group.movements,
            group.low,
            group.high,
        )
        for group in fed.groups
    )
    mine = (
        Household.objects.filter(person=person).values_list("holder_id", flat=True).first()
        if person
        else None
    )
    return Fed(sum(stock(output).values()), sources, len(fed.homes), fed.homes.get(mine or 0, 0))
