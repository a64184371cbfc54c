"""What would go wrong at the loom, as named findings."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from harmonia.science.weaving.draft import Bools, Draft, Floats, Ints, drawdown

SELVEDGE_PICKS = 4  # two turns of the shuttle: after that an edge end hangs loose


@dataclass(frozen=True, slots=True)
class Limits:
    """What a loom and its weaver allow; floats longer than both limits' smaller one are found."""

    float_threads: int = 10
    float_mm: float = 10.0
    shafts: int = 24
    colours: int = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of fault: its name, where it first shows (end and pick from 1, 0 = all), a sentence."""

    name: str
    end: int
    pick: int
    sentence: str


def check(draft: Draft, limits: Limits | None = None) -> list[Finding]:
    """Return what keeps a draft from being woven well; an empty list means: weave it."""
    allowed = limits or Limits()
    raised = drawdown(draft)
    return [
        *_floats(draft, raised, allowed),
        *_selvedges(raised),
        *_sheds(draft, raised),
        *_threading(draft),
        *_loom(draft, allowed),
    ]


def runs(sides: Bools) -> tuple[Ints, Ints, Ints]:
    """Return (row, start, length) of every run of True along the rows of (rows, columns)."""
    padded = np.zeros((sides.shape[0], sides.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = sides
    edges = np.diff(padded, axis=1)
    row, start = np.nonzero(edges == 1)
    stop = np.nonzero(edges == -1)[1]
    return row, start, stop - start


@dataclass(frozen=True, slots=True)
class _Float:
    """The longest of `count` floats that are too long; `row` and `start` from 0."""

    row: int
    start: int
    threads: int
    length_mm: float
    count: int

    def sentence(self, system: str, crossed: str, end: int, pick: int) -> str:
        """Say where it is and why it matters."""
        many = f"{self.count} {system} floats are" if self.count > 1 else f"1 {system} float is"
        return (
            f"{many} too long; the longest passes over {self.threads} {crossed} "
            f"({self.length_mm:.1f} mm) from end {end}, pick {pick}, and will catch on fingers."
        )


def _floats(draft: Draft, raised: Bools, limits: Limits) -> Iterator[Finding]:
    weft = _worst(~raised, draft.warp_spacing_mm, limits)
    if weft:
        end, pick = weft.start + 1, weft.row + 1
        yield Finding("weft float", end, pick, weft.sentence("weft", "ends", end, pick))
    warp = _worst(raised.T, draft.weft_spacing_mm, limits)
    if warp:
        end, pick = warp.row + 1, warp.start + 1
        yield Finding("warp float", end, pick, warp.sentence("warp", "picks", end, pick))


def _worst(sides: Bools, spacing_mm: Floats, limits: Limits) -> _Float | None:
    """Return the longest float, where one is too long."""
    row, start, threads = runs(sides)
    along = np.concatenate(([0.0], np.cumsum(spacing_mm)))
    length = along[start + threads] - along[start]
    long = (threads > limits.float_threads) | ((length > limits.float_mm) & (threads > 1))
    if not long.any():
        return None
    worst = int(np.flatnonzero(long)[np.argmax(length[long])])
    return _Float(
        int(row[worst]), int(start[worst]), int(threads[worst]), float(length[worst]), int(long.sum())
    )


def _selvedges(raised: Bools) -> Iterator[Finding]:
    for end in sorted({0, raised.shape[1] - 1}):
        column = raised[:, end][None, :]
        for side in (column, ~column):
            _, start, length = runs(side)
            if len(length) and length.max() > SELVEDGE_PICKS:
                worst = int(np.argmax(length))
                first = int(start[worst]) + 1
                sentence = (
                    f"The edge end {end + 1} is not caught for {length[worst]} picks from pick {first}; "
                    f"add a floating selvedge."
                )
                yield Finding("uncaught selvedge", end + 1, first, sentence)
                break


def _sheds(draft: Draft, raised: Bools) -> Iterator[Finding]:
    threaded = raised[:, draft.threading > 0]
    empty = np.flatnonzero(threaded.all(axis=1) | ~threaded.any(axis=1))
    if len(empty):
        sentence = f"{_count(len(empty), 'pick')} no shed, first pick {empty[0] + 1}: its weft binds nothing."
        yield Finding("empty shed", 0, int(empty[0]) + 1, sentence)


def _threading(draft: Draft) -> Iterator[Finding]:
    loose = np.flatnonzero(draft.threading == 0)
    if len(loose):
        sentence = f"{_count(len(loose), 'end')} no shaft, first end {loose[0] + 1}: nothing lifts it."
        yield Finding("unthreaded end", int(loose[0]) + 1, 0, sentence)


def _count(number: int, noun: str) -> str:
    return f"1 {noun} has" if number == 1 else f"{number} {noun}s have"


def _loom(draft: Draft, limits: Limits) -> Iterator[Finding]:
    if draft.shafts > limits.shafts:
        sentence = f"The draft needs {draft.shafts} shafts; the loom has {limits.shafts}."
        yield Finding("too many shafts", 0, 0, sentence)
    colours = len(np.unique(np.concatenate((draft.warp_colours, draft.weft_colours)), axis=0))
    if colours > limits.colours:
        yield Finding(
            "too many colours", 0, 0, f"The draft needs {colours} yarns; {limits.colours} are allowed."
        )
