"""The two sweeps over the books: a mark carried forward, and its exact transpose backward.

A holder is well mixed: g grams drawn from m carry the share g / m of every mark in it. The backward
sweep applies the transposed step of every movement in reverse order (an adjoint), so that one pass
answers for all deposits at once. `layout` is (first, holder, grams, boundary), as in Books.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from harmonia.science.matter.books import Books, BooksError

Floats = npt.NDArray[np.float64]
NUMBA_FROM = 20_000  # lines; below, compiling takes longer than plain Python


def drawn_shares(layout: Any, share: Any, stock: Any) -> int:
    """Fill `share` (lines,) with g / m of each drawing line; return the first overdrawing line, or -1."""
    first, holder, grams, boundary = layout
    for movement in range(len(first) - 1):
        for line in range(first[movement], first[movement + 1]):
            place = holder[line]
            if grams[line] < 0 and not boundary[place]:
                if stock[place] < -grams[line]:
                    return int(line)
                share[line] = -grams[line] / stock[place]
                stock[place] += grams[line]
        for line in range(first[movement], first[movement + 1]):
            if grams[line] > 0:
                stock[holder[line]] += grams[line]
    return -1


def forward(layout: Any, share: Any, entering: Any, deposit: Any, mark: Any) -> None:
    """Carry the marked grams of `deposit` through every later movement, into `mark` (holders,)."""
    first, holder, grams, boundary = layout
    for movement in range(deposit, len(first) - 1):
        carried, total = 0.0, 0
        if movement == deposit:
            carried = float(entering[movement])
        for line in range(first[movement], first[movement + 1]):
            place = holder[line]
            if grams[line] > 0:
                total += grams[line]
            elif grams[line] < 0 and not boundary[place]:
                moved = mark[place] * share[line]
                carried += moved
                mark[place] -= moved
        if carried != 0.0:
            for line in range(first[movement], first[movement + 1]):
                if grams[line] > 0:
                    mark[holder[line]] += carried * (grams[line] / total)


def backward(layout: Any, share: Any, entering: Any, worth: Any, fed: Any) -> None:
    """Fill `fed` (movements,) with the grams of each deposit that `worth` (holders,) counts at the end."""
    first, holder, grams, boundary = layout
    for movement in range(len(first) - 2, -1, -1):
        arriving, total = 0.0, 0
        for line in range(first[movement], first[movement + 1]):
            if grams[line] > 0:
                total += grams[line]
        for line in range(first[movement], first[movement + 1]):
            if grams[line] > 0:
                arriving += worth[holder[line]] * (grams[line] / total)
        fed[movement] = entering[movement] * arriving
        for line in range(first[movement + 1] - 1, first[movement] - 1, -1):
            place = holder[line]
            if grams[line] < 0 and not boundary[place]:
                worth[place] += share[line] * (arriving - worth[place])


@cache
def _compiled(kernel: Callable[..., Any], keep: bool) -> Callable[..., Any]:
    from numba import njit

    try:
        compiled: Callable[..., Any] = njit(cache=keep)(kernel)
    except RuntimeError:  # no folder to keep it in
        compiled = njit(kernel)
    return compiled


def fit(kernel: Callable[..., Any], books: Books, *, keep: bool = True) -> Callable[..., Any]:
    """Return a kernel compiled where the books are long enough to be worth it.

    `keep=False` for one that takes others as arguments: numba would keep it anew for every process.
    """
    return _compiled(kernel, keep) if len(books.holder) >= NUMBA_FROM else kernel


def mixing_shares(books: Books) -> Floats:
    """Return (lines,) the share of its holder's stock each line draws.

    Raises
    ------
    BooksError
        A line draws more than its holder holds; the message names movement and holder.
    """
    share = np.zeros(len(books.holder))
    stock = np.zeros(len(books.boundary), dtype=np.int64)
    kernel = fit(drawn_shares, books)
    line = kernel(books.layout, share, stock)
    if line >= 0:
        movement = int(np.searchsorted(books.first, line, side="right")) - 1
        holder = int(books.holder[line])
        raise BooksError(
            f"Movement {movement} draws {-books.grams[line]} g from holder {holder}, "
            f"which holds {stock[holder]} g."
        )
    return share


def carry_forward(books: Books, share: Floats, deposit: int) -> Floats:
    """Return (holders,) where the grams [g] of one deposit are at the end, unrounded."""
    mark = np.zeros(len(books.boundary))
    entering = books.drawn_from_outside()
    fit(forward, books)(books.layout, share, entering, deposit, mark)
    return mark


def carry_backward(books: Books, share: Floats, outputs: Sequence[int]) -> Floats:
    """Return (movements,) how many grams [g] of each deposit are in `outputs` at the end, unrounded."""
    worth = np.zeros(len(books.boundary))
    worth[list(outputs)] = 1.0
    fed = np.zeros(len(books))
    entering = books.drawn_from_outside()
    fit(backward, books)(books.layout, share, entering, worth, fed)
    return fed
