"""The books of the database laid out as arrays for `science.matter`: a million movements in a second or two.

Leaves do not mix with the scraps in the bin beside them: a compartment is one substance at one holder.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from harmonia.commons.ledger.models import Holder

if TYPE_CHECKING:
    import numpy.typing as npt

    from harmonia.science.matter import Tracing

    Numbers = npt.NDArray[Any]

CHUNK = 50_000
STIRRED = (Holder.Kind.DIGESTER, Holder.Kind.GAS_STORE)


@dataclass(frozen=True, eq=False)
class Laid:
    """Books ready to be traced: `movement` (movements,) is the number of each in the order followed, `holder`
    and `substance` (compartments,) what each compartment is."""

    movement: "Numbers"
    holder: "Numbers"
    substance: "Numbers"
    tracing: "Tracing"

    def stirred(self) -> "Numbers":
        """Return (compartments,) which are stirred in truth: in digesters and gas stores."""
        return _are_in(self.holder, Holder.objects.filter(kind__in=STIRRED).values_list("id", flat=True))

    def ends_of(self, movements: "Numbers") -> "tuple[Numbers, Numbers]":
        """Return for each of some movements (by their order) the compartment outside that gave most, and the holder
        that got most."""
        import numpy as np

        books = self.tracing.books
        owner = np.repeat(np.arange(len(books)), np.diff(books.first))
        given = np.where(books.boundary[books.holder], -books.grams, 0)
        source, place = np.zeros(len(books), dtype=np.int64), np.zeros(len(books), dtype=np.int64)
        order = np.argsort(given, kind="stable")  # of several lines of a movement the last written counts
        source[owner[order]] = books.holder[order]
        order = np.argsort(books.grams, kind="stable")
        place[owner[order]] = self.holder[books.holder[order]]
        return source[movements], place[movements]

    def compartments_of(self, holder: int) -> list[int]:
        """Return the compartments of a holder."""
        return [place for place, found in enumerate(self.holder.tolist()) if found == holder]


def lay_out() -> Laid:
    """Return every movement in the order in which it happened.

    Something may have been recorded late, so that by the clock a holder would have given what it had not; then in the
    order of the books, which is always possible.
    """
    from harmonia.science.matter import BooksError

    lines = _table("SELECT movement_id, holder_id, substance_id, grams FROM ledger_line ORDER BY id", 4)
    happened = _table("SELECT id FROM ledger_movement ORDER BY occurred_at, id", 1)[:, 0]
    try:
        return _laid(lines, happened)
    except BooksError:
        happened.sort()
        return _laid(lines, happened)


def _laid(lines: "Numbers", movement: "Numbers") -> Laid:
    import numpy as np

    from harmonia.science.matter import Books, trace

    place = np.zeros(int(movement.max(initial=0)) + 1, dtype=np.int64)
    place[movement] = np.arange(len(movement))
    at = place[lines[:, 0]]
    order = np.argsort(at, kind="stable")
    first = np.concatenate(([0], np.cumsum(np.bincount(at, minlength=len(movement))))).astype(np.int64)
    substances = int(lines[:, 2].max(initial=0)) + 1
    pairs, compartment = np.unique(lines[:, 1] * substances + lines[:, 2], return_inverse=True)
    holder = pairs // substances
    outside = _are_in(holder, Holder.objects.filter(boundary=True).values_list("id", flat=True))
    grams = np.ascontiguousarray(lines[order, 3])
    books = Books(first, compartment[order].astype(np.int64), grams, outside)
    return Laid(movement, holder, pairs % substances, trace(books))


def _are_in(holder: "Numbers", chosen: Iterable[int]) -> "Numbers":
    import numpy as np

    return np.isin(holder, list(chosen))


def _table(statement: str, columns: int) -> "Numbers":
    import numpy as np

    chunks = [np.array(rows, dtype=np.int64).reshape(-1, columns) for rows in _chunks(statement)]
    return np.concatenate([np.empty((0, columns), dtype=np.int64), *chunks])


def _chunks(statement: str) -> Iterator[list[tuple[int, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(CHUNK):
            yield rows
