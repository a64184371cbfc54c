"""The books of the database laid out as arrays for `science.matter`: a million movements in a second or two."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from harmonia.commons.ledger.models import Holder

if TYPE_CHECKING:
    import numpy.typing as npt

    from harmonia.science.matter import Tracing

CHUNK = 50_000
STIRRED = (Holder.Kind.DIGESTER, Holder.Kind.GAS_STORE)


@dataclass(frozen=True, eq=False)
class Laid:
    """Books ready to be traced: `movement` (movements,) is the number of each in the order followed; holders keep
    their numbers."""

    movement: "npt.NDArray[Any]"
    tracing: "Tracing"


def lay_out() -> Laid:
    """Return every movement in the order in which it happened.

    Something may have been recorded late, so that by the clock a holder would have given what it had not; then in the
    order of the books, which is always possible.
    """
    from harmonia.science.matter import BooksError

    lines = _table("SELECT movement_id, holder_id, grams FROM ledger_line ORDER BY id", 3)
    happened = _table("SELECT id FROM ledger_movement ORDER BY occurred_at, id", 1)[:, 0]
    try:
        return _laid(lines, happened)
    except BooksError:
        happened.sort()
        return _laid(lines, happened)


def stirred(holders: int) -> "npt.NDArray[Any]":
    """Return (holders,) which are stirred in truth: digesters and gas stores."""
    return _marks(Holder.objects.filter(kind__in=STIRRED).values_list("id", flat=True), holders)


def _laid(lines: "npt.NDArray[Any]", movement: "npt.NDArray[Any]") -> Laid:
    import numpy as np

    from harmonia.science.matter import Books, trace

    size = int(movement.max(initial=0)) + 1
    place = np.zeros(size, dtype=np.int64)
    place[movement] = np.arange(len(movement))
    at = place[lines[:, 0]]
    order = np.argsort(at, kind="stable")
    first = np.concatenate(([0], np.cumsum(np.bincount(at, minlength=len(movement))))).astype(np.int64)
    holder = np.ascontiguousarray(lines[order, 1])
    holders = max(int(holder.max(initial=0)), _last_holder()) + 1
    outside = _marks(Holder.objects.filter(boundary=True).values_list("id", flat=True), holders)
    return Laid(movement, trace(Books(first, holder, np.ascontiguousarray(lines[order, 2]), outside)))


def _last_holder() -> int:
    return Holder.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _marks(numbers: Any, size: int) -> "npt.NDArray[Any]":
    import numpy as np

    marks = np.zeros(size, dtype=np.bool_)
    marks[list(numbers)] = True
    return marks


def _table(statement: str, columns: int) -> "npt.NDArray[Any]":
    import numpy as np

    chunks = [np.array(rows, dtype=np.int64).reshape(-1, columns) for rows in _chunks(statement)]
    return np.concatenate([np.empty((0, columns), dtype=np.int64), *chunks])


def _chunks(statement: str) -> Iterator[list[tuple[int, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(CHUNK):
            yield rows
