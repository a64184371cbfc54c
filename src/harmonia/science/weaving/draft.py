"""The draft: what a weaver needs to set up a loom, in whole numbers.

Arrays only, so that a draft of thousands of ends costs little. Rising shed throughout: what a pick
lifts is what lies on top of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Colours = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Treadling = tuple[tuple[int, ...], ...]

LINEN = (236, 221, 190)
UMBER = (58, 44, 38)


class DraftError(ValueError):
    """A draft that cannot be: a thread on no shaft, arrays that disagree; the message is one sentence."""


@dataclass(frozen=True, eq=False)
class Draft:
    """Ends (warp threads) and picks (weft threads), and how they cross.

    `threading` (ends,) shaft of each end from 1, 0 where an end goes through none; `liftplan`
    (picks, shafts) raised shafts; colours (ends, 3) and (picks, 3) sRGB 0-255; spacings (ends,) and
    (picks,) [mm]; systems (ends,) and (picks,) from 0, where a cloth has more than one warp or weft:
    0 binds the ground, 1 floats a pattern over it; thicknesses (ends,) and (picks,) [mm], 0 where nothing is
    said. `notes` are the weaver's own lines. `tieup` (treadles, shafts) and `treadling` (treadles
    from 1 of each pick) are kept where the draft has them, and always say the same as the lift plan.

    Raises
    ------
    DraftError
        The arrays do not fit together.
    """

    threading: Ints
    liftplan: Bools
    warp_colours: Colours
    weft_colours: Colours
    warp_spacing_mm: Floats = field(default_factory=lambda: np.ones(0))
    weft_spacing_mm: Floats = field(default_factory=lambda: np.ones(0))
    warp_systems: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    weft_systems: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    tieup: Bools | None = None
    treadling: Treadling | None = None
    title: str = ""
    notes: str = ""
    warp_thickness_mm: Floats = field(default_factory=lambda: np.zeros(0))
    weft_thickness_mm: Floats = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", " ".join(self.title.split()))
        object.__setattr__(self, "notes", _lines(self.notes))
        for side, length in (("warp", self.ends), ("weft", self.picks)):
            self._fill(f"{side}_spacing_mm", np.ones(length))
            self._fill(f"{side}_systems", np.zeros(length, dtype=np.int64))
            self._fill(f"{side}_thickness_mm", np.zeros(length))
            self._check_shape(f"{side}_colours", (length, 3))
            self._check_shape(f"{side}_spacing_mm", (length,))
            self._check_shape(f"{side}_thickness_mm", (length,))
            self._check_shape(f"{side}_systems", (length,))
        if self.ends and not 0 <= self.threading.min() <= self.threading.max() <= self.shafts:
            raise DraftError(f"An end is threaded outside shafts 0 … {self.shafts}.")
        self._check_treadling()

    def _fill(self, name: str, usual: npt.NDArray[Any]) -> None:
        if len(getattr(self, name)) == 0:
            object.__setattr__(self, name, usual)

    def _check_shape(self, name: str, shape: tuple[int, ...]) -> None:
        if getattr(self, name).shape != shape:
            raise DraftError(f"{name} has shape {getattr(self, name).shape} instead of {shape}.")

    def _check_treadling(self) -> None:
        if (self.tieup is None) != (self.treadling is None):
            raise DraftError("A tie-up needs a treadling, and a treadling a tie-up.")
        if self.tieup is None or self.treadling is None:
            return
        if not np.array_equal(lift(self.tieup, self.treadling), self.liftplan):
            raise DraftError("Tie-up and treadling lift other shafts than the lift plan.")

    @property
    def ends(self) -> int:
        """Return the number of warp threads."""
        return len(self.threading)

    @property
    def picks(self) -> int:
        """Return the number of weft threads."""
        return len(self.liftplan)

    @property
    def shafts(self) -> int:
        """Return the number of shafts."""
        return int(self.liftplan.shape[1])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Draft):
            return NotImplemented
        words = (self.title, self.notes) == (other.title, other.notes)
        return words and self.treadling == other.treadling and _same_arrays(self, other)

    __hash__ = None  # type: ignore[assignment]  # arrays can change, as in numpy itself


def _same_arrays(one: Draft, two: Draft) -> bool:
    names = ("threading", "liftplan", "warp_colours", "weft_colours", "warp_systems", "weft_systems", "tieup")
    if not all(_same(getattr(one, name), getattr(two, name)) for name in names):
        return False
    lengths = [f"{side}_{what}_mm" for side in ("warp", "weft") for what in ("spacing", "thickness")]
    return all(np.allclose(getattr(one, name), getattr(two, name), rtol=0, atol=1e-6) for name in lengths)


def _lines(text: str) -> str:
    """Return lines as a file can hold them: no marks that steer a printer, nothing at their ends."""
    lines = (re.sub("[\x00-\x08\x0e-\x1f\x7f\ufeff]", "", line).strip() for line in text.splitlines())
    return "\n".join(lines).strip("\n")


def _same(one: npt.NDArray[Any] | None, two: npt.NDArray[Any] | None) -> bool:
    if one is None or two is None:
        return one is two
    return np.array_equal(one, two)


def lift(tieup: Bools, treadling: Sequence[Sequence[int]]) -> Bools:
    """Return the lift plan (picks, shafts) of a tie-up (treadles, shafts): several treadles add up."""
    picks, shafts = len(treadling), tieup.shape[1]
    plan = np.zeros((picks, shafts), dtype=np.bool_)
    lengths = np.fromiter((len(treadles) for treadles in treadling), dtype=np.int64, count=picks)
    pick = np.repeat(np.arange(picks), lengths)
    treadle = np.fromiter(
        (t for treadles in treadling for t in treadles), dtype=np.int64, count=lengths.sum()
    )
    if len(treadle) and not 1 <= treadle.min() <= treadle.max() <= len(tieup):
        raise DraftError(f"A pick uses a treadle outside 1 … {len(tieup)}.")
    np.logical_or.at(plan, pick, tieup[treadle - 1])
    return plan


def drawdown(draft: Draft) -> Bools:
    """Return (picks, ends), True where the warp lies on top."""
    columns = np.concatenate((np.zeros((draft.picks, 1), dtype=np.bool_), draft.liftplan), axis=1)
    return np.asarray(columns[:, draft.threading])
