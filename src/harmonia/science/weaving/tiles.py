"""The cloth as a pyramid of picture tiles; the same cloth always gives the same tiles, byte for byte.

Tiles of 256 px as in deep-zoom viewers; on the deepest level a crossing is 8 px wide and a story's patch
exactly one tile wide. A tile's name is a hash of all that is drawn on it, so a new story renames only the
tiles it lies on.
"""

import io
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

import numpy as np
from PIL import Image

from harmonia.science.weaving import yarn
from harmonia.science.weaving.draft import Bools, Colours, Ints
from harmonia.science.weaving.ground import REPEAT, ground
from harmonia.science.weaving.patch import ENDS
from harmonia.science.weaving.texels import DARNED, Texels, linear, rows_between, srgb

TILE = 256  # [px]
CELL = 8  # [px] side of a crossing on the deepest level
REPEATED = ground(REPEAT, REPEAT)
DRAWN = "harmonia-tiles/1"  # changes whenever the drawing does: names follow
BAND = 512  # [picks] drawn at once where many crossings share a pixel


@dataclass(frozen=True, slots=True)
class Level:
    """One level: its size [px] and how many tiles it has; `cell` [px] is the side of a crossing."""

    width: int
    height: int
    columns: int
    rows: int
    cell: float


def levels(cloth: Texels) -> list[Level]:
    """Return the levels, smallest first: the first fits into one tile, each next is twice as large."""
    width, height = cloth.ends * CELL, cloth.picks * CELL
    depth = max(0, ceil(np.log2(max(width, height) / TILE)))
    return [_level(ceil(width / 2**up), ceil(height / 2**up), CELL / 2**up) for up in range(depth, -1, -1)]


def _level(width: int, height: int, cell: float) -> Level:
    return Level(width, height, ceil(width / TILE), ceil(height / TILE), cell)


