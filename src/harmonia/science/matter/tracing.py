"""Where a kilogram went, and who fed an output: modelled shares over exact books.

Well-mixed compartments, as in the tracer kinetics of Eriksson (1971), Compartment models and reservoir
theory, Annual Review of Ecology and Systematics 2:67. https://doi.org/10.1146/annurev.es.02.110171.000435
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from harmonia.science.matter.books import Books, BooksError, Movement, books
from harmonia.science.matter.rounding import largest_remainder
from harmonia.science.matter.sweeps import Floats, carry_backward, carry_forward, mixing_shares


@dataclass(frozen=True, eq=False)
class Tracing:
    """Books with their mixing shares worked out once, to be asked many times."""

    books: Books
    share: Floats

    def forward(self, deposit: int) -> Floats:
        """Return (holders,) unrounded grams [g] of one deposit at the end."""
        self._deposited(deposit)
        return carry_forward(self.books, self.share, deposit)

    def backward(self, *outputs: int) -> Floats:
        """Return (movements,) unrounded grams [g] of every deposit in one holder, or in several, at the end."""
        for output in outputs:
            if not 0 <= output < len(self.books.boundary):
                raise BooksError(f"There is no holder {output}.")
        return carry_backward(self.books, self.share, outputs)

    def where_did_it_go(self, deposit: int) -> dict[int, int]:
        """Return holder -> whole grams [g]; they sum to what the deposit brought in."""
        grams = self._deposited(deposit)
        mark = self.forward(deposit)
        places = np.flatnonzero(mark).tolist()
        return largest_remainder({place: float(mark[place]) for place in places}, grams)

    def who_fed(self, *outputs: int) -> dict[int, int]:
        """Return deposit -> whole grams [g]; they sum to what of all deposits is in the outputs."""
        fed = self.backward(*outputs)
        places = np.flatnonzero(fed).tolist()
        shares = {place: float(fed[place]) for place in places}
        return largest_remainder(shares, round(sum(shares.values())))

    def _deposited(self, deposit: int) -> int:
        if not 0 <= deposit < len(self.books):
            raise BooksError(f"There is no movement {deposit}.")
        grams = int(self.books.drawn_from_outside()[deposit])
        if not grams:
            raise BooksError(f"Movement {deposit} brings nothing in from outside; it is no deposit.")
        return grams


def trace(movements: Books | Sequence[Movement], boundary: Iterable[int] = ()) -> Tracing:
    """Prepare books for tracing; raise BooksError where a line draws more than its holder holds."""
    laid = movements if isinstance(movements, Books) else books(movements, boundary)
    return Tracing(laid, mixing_shares(laid))


def where_did_it_go(
    movements: Books | Sequence[Movement], deposit: int, boundary: Iterable[int] = ()
) -> Mapping[int, int]:
    """Follow one deposit to where it is now.

    Parameters
    ----------
    movements
        In the order they happened; holders start empty, boundary holders are endless.
    deposit
        Index of the movement that brought matter in from a boundary holder.
    boundary
        Holders outside: sources and sinks. What arrives there stays there.

    Returns
    -------
    Mapping
        Holder -> grams [g], whole, summing exactly to the deposit. Modelled shares, not measured ones.

    Raises
    ------
    BooksError
        Lines that do not sum to 0, an overdrawn holder, or a movement that is no deposit.
    """
    return trace(movements, boundary).where_did_it_go(deposit)


def who_fed(
    movements: Books | Sequence[Movement], output: int, boundary: Iterable[int] = ()
) -> Mapping[int, int]:
    """Return which deposits (movement indices) are in holder `output` now, in whole grams [g].

    The exact transpose of `where_did_it_go` before rounding.
    """
    return trace(movements, boundary).who_fed(output)
