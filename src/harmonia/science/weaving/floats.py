"""Floats: how far a thread lies over others, on the face or on the back, without being bound."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from harmonia.science.weaving.draft import Bools, Draft, DraftError, Floats, Ints

SELVEDGE_PICKS = 4  # two turns of the shuttle: after that an edge end hangs loose
BLOCK = 1 << 22  # [crossings] looked at once: bounds the memory


@dataclass(frozen=True, slots=True)
class Limits:
    """What a loom and its weaver allow; a float is too long over more threads or more mm, whichever is less.

    Raises
    ------
    DraftError
        A limit that no cloth can keep.
    """

    float_threads: int = 10
    float_mm: float = 10.0
    shafts: int = 24
    colours: int = 12

    def __post_init__(self) -> None:
        if self.float_threads < 1 or not self.float_mm > 0:
            raise DraftError(
                "A float passes over at least one thread, so its limit is 1 thread or more, and some mm."
            )


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches of one row of crossings that lie on the same side: arrays of equal length, from 0."""

    row: Ints
    start: Ints
    threads: Ints
    above: Bools
    length_mm: Floats


def long_runs(cells: Bools, spacing_mm: Floats, limits: Limits) -> Iterator[Runs]:
    """Yield the runs of (rows, columns) that are too long, a block of rows at a time.

    `spacing_mm` (columns,) of the threads passed over. A run over a single thread is never too long.
    """
    columns = cells.shape[1]
    along = np.concatenate(([0.0], np.cumsum(spacing_mm)))
    few = most_surely_short(spacing_mm, limits)
    height = max(BLOCK // max(columns, 1), 1)
    for top in range(0, len(cells), height):
        place, threads = equal_runs(cells[top : top + height])
        likely = np.flatnonzero(threads > few)
        place, threads = place[likely], threads[likely]
        row, start = np.divmod(place, columns)
        length = along[start + threads] - along[start]
        long = (threads > limits.float_threads) | (length > limits.float_mm)
        row, start, threads = row[long] + top, start[long], threads[long]
        yield Runs(row, start, threads, cells[row, start], length[long])


def most_surely_short(spacing_mm: Floats, limits: Limits) -> int:
    """Return how many threads a float may pass over wherever it lies; 1 at least."""
    widest = float(spacing_mm.max(initial=0.0))
    by_length = int(min(limits.float_mm / widest, limits.float_threads)) if widest else limits.float_threads
    return max(min(by_length, limits.float_threads), 1)


def equal_runs(cells: Bools) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return (place in the flattened array, length) of all runs of equal cells along the rows."""
    begins = np.ones(cells.shape, dtype=np.bool_)
    np.not_equal(cells[:, 1:], cells[:, :-1], out=begins[:, 1:])
    place = np.flatnonzero(begins)
    return place, np.diff(place, append=begins.size)


def selvedge_runs(raised: Bools) -> Iterator[tuple[int, int, int]]:
    """Yield (end from 0, pick from 0, picks) of the longest stretch that leaves each edge end uncaught."""
    for end in sorted({0, raised.shape[1] - 1}):
        start, picks = equal_runs(raised[:, end][None, :])
        longest = int(picks.argmax())
        yield end, int(start[longest]), int(picks[longest])


def woven(draft: Draft, raised: Bools) -> tuple[Bools, Ints]:
    """Return the crossings of threaded ends alone, and which ends they are from 0."""
    ends = np.flatnonzero(draft.threading > 0)
    return (raised, ends) if len(ends) == draft.ends else (raised[:, ends], ends)
