"""One story, one patch of cloth: the same story always weaves the same patch."""

import hashlib
from dataclasses import dataclass
from itertools import cycle, islice

import numpy as np

from harmonia.science.weaving.draft import LINEN, UMBER, Bools, Colours, Draft
from harmonia.science.weaving.palette import Colour, binder, companions, on_dark_warp
from harmonia.science.weaving.structures import Structure, structure_of

ENDS = 32
PICKS = 32

# Weft bands as fractions of the patch: a = the story's colour, b and c = its companions.
BANDS = (
    "aaaaaaaaaaaabbaaaabbaaaaaaaaaaaa",
    "aaaaaaaabbbbbbbbaaaaaaaabbbbbbbb",
    "aaaaaabaabaaaaaaccaaaaaaabaabaaa",
    "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb",
    "aaaaaaaaaabbbbbbccbbbbbbaaaaaaaa",
    "bbaaaaaaaaaaaabbbbaaaaaaaaaaaabb",
    "aaaaaaaaaaaaaaaaaaaaaaaaaabbcbba",
    "aaaabbbbaaaaccccaaaabbbbaaaacccc",
)
# Warp of a lane, one letter an end: u umber, i ink, p plum-brown, l linen, o ochre.
WARPS = (
    "uuuuuuuulluuuuuuuuuuuuuluuuuuuuu",
    "iiiiiiiiiiiiiilliiiiiiiiiiiiiill",
    "uuuuuuluuuuuuuuuuuulluuuuuuuuuuu",
    "ppppppppppllppppppppppppppolpppp",
    "iiiiiiiilliiiiiiiiiiiiiiiiliiiii",
    "uuuuuuuuuuuuuulouuuuuuuuuuuuuull",
)
YARNS: dict[str, Colour] = {"u": UMBER, "i": (32, 56, 66), "p": (62, 42, 56), "l": LINEN, "o": (214, 160, 74)}


@dataclass(frozen=True, slots=True)
class Thread:
    """A story as the cloth knows it: `seed` is its identity, `day` [days, any epoch] when it was told."""

    seed: str
    material: str
    colour: Colour
    day: int
    name: str


def draw(seed: str, purpose: str, choices: int) -> int:
    """Return a number below `choices`, fixed by seed and purpose alone."""
    digest = hashlib.sha256(f"harmonia-thread/1|{purpose}|{seed}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % choices


def lane_warp(lane: int, ends: int = ENDS) -> Colours:
    """Return (ends, 3) colours of a lane's warp; it runs through all of time, whatever is woven on it."""
    letters = islice(cycle(WARPS[lane % len(WARPS)]), ends)
    return np.array([YARNS[letter] for letter in letters], dtype=np.uint8)


def weave_patch(thread: Thread, *, lane: int = 0, ends: int = ENDS, picks: int = PICKS) -> Draft:
    """Return the draft of a story's patch: structure by material, bands and start by its seed."""
    structure = structure_of(thread.material)
    offset = draw(thread.seed, "offset", len(structure.threading))
    shafts = islice(cycle(structure.threading), offset, offset + ends)
    return Draft(
        threading=np.fromiter(shafts, dtype=np.int64, count=ends),
        liftplan=_liftplan(structure, picks),
        warp_colours=lane_warp(lane, ends),
        weft_colours=_weft(thread, structure, picks),
        title=thread.name,
    )


def _liftplan(structure: Structure, picks: int) -> Bools:
    plan = np.zeros((picks, structure.shafts), dtype=np.bool_)
    for pick in range(picks):
        if structure.tabby and pick % 2:
            lifts = structure.tabby[pick // 2 % 2]
        else:
            place = pick // 2 if structure.tabby else pick
            lifts = structure.lifts[place % len(structure.lifts)]
        plan[pick, np.array(lifts) - 1] = True
    return plan


def _weft(thread: Thread, structure: Structure, picks: int) -> Colours:
    """Return (picks, 3) colours; a binding pick of tabby is a dark shade, so that the pattern stands out."""
    main = on_dark_warp(thread.colour)
    others = companions(main)
    second = others[draw(thread.seed, "second", len(others))]
    third = others[draw(thread.seed, "third", len(others))]
    bands = BANDS[draw(thread.seed, "bands", len(BANDS))]
    yarn = {"a": main, "b": second, "c": third}
    colours = [yarn[letter] for letter in islice(cycle(bands), picks)]
    if structure.tabby:
        colours = [binder(colour) if pick % 2 else colour for pick, colour in enumerate(colours)]
    return np.array(colours, dtype=np.uint8)
