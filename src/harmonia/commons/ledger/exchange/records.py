"""The books as plain records, between the database and any format."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from harmonia.commons.ledger.models import DropOff, Holder, Line, Movement


class BadBooks(Exception):
    """The text is no books of ours; the message is one sentence."""


@dataclass(frozen=True)
class Place:
    """A holder as others read it."""

    code: str
    name: str
    kind: str
    where: str = ""
    is_open: bool = True


@dataclass(frozen=True)
class Seen:
    """What was seen in the bucket of a drop-off."""

    point: str
    foreign_kind: str
    foreign_percent: int


@dataclass(frozen=True)
class Entry:
    """One movement: `lines` are (holder code, substance code, grams [g]) that sum to zero."""

    number: int
    action: str
    occurred_at: datetime
    recorded_at: datetime
    key: str
    lines: tuple[tuple[str, str, int], ...]
    recorder: UUID | None = None
    reverses: int | None = None
    estimated: bool = False
    note: str = ""
    seen: Seen | None = None


@dataclass(frozen=True)
class Books:
    """Every place, and every movement in order."""

    places: tuple[Place, ...]
    entries: Iterable[Entry]


CHUNK = 20_000


def read_books() -> Books:
    """Return the books of this database; entries are read as they are asked for."""
    fields = ("code", "name", "kind", "where", "is_open")
    places = tuple(Place(*row) for row in Holder.objects.order_by("code").values_list(*fields))
    return Books(places, _entries())


def _entries() -> Iterator[Entry]:
    last = 0
    while True:
        heads = list(Movement.objects.filter(id__gt=last).order_by("id")[:CHUNK])
        if not heads:
            return
        first, last = heads[0].pk, heads[-1].pk
        lines = _lines(first, last)
        seen = _seen(first, last)
        for head in heads:
            yield Entry(
                number=head.pk,
                action=head.action,
                occurred_at=head.occurred_at,
                recorded_at=head.recorded_at,
                key=head.key,
                lines=tuple(lines[head.pk]),
                recorder=head.recorder,
                reverses=head.reverses_id,
                estimated=head.estimated,
                note=head.note,
                seen=seen.get(head.pk),
            )


def _lines(first: int, last: int) -> dict[int, list[tuple[str, str, int]]]:
    found: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    rows = Line.objects.filter(movement_id__gte=first, movement_id__lte=last).order_by("movement_id", "id")
    for number, holder, substance, grams in rows.values_list(
        "movement_id", "holder__code", "substance__code", "grams"
    ):
        found[number].append((holder, substance, grams))
    return found


def _seen(first: int, last: int) -> dict[int, Seen]:
    rows = DropOff.objects.filter(movement_id__gte=first, movement_id__lte=last).values_list(
        "movement_id", "point__code", "foreign_kind", "foreign_percent"
    )
    return {number: Seen(point, kind, percent) for number, point, kind, percent in rows}
