"""Write WIF 1.1: always the lift plan, always a rising shed, sparse over defaults.

Every number with the mark behind it is a word of eight bytes, and a section is one array of words: turning
13 million numbers of a lift plan to text one by one would take longer than everything else.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from harmonia.science.weaving.draft import Bools, Draft, Floats, Ints, Treadling
from harmonia.science.weaving.wif_read import PRIVATE

BLOCK = 1 << 18  # [crossings] of a lift plan written at once: fits the cache
# An empty one still says something: no end is threaded, no shaft is tied.
NEEDED = ("THREADING", "LIFTPLAN", "TIEUP", "TREADLING")
HEAD = """\
[WIF]
Version=1.1
Date=April 20, 1997
Developers=wif@mhsoft.com
Source Program=Harmonia

[CONTENTS]
"""
EQUALS, COMMA, NEWLINE = b"=,\n"
TENS = 10 ** np.arange(6, -1, -1, dtype=np.int32)

Words = npt.NDArray[np.uint64]


def write_wif(draft: Draft, provenance: Mapping[str, str] | None = None) -> str:
    """Return the text of a draft; `provenance` goes into `[PRIVATE HARMONIA]`.

    Tie-up and treadling are written beside the lift plan where the draft has them.
    """
    table, entry = _palette(draft)
    sections = {
        "TEXT": f"Title={draft.title}\n" if draft.title else "",
        "NOTES": _notes(draft),
        "WEAVING": _weaving(draft),
        "COLOR PALETTE": f"Form=RGB\nRange=0,255\nEntries={max(len(table), 1)}\n",
        "COLOR TABLE": "".join(f"{n}={r},{g},{b}\n" for n, (r, g, b) in enumerate(table.tolist(), start=1)),
        **_system("WARP", _Yarns(draft.warp_spacing_mm, draft.warp_thickness_mm), entry[: draft.ends]),
        f"{PRIVATE} WARP SYSTEMS": _sparse(draft.warp_systems, 0),
        **_system("WEFT", _Yarns(draft.weft_spacing_mm, draft.weft_thickness_mm), entry[draft.ends :]),
        f"{PRIVATE} WEFT SYSTEMS": _sparse(draft.weft_systems, 0),
        "THREADING": _sparse(draft.threading, 0),
        "LIFTPLAN": _marks(draft.liftplan),
    }
    if draft.tieup is not None and draft.treadling is not None:
        sections["TIEUP"] = _marks(draft.tieup)
        sections["TREADLING"] = _treadling(draft.treadling)
    if provenance:
        sections[PRIVATE] = "".join(f"{key}={' '.join(text.split())}\n" for key, text in provenance.items())
    present = {name: body for name, body in sections.items() if body or name in NEEDED}
    contents = "".join(f"{name}=true\n" for name in present)
    return "".join((HEAD, contents, *(f"\n[{name}]\n{body}" for name, body in present.items())))


def _weaving(draft: Draft) -> str:
    treadles = draft.shafts if draft.tieup is None else len(draft.tieup)
    return f"Rising Shed=true\nShafts={draft.shafts}\nTreadles={treadles}\n"


def _treadling(treadling: Treadling) -> str:
    lines = (f"{pick}={','.join(map(str, treadles))}\n" for pick, treadles in enumerate(treadling, start=1))
    return "".join(line for line, treadles in zip(lines, treadling, strict=True) if treadles)


def _palette(draft: Draft) -> tuple[Ints, Ints]:
    """Return (colours, 3) each once, and the entry from 1 of every warp thread, then every weft thread."""
    # One number a colour: numpy finds unique rows twenty times slower than unique numbers.
    channels = np.concatenate((draft.warp_colours, draft.weft_colours)).astype(np.int64)
    packed, entry = np.unique(channels @ np.array([65_536, 256, 1]), return_inverse=True)
    return np.stack((packed >> 16, packed >> 8 & 255, packed & 255), axis=1), entry + 1


class _Yarns(NamedTuple):
    spacing_mm: Floats
    thickness_mm: Floats


def _system(system: str, yarns: _Yarns, entry: Ints) -> dict[str, str]:
    """Return the sections of WARP or WEFT; what most threads share is the default."""
    usual_colour = int(np.bincount(entry).argmax()) if len(entry) else 1
    apart, odd = _lengths(yarns.spacing_mm, 1.0)
    thick, thicker = _lengths(yarns.thickness_mm, 0.0)
    said = f"Thickness={thick / 10:.12g}\n" if yarns.thickness_mm.any() else ""
    return {
        system: f"Threads={len(entry)}\nUnits=Centimeters\nColor={usual_colour}\nSpacing={apart / 10:.12g}\n{said}",
        f"{system} COLORS": _sparse(entry, usual_colour),
        f"{system} SPACING": odd,
        f"{system} THICKNESS": thicker,
    }


def _lengths(lengths_mm: Floats, unsaid: float) -> tuple[float, str]:
    """Return the length [mm] of most threads, and a line for every other one."""
    values, counts = np.unique(lengths_mm, return_counts=True)
    usual = float(values[counts.argmax()]) if len(values) else unsaid
    odd = np.flatnonzero(lengths_mm != usual).tolist()
    return usual, "".join(f"{place + 1}={lengths_mm[place] / 10:.12g}\n" for place in odd)


def _notes(draft: Draft) -> str:
    lines = draft.notes.split("\n") if draft.notes else []
    return "".join(f"{number}={line}\n" for number, line in enumerate(lines, start=1))


def _sparse(values: Ints, usual: int) -> str:
    """Return `place=value` for every place that differs from the usual value."""
    places = np.flatnonzero(values != usual)
    return _text(np.stack((_words(places + 1, EQUALS), _words(values[places], NEWLINE)), axis=1))


def _marks(marks: Bools) -> str:
    """Return `row=1,3,…` for every row that has marks."""
    columns = _words(np.arange(1, marks.shape[1] + 1), COMMA)
    rows = _words(np.arange(1, len(marks) + 1), EQUALS)
    height = max(BLOCK // (len(columns) + 1), 1)
    return "".join(
        _block(marks[top : top + height], rows[top : top + height], columns)
        for top in range(0, len(marks), height)
    )


def _block(marks: Bools, rows: Words, columns: Words) -> str:
    words = np.empty((len(marks), len(columns) + 1), dtype=np.uint64)
    words[:, 0] = rows
    words[:, 1:] = columns
    said = np.column_stack((marks.any(axis=1), marks))
    chosen = words[said]
    last = np.cumsum(np.count_nonzero(said, axis=1)) - 1
    chosen.view(np.uint8)[8 * last[said[:, 0]] + 7] = NEWLINE
    return _text(chosen)


def _words(numbers: Ints, mark: int) -> Words:
    """Return numbers below ten million as the bytes of their text, NULs before it and a mark behind it."""
    column = numbers.astype(np.int32)[:, None]
    letters = np.full((len(numbers), 8), mark, dtype=np.uint8)
    letters[:, :7] = np.where(column < TENS, 0, column // TENS % 10 + ord("0"))
    letters[:, 6] = numbers % 10 + ord("0")
    return letters.view(np.uint64)[:, 0]


def _text(words: Words) -> str:
    return words.tobytes().translate(None, b"\0").decode()
