"""Read WIF 1.1, the Weaving Information File.

Specification: Nielsen, Olding, et al. (1997), Weaving Information File version 1.1. Sections are sparse
over defaults; a treadling may press several treadles; a lift plan stands instead of tie-up and treadling.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from harmonia.science.weaving.draft import (
    LINEN,
    UMBER,
    Bools,
    Draft,
    Ints,
    Treadling,
    lift,
)
from harmonia.science.weaving.wif_colours import Palette, colours, spacing, thickness
from harmonia.science.weaving.wif_lists import Lists
from harmonia.science.weaving.wif_numbers import WifError, whole
from harmonia.science.weaving.wif_text import MOST_THREADS, WifText, decode, split_sections

MOST_SHAFTS = 20_000
MOST_CROSSINGS = 100_000_000  # four times a loom of 2,640 ends and 10,000 picks; a byte each
PRIVATE = "PRIVATE HARMONIA"
LINE = re.compile("[0-9]{1,6}")

Joined = Sequence[tuple[int, ...]]


def read_wif(source: str | bytes) -> Draft:
    """Return the draft a WIF describes, its shed turned to rising and its colours to 0-255.

    Bytes are read as UTF-8, else as Latin-1. A lift plan counts before a treadling where both say
    something. Threads and shafts the file counts as 0 or too few are counted from what it uses. An end
    through several shafts rises with any of them: it is read as hanging on one more shaft that does so.

    Raises
    ------
    WifError
        A section is missing, or a line names a treadle, colour or number that cannot be.
    """
    wif = WifText(source)
    _expect(wif)
    threads, plan, tieup, treadles = map(wif.lists, ("THREADING", "LIFTPLAN", "TIEUP", "TREADLING"))
    ends = wif.count("WARP", "Threads") or threads.last
    picks = wif.count("WEFT", "Threads") or max(plan.last, treadles.last)
    shafts = max(wif.count("WEAVING", "Shafts"), threads.most, plan.most, tieup.most)
    _check_size(ends, picks, shafts)
    threads.bound(ends, shafts)
    threading, joined = _threading(threads, ends, shafts)
    liftplan, tied, treadling = _lifts(wif, (plan, tieup, treadles), picks, (shafts, joined))
    palette = Palette(wif)
    return Draft(
        threading=threading,
        liftplan=liftplan,
        warp_colours=colours(wif, "WARP", ends, palette, LINEN),
        weft_colours=colours(wif, "WEFT", picks, palette, UMBER),
        warp_spacing_mm=spacing(wif, "WARP", ends),
        weft_spacing_mm=spacing(wif, "WEFT", picks),
        warp_systems=_systems(wif, "WARP", ends),
        weft_systems=_systems(wif, "WEFT", picks),
        tieup=tied,
        treadling=treadling,
        title=wif.text("TEXT", "Title"),
        notes=_notes(wif),
        warp_thickness_mm=thickness(wif, "WARP", ends),
        weft_thickness_mm=thickness(wif, "WEFT", picks),
    )


def _expect(wif: WifText) -> None:
    """Refuse a file that lacks what no draft can be without."""
    for name in ("WARP", "WEFT", "THREADING"):
        if not wif.has(name):
            raise WifError(f"The file has no [{name}] section.")
    if wif.has("LIFTPLAN"):
        return
    if not wif.has("TREADLING"):
        raise WifError("The file has neither [TREADLING] nor [LIFTPLAN], so nothing says which shafts rise.")
    if not wif.has("TIEUP"):
        raise WifError("The file has a [TREADLING] but no [TIEUP], so its treadles lift nothing.")


def _check_size(ends: int, picks: int, shafts: int) -> None:
    for what, count, most in (
        ("warp threads", ends, MOST_THREADS),
        ("weft threads", picks, MOST_THREADS),
        ("shafts", shafts, MOST_SHAFTS),
    ):
        if not 1 <= count <= most:
            raise WifError(f"The file has {count or 'no'} {what}; we weave 1 to {most}.")
    if picks * max(ends, shafts) > MOST_CROSSINGS:
        raise WifError(
            f"The file has {ends} x {picks} crossings on {shafts} shafts; we weave {MOST_CROSSINGS:,}."
        )


def _threading(threads: Lists, ends: int, shafts: int) -> tuple[Ints, Joined]:
    """Return the shaft of each end, and which shafts the shafts after the last one join."""
    threading = np.zeros(ends, dtype=np.int64)
    for end, shaft in threads.blocks:
        threading[end] = shaft
    if sum(len(end) for end, _ in threads.blocks) == np.count_nonzero(threading):
        return threading, ()
    joined: dict[tuple[int, ...], int] = {}
    for place, through in enumerate(threads.sets(ends)):
        if len(through) > 1:
            threading[place] = joined.setdefault(through, shafts + len(joined) + 1)
    if shafts + len(joined) > MOST_SHAFTS:
        raise WifError(f"[THREADING] joins shafts in {len(joined)} ways; we weave {MOST_SHAFTS} shafts.")
    return threading, tuple(joined)


def _lifts(
    wif: WifText, given: tuple[Lists, Lists, Lists], picks: int, harness: tuple[int, Joined]
) -> tuple[Bools, Bools | None, Treadling | None]:
    """Return lift plan, tie-up and treadling; the last two only where they alone say the lift plan."""
    plan, tieup, treadles = given
    shafts, joined = harness
    rising = wif.flag("WEAVING", "Rising Shed", default=True)
    lifted = None
    if wif.has("LIFTPLAN"):
        plan.bound(picks, shafts)
        lifted = _join(plan.marks(picks, shafts), joined) ^ (not rising)
    if not (wif.has("TREADLING") and wif.has("TIEUP")):
        return _given(lifted), None, None
    pedals = max(wif.count("WEAVING", "Treadles"), tieup.last)
    if pedals * shafts > MOST_CROSSINGS:
        raise WifError(f"The file ties {pedals} treadles to {shafts} shafts; no loom has room for that.")
    treadles.bound(picks, pedals)
    tied = _join(tieup.marks(pedals, shafts), joined)
    treadling = tuple(treadles.sets(picks))
    trodden = lift(tied, treadling) ^ (not rising)
    if lifted is None or (treadles and not plan):
        lifted = trodden
    if rising and np.array_equal(lifted, trodden):
        return lifted, tied, treadling
    return lifted, None, None


def _given(lifted: Bools | None) -> Bools:
    if lifted is None:
        raise WifError("The file says nothing about which shafts rise.")
    return lifted


def _join(marks: Bools, joined: Joined) -> Bools:
    """Add a column for every set of shafts that an end goes through: marked where any of them is."""
    if not joined:
        return marks
    more = [marks[:, np.array(shafts) - 1].any(axis=1) for shafts in joined]
    return np.concatenate((marks, np.stack(more, axis=1)), axis=1)


def _systems(wif: WifText, side: str, threads: int) -> Ints:
    section = f"{PRIVATE} {side} SYSTEMS"
    systems = np.zeros(threads, dtype=np.int64)
    for thread, text in wif.rows(section, threads):
        systems[thread] = whole(text, section, str(thread + 1))
    return systems


def _notes(wif: WifText) -> str:
    """Return the lines of [NOTES] in the order of their numbers."""
    numbered = {int(key): text for key, text in wif.lines("NOTES").items() if LINE.fullmatch(key)}
    return "\n".join(text for _number, text in sorted(numbered.items()))


def origin(source: str | bytes) -> Mapping[str, str]:
    """Return what a file says of who made it and with what, to be kept when the draft is written anew."""
    sections = split_sections(source if isinstance(source, str) else decode(source))
    head, text = sections.get("WIF", {}), sections.get("TEXT", {})
    program = f"{head.get('SOURCE PROGRAM', '')} {head.get('SOURCE VERSION', '')}".strip()
    made = {"Program": program, "Author": text.get("AUTHOR", ""), "Copyright": text.get("COPYRIGHT", "")}
    known = {key.capitalize(): value for key, value in sections.get(PRIVATE, {}).items()}
    return {**{key: value for key, value in made.items() if value}, **known}


def provenance(source: str | bytes) -> Mapping[str, str]:
    """Return what `[PRIVATE HARMONIA]` says about where a draft comes from; empty for other files."""
    text = source if isinstance(source, str) else decode(source)
    return split_sections(text).get(PRIVATE, {})
