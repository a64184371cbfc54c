"""Mend floats: tie long ones down, a crossing at a time, towards plain weave."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from harmonia.science.weaving.draft import Bools, Draft, Ints, drawdown
from harmonia.science.weaving.floats import (
    SELVEDGE_PICKS,
    Limits,
    equal_runs,
    long_runs,
    most_surely_short,
    selvedge_runs,
)
from harmonia.science.weaving.ground import tabby
from harmonia.science.weaving.pictures import from_crossings

GOLDEN = (5**0.5 - 1) / 2

Places = tuple[Ints, Ints]


def auto_bind(draft: Draft, limits: Limits | None = None) -> Draft:
    """Return the draft with every float within its limits, and a shed for every pick.

    Long floats are tied down where plain weave would cross, scattered as in satin so that no line shows.
    Every tie makes one more crossing that of plain weave, which has no floats: so mending comes to an end,
    whatever the limits. An edge end is never left loose for longer than it was, or than four picks.

    Where the threading can weave tabby only the lift plan changes, and the loom needs no more shafts; else
    the ends are threaded anew, on as many shafts as the cloth then needs. A draft that needs no mending is
    returned as it is. Tie-up and treadling go, since the lifts change.
    """
    harness = draft if _weaves_tabby(draft.threading) else _single_ends(draft)
    cloth = _Cloth(drawdown(harness), harness, limits or Limits())
    plan, mended = harness.liftplan.copy(), False
    while ties := [tie for tie in cloth.ties() if len(tie[0])]:
        pick, end = (np.concatenate(places) for places in zip(*ties, strict=True))
        plan[pick, harness.threading[end] - 1] = cloth.tabby[pick, end]
        cloth.raised = plan[:, harness.threading - 1]
        mended = True
    if not mended:
        return draft
    bound = harness if harness is draft else from_crossings(cloth.raised)
    liftplan = plan if harness is draft else bound.liftplan
    return replace(draft, threading=bound.threading, liftplan=liftplan, tieup=None, treadling=None)


def _weaves_tabby(threading: Ints) -> bool:
    """Return whether no shaft holds both an odd and an even end."""
    odd, even = set(threading[::2].tolist()), set(threading[1::2].tolist())
    return not odd & even and 0 not in odd | even


def _single_ends(draft: Draft) -> Draft:
    threading = np.arange(1, draft.ends + 1)
    return replace(draft, threading=threading, liftplan=drawdown(draft), tieup=None, treadling=None)


@dataclass(slots=True)
class _Cloth:
    """Crossings that are being mended; ties are places (picks, ends) that must become plain weave."""

    raised: Bools
    harness: Draft
    limits: Limits
    tabby: Bools = field(init=False)
    edges: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        plain = tabby(*self.raised.shape)
        self.tabby = plain if 2 * np.count_nonzero(plain == self.raised) >= plain.size else ~plain
        self.edges = {end: max(loose, SELVEDGE_PICKS) for end, _, loose in selvedge_runs(self.raised)}

    def ties(self) -> Iterator[Places]:
        """Yield where the faults that are left should be tied down."""
        yield from self._along(self.raised, self.tabby, self.harness.warp_spacing_mm)
        for end, pick in self._along(self.raised.T, self.tabby.T, self.harness.weft_spacing_mm):
            yield pick, end
        yield from self._edges()
        yield from self._sheds()

    def _along(self, cells: Bools, plain: Bools, spacing_mm: npt.NDArray[np.float64]) -> Iterator[Places]:
        few = most_surely_short(spacing_mm, self.limits)
        for runs in long_runs(cells, spacing_mm, self.limits):
            yield _spread(cells, plain, (runs.row, runs.start, runs.threads), few)

    def _edges(self) -> Iterator[Places]:
        for end, most in self.edges.items():
            column, plain = self.raised[:, [end]].T, self.tabby[:, [end]].T
            start, loose = equal_runs(column)
            start, loose = start[loose > most], loose[loose > most]
            _, pick = _spread(column, plain, (np.zeros_like(start), start, loose), most)
            yield pick, np.full_like(pick, end)

    def _sheds(self) -> Iterator[Places]:
        ends = self.raised.shape[1]
        if ends > 1:
            pick = np.flatnonzero(self.raised.all(axis=1) | ~self.raised.any(axis=1))
            yield _spread(
                self.raised, self.tabby, (pick, np.zeros_like(pick), np.full_like(pick, ends)), ends
            )


def _spread(cells: Bools, plain: Bools, runs: tuple[Ints, Ints, Ints], few: int) -> Places:
    """Return (row, place) of enough ties in each run (row, start, length) that about `few` lie between them."""
    row, start, length = runs
    count = np.maximum(length // (few + 1), 1)
    number = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    row, start, length, count = (np.repeat(values, count) for values in (row, start, length, count))
    gap = length / (count + 1)
    scatter = (row * GOLDEN % 1 - 0.5) * gap / 2
    place = start + ((number + 1) * gap + scatter).astype(np.int64)
    place = np.clip(place, start, start + length - 1)
    # Plain weave alternates, so where it agrees with the float, it disagrees next door.
    agrees = plain[row, place] == cells[row, place]
    step = np.where(place + 1 < start + length, 1, -1)
    return row, place + np.where(agrees, step, 0)
