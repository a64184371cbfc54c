"""The cloth as texels: small arrays from which a shader, a tile and a mesh are drawn.

`fabric` holds every crossing and suits looms; here what patches share is kept once, so that a cloth of a
million threads still fits onto a graphics card.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from harmonia.science.weaving.draft import Bools, Colours, Draft, Ints, drawdown
from harmonia.science.weaving.fabric import QUIET
from harmonia.science.weaving.ground import BARE_WEFT, REPEAT, SEASONS, ground, season
from harmonia.science.weaving.palette import Colour
from harmonia.science.weaving.patch import ENDS, PICKS, Thread, lane_warp, weave_patch
from harmonia.science.weaving.places import Band

GROUND = -1  # nobody told a story here
DARNED = -2  # somebody took one back: tabby of undyed yarn
MAGIC = b"HFB1"
Words = npt.NDArray[np.uint32]
Shorts = npt.NDArray[np.uint16]


@dataclass(frozen=True, eq=False)
class Texels:
    """A cloth of `rows` x `lanes` cells, each a patch of 32 x 32 crossings, ground or darning.

    `tops` (rows + 1,) first pick of each row, the last is where the cloth ends; `cells` (rows, lanes) number
    of the patch, -1 for the ground, -2 for a darn; `kinds` (patches, 2) its row in `crossings` and in `stripes`; `crossings`
    (n, 32) one word a pick, bit e set where end e lies on top; `stripes` (m, 32) yarn of each pick, a row of
    `yarns` (patches, most, 3) sRGB; `warp` (32 lanes, 3) and `grounds` (rows + 1, 3) sRGB, the
    ground's weft in each row, last that of a darn; `seeds` name the patches.
    """

    tops: Ints
    cells: Ints
    kinds: Shorts
    crossings: Words
    stripes: Colours
    yarns: Colours
    warp: Colours
    grounds: Colours
    seeds: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Return the number of rows of cells."""
        return len(self.tops) - 1

    @property
    def lanes(self) -> int:
        """Return the number of lanes."""
        return int(self.cells.shape[1])

    @property
    def ends(self) -> int:
        """Return the number of warp threads."""
        return self.lanes * ENDS

    @property
    def picks(self) -> int:
        """Return the number of weft threads."""
        return int(self.tops[-1])

    def place(self, seed: str) -> tuple[int, int] | None:
        """Return (row, lane) of a thread, None where it is none of this cloth."""
        if seed not in self.seeds:
            return None
        row, lane = np.argwhere(self.cells == self.seeds.index(seed))[0].tolist()
        return row, lane


def lay(woven: Sequence[Band], lanes: int, borders: Mapping[int, Colour] | None = None) -> Texels:
    """Return the cloth of these bands; a thread without material was taken back and is darned.

    `borders` dyes the outer ends of a lane.
    """
    rows = [row for band in woven for row in _rows(band, lanes)] or [_Row((None,) * lanes, PICKS, 0)]
    cells = np.full((len(rows), lanes), GROUND, dtype=np.int64)
    loom = _Loom()
    for place, row in enumerate(rows):
        for lane, thread in enumerate(row.threads):
            if thread is not None:
                cells[place, lane] = loom.weave(thread, lane) if thread.material else DARNED
    tops = np.concatenate(([0], np.cumsum([row.picks for row in rows])))
    grounds = np.array([*(SEASONS[season(row.day)] for row in rows), BARE_WEFT], dtype=np.uint8)
    return loom.texels(tops, cells, _warp(lanes, borders or {}), grounds)


class _Row(NamedTuple):
    threads: Sequence[Thread | None]
    picks: int
    day: int


def _rows(band: Band, lanes: int) -> Iterator[_Row]:
    for threads in band.rows:
        yield _Row(threads, PICKS, band.day)
    if not band.rows:
        yield _Row((None,) * lanes, QUIET, band.day)


def _warp(lanes: int, borders: Mapping[int, Colour]) -> Colours:
    warp = np.concatenate([lane_warp(lane) for lane in range(lanes)])
    for lane, colour in borders.items():
        first, last = lane * ENDS, (lane + 1) * ENDS
        warp[first : first + 2] = warp[last - 2 : last] = colour
    return warp


class _Loom:
    """Gathers patches; what several have in common (crossings, order of yarns) is kept once."""

    def __init__(self) -> None:
        self.crossings: dict[bytes, int] = {}
        self.stripes: dict[bytes, int] = {}
        self.kinds: list[tuple[int, int]] = []
        self.yarns: list[Colours] = []
        self.seeds: list[str] = []

    def weave(self, thread: Thread, lane: int) -> int:
        draft = weave_patch(thread, lane=lane)
        yarns, stripe = _yarns(draft)
        crossing = words(drawdown(draft)).tobytes()
        kind = (
            self.crossings.setdefault(crossing, len(self.crossings)),
            self.stripes.setdefault(stripe, len(self.stripes)),
        )
        self.kinds.append(kind)
        self.yarns.append(yarns)
        self.seeds.append(thread.seed)
        return len(self.kinds) - 1

    def texels(self, tops: Ints, cells: Ints, warp: Colours, grounds: Colours) -> Texels:
        most = max((len(yarns) for yarns in self.yarns), default=1)
        table = np.zeros((len(self.yarns), most, 3), dtype=np.uint8)
        for place, yarns in enumerate(self.yarns):
            table[place, : len(yarns)] = yarns
        return Texels(
            tops=tops,
            cells=cells,
            kinds=np.array(self.kinds, dtype=np.uint16).reshape(-1, 2),
            crossings=np.frombuffer(b"".join(self.crossings), dtype=np.uint32).reshape(-1, PICKS),
            stripes=np.frombuffer(b"".join(self.stripes), dtype=np.uint8).reshape(-1, PICKS),
            yarns=table,
            warp=warp,
            grounds=grounds,
            seeds=tuple(self.seeds),
        )


