"""Which way marked grams took: one pass for any number of deposits, between groups of holders."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from harmonia.science.matter.books import Books, BooksError, Ints
from harmonia.science.matter.layers import draw, layered, put, withdraw
from harmonia.science.matter.rounding import largest_remainder
from harmonia.science.matter.sweeps import Floats, fit
from harmonia.science.matter.tracing import Tracing


@dataclass(frozen=True, eq=False)
class Path:
    """Where deposits are, and how they came there.

    `grams` place -> whole grams [g] now, which sum to the deposits; `low`, `high` (places,) [g] the range over three
    ways a heap may be drawn from: well mixed, oldest first, newest first; `flows` (groups, groups) [g] what went from
    group to group, back and forth counted apart.
    """

    grams: dict[int, int]
    low: Floats
    high: Floats
    flows: Floats


def path(
    tracing: Tracing,
    deposits: npt.NDArray[np.bool_],
    group: Ints,
    stirred: npt.NDArray[np.bool_],
    place: Ints | None = None,
) -> Path:
    """Follow deposits through the books.

    Parameters
    ----------
    deposits
        (movements,) which movements are followed; only what they draw from outside is marked.
    group
        (holders,) the group of each holder, from 0.
    stirred
        (holders,) which holders are stirred in truth (a digester, a gas store): they count as well mixed in all
        three ways.
    place
        (holders,) where each holder is, from 0, when several lie in one place (a bin of leaves beside a bin of
        scraps); else every holder is a place.

    Raises
    ------
    BooksError
        None of them brings anything in from outside.
    """
    books = tracing.books
    entering = np.where(deposits, books.drawn_from_outside(), 0)
    total = int(entering.sum())
    if not total:
        raise BooksError("None of these movements brings anything in from outside.")
    mark, flows = _mixed(tracing, entering, group)
    others = [_layered(books, entering, stirred, newest_first) for newest_first in (False, True)]
    ways = [mark, *others] if place is None else [np.bincount(place, weights=way) for way in (mark, *others)]
    together = np.stack(ways)
    shares = {number: float(ways[0][number]) for number in np.flatnonzero(ways[0]).tolist()}
    return Path(largest_remainder(shares, total), together.min(axis=0), together.max(axis=0), flows)


def _mixed(tracing: Tracing, entering: Ints, group: Ints) -> tuple[Floats, Floats]:
    books = tracing.books
    size = int(group.max(initial=-1)) + 1
    mark, flows = np.zeros(len(books.boundary)), np.zeros((size, size))
    moved = np.zeros(len(books.holder))
    begin = int(np.flatnonzero(entering)[0])
    parts = (fit(leave, books), fit(arrive, books))
    fit(carry, books, keep=False)(
        *parts, books.layout, tracing.share, entering, begin, group, moved, mark, flows
    )
    return mark, flows


def _layered(books: Books, entering: Ints, stirred: npt.NDArray[np.bool_], newest_first: bool) -> Floats:
    holders, lines = len(books.boundary), len(books.holder)
    mark, stock = np.zeros(holders), np.zeros(holders, dtype=np.int64)
    ends, after = np.full((2, holders), -1, dtype=np.int64), np.full(lines, -1, dtype=np.int64)
    heap = (ends, np.zeros(lines, dtype=np.int64), np.zeros(lines), after)
    parts = (fit(draw, books), fit(put, books), fit(withdraw, books, keep=False))
    fit(layered, books, keep=False)(*parts, books.layout, entering, stirred, newest_first, heap, mark, stock)
    return mark


def leave(layout: Any, share: Any, entering: Any, moved: Any, mark: Any, movement: Any) -> Any:
    """Fill `moved` with the marked grams each line of a movement draws; return their sum."""
    first, holder, grams, boundary = layout
    outside, carried = 0, 0.0
    for line in range(first[movement], first[movement + 1]):
        moved[line] = 0.0
        if grams[line] < 0 and boundary[holder[line]]:
            outside -= grams[line]
    for line in range(first[movement], first[movement + 1]):
        place = holder[line]
        if grams[line] < 0 and not boundary[place]:
            moved[line] = mark[place] * share[line]
            mark[place] -= moved[line]
        elif grams[line] < 0 and entering[movement] != 0:
            moved[line] = entering[movement] * (-grams[line] / outside)
        carried += moved[line]
    return carried


def arrive(layout: Any, group: Any, moved: Any, mark: Any, flows: Any, movement: Any) -> None:
    """Give each receiving line its part of what every drawing line moved."""
    first, holder, grams, _boundary = layout
    total = 0
    for line in range(first[movement], first[movement + 1]):
        total += max(grams[line], 0)
    for line in range(first[movement], first[movement + 1]):
        if grams[line] > 0:
            part = grams[line] / total
            for source in range(first[movement], first[movement + 1]):
                mark[holder[line]] += moved[source] * part
                flows[group[holder[source]], group[holder[line]]] += moved[source] * part


def carry(
    leave: Any,
    arrive: Any,
    layout: Any,
    share: Any,
    entering: Any,
    begin: Any,
    group: Any,
    moved: Any,
    mark: Any,
    flows: Any,
) -> None:
    """Carry what `entering` (movements,) [g] marks through the books, into `mark` and `flows`.

    `moved` (lines,) is scratch.
    """
    for movement in range(begin, len(layout[0]) - 1):
        if leave(layout, share, entering, moved, mark, movement) != 0.0:
            arrive(layout, group, moved, mark, flows, movement)
