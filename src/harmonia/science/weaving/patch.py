"""One story, one patch of cloth: the same story always weaves the same patch."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, islice

import numpy as np

from harmonia.science.weaving.draft import UMBER, Bools, Colours, Draft, Ints
from harmonia.science.weaving.palette import Colour, binder, companions, on_dark_warp
from harmonia.science.weaving.structures import Order, Structure, structure_of
from harmonia.science.weaving.vision import told_apart

ENDS = 32
PICKS = 32

# Weft bands over a patch: a = the story's colour, b and c = its companions. Those for motifs mirror them.
MOTIF_BANDS = (
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "aaaaaaaaaaaabbaaaabbaaaaaaaaaaaa",
    "aaaaaaaabbbbbbbbbbbbbbbbaaaaaaaa",
    "bbaaaaaaaaaaaabbbbaaaaaaaaaaaabb",
    "aaaaaaaaaabbbbbccbbbbbaaaaaaaaaa",
    "bbbbaaaaaaaaaaaaaaaaaaaaaaaabbbb",
)
BANDS = (
    *MOTIF_BANDS,
    "aaaaaabaabaaaaaaccaaaaaabaabaaaa",
    "aaaaaaaabbbbbbbbaaaaaaaabbbbbbbb",
    "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb",
    "aaaabbbbaaaaccccaaaabbbbaaaacccc",
    "aaaaaaaaaaaaaaaaaaaaaaaaaabbcbba",
)
# Warp of a lane, one letter an end: u umber, i ink, p plum-brown, s sand, o ochre, t teal.
WARPS = (
    "uuuuuuuususuuuuuuuuuuuususuuuuuu",
    "iiiiiiiiiiiiiititiiiiiiiiiiiiiii",
    "uuuuuuuouuuuuuuuuuuuuuuuouuuuuuu",
    "pppppppppppppsppspppppppppppppop",
    "iiiiiiiiititiiiiiiiiiititiiiiiii",
    "uuuuuuuuuuuuuuuosouuuuuuuuuuuuuu",
)
YARNS: dict[str, Colour] = {
    "u": UMBER,
    "i": (32, 56, 66),
    "p": (62, 42, 56),
    "s": (150, 126, 98),
    "o": (178, 126, 60),
    "t": (62, 116, 116),
}


@dataclass(frozen=True, slots=True)
class Thread:
    """A story as the cloth knows it: `seed` is its identity, `day` [days, any epoch] when it was told.

    `colour` dyes its main weft; `palette` the others, say the further colours of its photo, or dyes that go
    with the first where there are none.
    """

    seed: str
    material: str
    colour: Colour
    day: int
    name: str
    palette: tuple[Colour, ...] = ()


def draw(seed: str, purpose: str, choices: int) -> int:
    """Return a number below `choices`, fixed by seed and purpose alone."""
    digest = hashlib.sha256(f"harmonia-thread/1|{purpose}|{seed}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % choices


def lane_warp(lane: int, ends: int = ENDS) -> Colours:
    """Return (ends, 3) colours of a lane's warp; it runs through all of time, whatever is woven on it."""
    return _warp(WARPS[lane % len(WARPS)], ends)


@lru_cache(maxsize=64)
def _warp(stripes: str, ends: int) -> Colours:
    colours = np.array([YARNS[letter] for letter in islice(cycle(stripes), ends)], dtype=np.uint8)
    colours.flags.writeable = False
    return colours


def weave_patch(thread: Thread, *, lane: int = 0, ends: int = ENDS, picks: int = PICKS) -> Draft:
    """Return the draft of a story's patch: structure by material, treadling, bands and start by its seed."""
    structure = structure_of(thread.material)
    offset = structure.step * draw(thread.seed, "offset", len(structure.threading) // structure.step)
    shafts = islice(cycle(structure.threading), offset, offset + ends)
    orders = structure.treadlings()
    order = orders[draw(thread.seed, "order", len(orders))]
    return Draft(
        threading=np.fromiter(shafts, dtype=np.int64, count=ends),
        liftplan=liftplan(structure, order, picks),
        warp_colours=lane_warp(lane, ends),
        weft_colours=_weft(thread, structure, picks),
        weft_systems=_pattern_picks(structure, picks),
        title=thread.name,
    )


def _pattern_picks(structure: Structure, picks: int) -> Ints:
    """Return (picks,) 1 for picks of a pattern weft that floats over a ground of tabby, else 0."""
    return np.arange(1, picks + 1) % 2 if structure.tabby else np.zeros(picks, dtype=np.int64)


@lru_cache(maxsize=256)
def liftplan(structure: Structure, order: Order, picks: int) -> Bools:
    """Return (picks, shafts) of a treadling; in a tabby structure every other pick binds the ground."""
    plan = np.zeros((picks, structure.shafts), dtype=np.bool_)
    for pick in range(picks):
        if structure.tabby and pick % 2:
            lifts = structure.tabby[pick // 2 % 2]
        else:
            place = pick // 2 if structure.tabby else pick
            lifts = structure.lifts[order[place % len(order)]]
        plan[pick, np.array(lifts) - 1] = True
    plan.flags.writeable = False
    return plan


def _weft(thread: Thread, structure: Structure, picks: int) -> Colours:
    """Return (picks, 3) colours; a binding pick of tabby is a dark shade, so that the pattern stands out."""
    main = on_dark_warp(thread.colour)
    others = tuple(map(on_dark_warp, thread.palette)) or companions(main)
    second = others[draw(thread.seed, "second", len(others))]
    third = others[draw(thread.seed, "third", len(others))]
    choices = MOTIF_BANDS if structure.step > 1 else BANDS
    bands = choices[draw(thread.seed, "bands", len(choices))]
    return _banded(bands, (main, second, third), bool(structure.tabby), picks)


@lru_cache(maxsize=4096)
def _banded(bands: str, yarns: tuple[Colour, Colour, Colour], tabby: bool, picks: int) -> Colours:
    yarn = dict(zip("abc", told_apart(yarns), strict=True))
    colours = [yarn[letter] for letter in islice(cycle(bands), picks)]
    if tabby:
        colours = [binder(colour) if pick % 2 else colour for pick, colour in enumerate(colours)]
    banded = np.array(colours, dtype=np.uint8)
    banded.flags.writeable = False
    return banded
