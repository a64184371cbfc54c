"""What would go wrong at the loom, as named findings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from harmonia.science.weaving.draft import Bools, Draft, drawdown
from harmonia.science.weaving.floats import SELVEDGE_PICKS, Limits, Runs, long_runs, selvedge_runs, woven


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of fault: its name, where it first shows (end and pick from 1, 0 = all), a sentence.

    `length_mm` [mm] of a float or a loose edge, None where nothing has a length.
    """

    name: str
    end: int
    pick: int
    sentence: str
    length_mm: float | None = None


def check(draft: Draft, limits: Limits | None = None) -> list[Finding]:
    """Return what keeps a draft from being woven well; an empty list means: weave it.

    Floats are looked for on the face (weft over ends, warp over picks) and on the back.
    """
    allowed = limits or Limits()
    raised = drawdown(draft)
    return [
        *_weft_floats(draft, raised, allowed),
        *_warp_floats(draft, raised, allowed),
        *_selvedges(draft, raised),
        *_sheds(draft, raised),
        *_threading(draft),
        *_loom(draft, allowed),
    ]


@dataclass(frozen=True, slots=True)
class _Longest:
    """The longest of `count` floats that are too long; `row` and `start` from 0."""

    row: int
    start: int
    threads: int
    length_mm: float
    face: bool
    count: int

    def finding(self, system: str, crossed: str, end: int, pick: int) -> Finding:
        """Say where it is and why it matters."""
        many = f"{self.count} {system} floats are" if self.count > 1 else f"1 {system} float is"
        passes = "passes over" if self.face else "passes on the back over"
        sentence = (
            f"{many} too long; the longest {passes} {self.threads} {crossed} "
            f"({self.length_mm:.1f} mm) from end {end}, pick {pick}, and will catch on fingers."
        )
        return Finding(f"{system} float", end, pick, sentence, self.length_mm)


def _weft_floats(draft: Draft, raised: Bools, limits: Limits) -> Iterator[Finding]:
    longest = _longest(long_runs(raised, draft.warp_spacing_mm, limits), face_is_above=False)
    if longest:
        yield longest.finding("weft", "ends", longest.start + 1, longest.row + 1)


def _warp_floats(draft: Draft, raised: Bools, limits: Limits) -> Iterator[Finding]:
    threaded, ends = woven(draft, raised)
    longest = _longest(long_runs(threaded.T, draft.weft_spacing_mm, limits), face_is_above=True)
    if longest:
        yield longest.finding("warp", "picks", int(ends[longest.row]) + 1, longest.start + 1)


def _longest(blocks: Iterable[Runs], *, face_is_above: bool) -> _Longest | None:
    """Return the longest run, the first of equals, and how many there are."""
    longest, count = None, 0
    for runs in blocks:
        count += len(runs.row)
        if len(runs.row):
            worst = int(np.argmax(runs.length_mm))
            if longest is None or runs.length_mm[worst] > longest.length_mm:
                longest = _Longest(
                    int(runs.row[worst]),
                    int(runs.start[worst]),
                    int(runs.threads[worst]),
                    float(runs.length_mm[worst]),
                    bool(runs.above[worst]) == face_is_above,
                    0,
                )
    return longest and replace(longest, count=count)


def _selvedges(draft: Draft, raised: Bools) -> Iterator[Finding]:
    for end, pick, picks in selvedge_runs(raised):
        if picks > SELVEDGE_PICKS:
            length = float(draft.weft_spacing_mm[pick : pick + picks].sum())
            sentence = (
                f"The edge end {end + 1} is not caught for {picks} picks ({length:.1f} mm) "
                f"from pick {pick + 1}; add a floating selvedge."
            )
            yield Finding("uncaught selvedge", end + 1, pick + 1, sentence, length)


def _sheds(draft: Draft, raised: Bools) -> Iterator[Finding]:
    threaded, _ = woven(draft, raised)
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
        sentence = f"The draft needs {colours} yarns; {limits.colours} are allowed."
        yield Finding("too many colours", 0, 0, sentence)