def tile_name(cloth: Texels, level: int, column: int, row: int) -> str:
    """Return a hash of everything that is drawn on a tile; 20 hexadecimal digits."""
    at = levels(cloth)[level]
    per = TILE / at.cell
    picks = rows_between(cloth.tops, int(row * per), min(ceil((row + 1) * per), cloth.picks))
    lanes = range(int(column * per) // ENDS, min(ceil((column + 1) * per / ENDS), cloth.lanes))
    size = (min(TILE, at.width - column * TILE), min(TILE, at.height - row * TILE))
    total = sha256(f"{DRAWN}|{at.cell}|{column}|{row}|{size}".encode())
    total.update(cloth.warp[lanes.start * ENDS : lanes.stop * ENDS].tobytes())
    for place in picks:
        total.update(b"%d:%s" % (cloth.tops[place], cloth.grounds[place].tobytes()))
        for lane in lanes:
            total.update(_patch(cloth, int(cloth.cells[place, lane])))
    return total.hexdigest()[:20]


def _patch(cloth: Texels, patch: int) -> bytes:
    if patch < 0:
        return b"darn;" if patch == DARNED else b"ground;"
    crossing, stripe = cloth.kinds[patch]
    return bytes(cloth.crossings[crossing].tobytes() + cloth.yarns[patch, cloth.stripes[stripe]].tobytes())


def tile(cloth: Texels, level: int, column: int, row: int) -> bytes:
    """Return one tile as PNG; those at the right and lower edge are cut to the cloth.

    Raises
    ------
    IndexError
        There is no such tile.
    """
    whole = levels(cloth)
    if (
        not 0 <= level < len(whole)
        or not 0 <= column < whole[level].columns
        or not 0 <= row < whole[level].rows
    ):
        raise IndexError("no such tile")
    at = whole[level]
    left, top = column * TILE, row * TILE
    return png(draw(cloth, at.cell, left, top, min(TILE, at.width - left), min(TILE, at.height - top)))


def whole_picture(cloth: Texels, most: int = 1600) -> bytes:
    """Return the whole cloth as one PNG of at most `most` [px] a side."""
    at = next(
        at for at in reversed(levels(cloth)) if max(at.width, at.height) <= most or at.columns * at.rows == 1
    )
    return png(draw(cloth, at.cell, 0, 0, at.width, at.height))


def png(pixels: Colours) -> bytes:
    """Return pixels (height, width, 3) as a PNG without anything in it that changes from day to day."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=6)
    return out.getvalue()


def draw(cloth: Texels, cell: float, left: int, top: int, width: int, height: int) -> Colours:
    """Return (height, width, 3) sRGB pixels of a piece of the cloth, crossings `cell` [px] wide.

    From 4 px on each yarn is shaded; below, pixels average the light of what they cover.
    """
    if cell >= 4:
        return srgb(_shaded(cloth, cell, left, top, width, height))
    if cell >= 1:
        factor = int(4 / cell)
        fine = _shaded(cloth, 4, left * factor, top * factor, width * factor, height * factor)
        return srgb(_averaged(fine, factor))
    factor = int(1 / cell)
    parts = [
        _averaged(
            _flat(
                cloth, left * factor, first * factor, width * factor, min(step, top + height - first) * factor
            ),
            factor,
        )
        for step in [max(1, BAND // factor)]
        for first in range(top, top + height, step)
    ]
    return srgb(np.concatenate(parts))


def _averaged(light: yarn.Light, factor: int) -> yarn.Light:
    """Return means over squares of `factor` pixels, the last ones over what there is."""
    height, width = -light.shape[0] % factor, -light.shape[1] % factor
    even = np.pad(light, ((0, height), (0, width), (0, 0)), mode="edge")
    squares = even.reshape(even.shape[0] // factor, factor, even.shape[1] // factor, factor, 3)
    return np.asarray(squares.mean(axis=(1, 3)))


class _Window:
    """The crossings of some picks and ends: who lies on top, in which colour."""

    def __init__(self, cloth: Texels, picks: Ints, ends: Ints) -> None:
        row = np.clip(np.searchsorted(cloth.tops, picks, side="right") - 1, 0, cloth.rows - 1)
        self.cloth, self.row = cloth, row
        self.inside = np.clip(picks - cloth.tops[row], 0, 31)
        self.end = ends % ENDS
        self.patch = cloth.cells[row[:, None], np.clip(ends // ENDS, 0, cloth.lanes - 1)[None, :]]
        self.height = (cloth.tops[row + 1] - cloth.tops[row])[:, None]
        self.told = self.patch >= 0
        self.picks, self.ends = picks, np.clip(ends, 0, cloth.ends - 1)

    def raised(self, picks: int = 0, ends: int = 0) -> Bools:
        """Return where the warp lies on top, as many picks and ends away; beyond a patch nothing floats on."""
        pick, end = self.inside[:, None] + picks, self.end[None, :] + ends
        bare = np.where(self.patch == DARNED, self._tabby(picks, ends), self._ground(picks, ends))
        if not len(self.cloth.crossings):
            return np.asarray(bare)
        kind = self.cloth.kinds[np.maximum(self.patch, 0), 0]
        word = self.cloth.crossings[kind, np.clip(pick, 0, 31)]
        woven = (word >> np.clip(end, 0, 31).astype(np.uint32) & 1).astype(np.bool_)
        return np.asarray(np.where(self.told, woven, bare))

    def _tabby(self, picks: int, ends: int) -> Bools:
        return np.asarray(((self.picks + picks) % 2 == 1)[:, None] ^ ((self.ends + ends) % 2 == 0)[None, :])

    def _ground(self, picks: int, ends: int) -> Bools:
        return np.asarray(
            REPEATED[((self.picks + picks) % REPEAT)[:, None], ((self.ends + ends) % REPEAT)[None, :]]
        )

    def light(self, raised: Bools) -> yarn.Light:
        """Return the light of the yarn on top (picks, ends, 3)."""
        dyed = np.where(self.patch == DARNED, len(self.cloth.grounds) - 1, self.row[:, None])
        weft = linear(self.cloth.grounds[dyed])
        if len(self.cloth.kinds):
            patch = np.maximum(self.patch, 0)
            stripe = self.cloth.stripes[self.cloth.kinds[patch, 1], self.inside[:, None]]
            weft = np.where(self.told[..., None], linear(self.cloth.yarns[patch, stripe]), weft)
        return np.where(raised[..., None], linear(self.cloth.warp[self.ends])[None], weft)


def _flat(cloth: Texels, left: int, top: int, width: int, height: int) -> yarn.Light:
    """Return the light of crossings, one pixel each, as dim as shading makes them from afar."""
    window = _Window(cloth, np.arange(top, top + height), np.arange(left, left + width))
    return np.asarray(window.light(window.raised()) * yarn.AFAR, dtype=np.float32)


def _shaded(cloth: Texels, cell: float, left: int, top: int, width: int, height: int) -> yarn.Light:
    x, y = (np.arange(left, left + width) + 0.5) / cell, (np.arange(top, top + height) + 0.5) / cell
    window = _Window(cloth, np.floor(y).astype(np.int64), np.floor(x).astype(np.int64))
    point = crossing(window, (x % 1).astype(np.float32), (y % 1).astype(np.float32))
    return np.asarray(window.light(point.upright) * yarn.shade(point)[..., None], dtype=np.float32)


def crossing(window: _Window, x: yarn.Light, y: yarn.Light) -> yarn.Crossing:
    """Return what lies at the points (y, x), fractions of the crossing they are in."""
    upright = window.raised()
    first, last = window.inside[:, None] == 0, window.inside[:, None] == window.height - 1
    left, right = window.end[None, :] == 0, window.end[None, :] == ENDS - 1
    column, line = np.broadcast_to(x[None, :], upright.shape), np.broadcast_to(y[:, None], upright.shape)
    ends = np.broadcast_to(window.ends[None, :], upright.shape)
    picks = np.broadcast_to(window.picks[:, None], upright.shape)
    return yarn.Crossing(
        across=2 * np.where(upright, column, line) - 1,
        along=np.where(upright, line, column),
        before=np.where(upright, window.raised(picks=-1) & ~first, ~window.raised(ends=-1) & ~left),
        after=np.where(upright, window.raised(picks=1) & ~last, ~window.raised(ends=1) & ~right),
        upright=upright,
        yarn=np.where(upright, ends, picks),
        turn=np.where(upright, picks, ends),
    )
