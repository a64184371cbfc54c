"""Movements of matter between holders, laid out as arrays for the sweeps that trace them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


class BooksError(ValueError):
    """Movements that cannot be: they create, lose or overdraw matter; the message names the first."""


@dataclass(frozen=True, slots=True)
class Movement:
    """Lines (holder, grams [g]): negative lines draw from holders, positive lines receive the mix."""

    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, eq=False)
class Books:
    """Movements in the order they happened, as flat arrays.

    `first` (movements + 1,) is where each movement's lines begin; `holder` and `grams` (lines,) are the
    lines; `boundary` (holders,) marks sources and sinks: they hold no mix, what arrives there stays.
    """

    first: Ints
    holder: Ints
    grams: Ints
    boundary: npt.NDArray[np.bool_]

    def __post_init__(self) -> None:
        if len(self.first) == 0 or self.first[0] != 0 or self.first[-1] != len(self.holder):
            raise BooksError("The movements' lines do not begin at 0 and end with the last line.")
        if len(self.holder) != len(self.grams) or (np.diff(self.first) < 0).any():
            raise BooksError("Holders, grams and movements do not line up.")
        if len(self.holder) and (self.holder.min() < 0 or self.holder.max() >= len(self.boundary)):
            raise BooksError(f"A line names a holder outside 0 … {len(self.boundary) - 1}.")
        self._check_sums()

    def _check_sums(self) -> None:
        running = np.concatenate(([0], np.cumsum(self.grams, dtype=np.int64)))
        sums = running[self.first[1:]] - running[self.first[:-1]]
        broken = np.flatnonzero(sums)
        if len(broken):
            raise BooksError(f"The lines of movement {broken[0]} sum to {sums[broken[0]]} g instead of 0.")

    def __len__(self) -> int:
        return len(self.first) - 1

    @property
    def layout(self) -> tuple[Ints, Ints, Ints, npt.NDArray[np.bool_]]:
        """Return the arrays the sweeps run over."""
        return self.first, self.holder, self.grams, self.boundary

    def drawn_from_outside(self) -> Ints:
        """Return (movements,) grams [g] each movement brings in from boundary holders."""
        entering = np.where(self.boundary[self.holder] & (self.grams < 0), -self.grams, 0)
        running = np.concatenate(([0], np.cumsum(entering, dtype=np.int64)))
        return np.asarray(running[self.first[1:]] - running[self.first[:-1]], dtype=np.int64)


def books(movements: Sequence[Movement], boundary: Iterable[int] = (), holders: int = 0) -> Books:
    """Lay movements out as arrays; `holders` is how many there are, if more than the lines name."""
    lengths = [len(movement.lines) for movement in movements]
    lines = [line for movement in movements for line in movement.lines]
    table = np.array(lines, dtype=np.int64).reshape(-1, 2)
    outside = sorted(set(boundary))
    size = max(holders, int(table[:, 0].max(initial=-1)) + 1, max(outside, default=-1) + 1)
    marks = np.zeros(size, dtype=np.bool_)
    marks[outside] = True
    first = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))).astype(np.int64)
    return Books(first, np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]), marks)
