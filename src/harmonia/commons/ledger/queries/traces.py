"""Where deposits went, and who fed an output."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from harmonia.commons.ledger import tracing
from harmonia.commons.ledger.models import Holder, Household, Line, Movement, Substance
from harmonia.commons.ledger.queries.stocks import stock
from harmonia.commons.ledger.tracing import Trail
from harmonia.commons.people.models import Person


def where_did_it_go(movements: Iterable[Movement]) -> Trail:
    """Return where deposits are now and which way they took; modelled shares over exact books (see `tracing`)."""
    return tracing.where_did_it_go(movements)


@dataclass(frozen=True)
class Source:
    """Grams [g] of one material in an output with its range, from how many movements.

    `place` is where it was brought, or from which part of the world outside it came (then `outside`).
    """

    material: Substance
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
    rows = _rows(list(fed))
    grams: Counter[tuple[int, str, bool]] = Counter()
    numbers: dict[tuple[int, str, bool], list[int]] = defaultdict(list)
    for number, row in rows.items():
        key = (row.material, row.place, not row.homes)
        grams[key] += fed[number]
        numbers[key].append(number)
    keys = [key for key, held in grams.most_common() if held]
    ranges = tracing.ranges_in(output, [sorted(numbers[key]) for key in keys])
    materials = Substance.objects.in_bulk({key[0] for key in keys})
    sources = tuple(
        Source(
            materials[key[0]],
            *key[1:],
            grams[key],
            len(numbers[key]),
            min(grams[key], around[0]),
            max(grams[key], around[1]),
        )
        for key, around in zip(keys, ranges, strict=True)
    )
    homes = {home for row in rows.values() for home in row.homes}
    mine = (
        Household.objects.filter(person=person).values_list("holder_id", flat=True).first()
        if person
        else None
    )
    own = sum(fed[number] for number, row in rows.items() if mine in row.homes)
    return Fed(sum(stock(output).values()), sources, len(homes), own)


@dataclass
class _Deposit:
    """What a movement brought in: the material that came from outside, where to, or from which part of the outside."""

    material: int
    place: str
    homes: set[int]


def _rows(numbers: list[int]) -> dict[int, _Deposit]:
    found: dict[int, _Deposit] = {}
    for begin in range(0, len(numbers), 500):  # SQLite takes so many in one question
        lines = Line.objects.filter(movement_id__in=numbers[begin : begin + 500]).select_related("holder")
        for line in lines.order_by("-grams"):  # the place that receives comes first, the outside last
            row = found.setdefault(line.movement_id, _Deposit(line.substance_id, line.holder.name, set()))
            if line.grams < 0 and line.holder.boundary:
                row.material = line.substance_id
                if line.holder.kind == Holder.Kind.HOUSEHOLD:
                    row.homes.add(line.holder_id)
                elif not row.homes:
                    row.place = line.holder.name
    return found