def _yarns(draft: Draft) -> tuple[Colours, bytes]:
    """Return the weft yarns (n, 3) in the order in which they appear, and which of them each pick is."""
    found, first, which = np.unique(draft.weft_colours, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.argsort(order)
    return found[order], rank[which.reshape(-1)].astype(np.uint8).tobytes()


def words(raised: Bools) -> Words:
    """Return (picks,) one word a pick of (picks, up to 32 ends): bit e is end e."""
    bits = np.left_shift(np.uint32(1), np.arange(raised.shape[1], dtype=np.uint32))
    return np.asarray(np.where(raised, bits, 0).sum(axis=1, dtype=np.uint32))


def encode(cloth: Texels) -> bytes:
    """Return a cloth as bytes for a browser: magic, length of the header, JSON header, little-endian arrays."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "tops": cloth.tops.astype("<u4"),
        "cells": cloth.cells.astype("<i4"),
        "kinds": cloth.kinds.astype("<u2"),
        "crossings": cloth.crossings.astype("<u4"),
        "stripes": cloth.stripes,
        "yarns": cloth.yarns,
        "warp": cloth.warp,
        "means": means(cloth),
        "grounds": cloth.grounds,
        "ground": words(ground(REPEAT, ENDS)).astype("<u4"),
    }
    header: dict[str, object] = {
        "rows": cloth.rows,
        "lanes": cloth.lanes,
        "patches": len(cloth.seeds),
        "most": int(cloth.yarns.shape[1]),
    }
    body, places = b"", []
    for array in arrays.values():
        places.append(len(body))
        body += array.tobytes()
        body += bytes(-len(body) % 4)
    header["arrays"] = dict(zip(arrays, places, strict=True))
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    return MAGIC + len(text).to_bytes(4, "little") + text + body


def means(cloth: Texels) -> Colours:
    """Return (rows, lanes, 3) the colour [sRGB] each cell has from afar: its crossings' light, averaged."""
    light = linear(cloth.warp).reshape(cloth.lanes, ENDS, 3)
    wefts, up = linear(cloth.grounds), ground(REPEAT, ENDS).mean()
    bare = up * light.mean(axis=1)[None] + (1 - up) * wefts[:-1, None]
    darn = 0.5 * light.mean(axis=1)[None] + 0.5 * wefts[-1]
    whole = np.where((cloth.cells == DARNED)[..., None], darn, bare)
    rows, lanes = np.nonzero(cloth.cells >= 0)
    # In pieces: a million patches of 32 x 32 crossings would not fit.
    for some in np.array_split(np.arange(len(rows)), len(rows) // 4096 + 1):
        patches = cloth.cells[rows[some], lanes[some]]
        raised = unpack(cloth.crossings[cloth.kinds[patches, 0]])
        weft = linear(cloth.yarns[patches[:, None], cloth.stripes[cloth.kinds[patches, 1]]])
        seen = np.einsum("ne,nec->nc", raised.mean(axis=1), light[lanes[some]]) / ENDS
        seen += np.einsum("np,npc->nc", 1 - raised.mean(axis=2), weft) / PICKS
        whole[rows[some], lanes[some]] = seen
    return srgb(whole)


def unpack(packed: Words) -> Bools:
    """Return (…, 32) True where the bit of an end is set."""
    return (packed[..., None] >> np.arange(ENDS, dtype=np.uint32) & 1).astype(np.bool_)


def linear(colours: Colours) -> npt.NDArray[np.float32]:
    """Return the light 0-1 of sRGB colours 0-255."""
    steps = np.arange(256, dtype=np.float32) / 255
    table = np.where(steps <= 0.04045, steps / 12.92, ((steps + 0.055) / 1.055) ** 2.4).astype(np.float32)
    return np.asarray(table[colours])


def srgb(light: npt.NDArray[np.floating]) -> Colours:
    """Return sRGB colours 0-255 of light 0-1."""
    bounded = np.clip(light, 0, 1)
    curved = np.where(bounded <= 0.0031308, 12.92 * bounded, 1.055 * bounded ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(255 * curved).astype(np.uint8))


def rows_between(tops: Ints, first: int, last: int) -> range:
    """Return the rows that share a pick with first … last - 1."""
    return range(
        max(int(np.searchsorted(tops, first, side="right")) - 1, 0),
        min(int(np.searchsorted(tops, last, side="left")), len(tops) - 1),
    )


def bare(lanes: int, rows: int) -> Texels:
    """Return a cloth without any story."""
    return lay([Band(number, ((None,) * lanes,), 28 * number) for number in range(rows)], lanes)
