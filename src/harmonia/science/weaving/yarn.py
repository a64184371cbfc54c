"""How yarn catches light: the one sum that tiles (here) and the shader (`web/cloth/weave.ts`) share.

A crossing is one unit wide and high. The yarn on top is a cylinder across its run and dips where it goes
under; a warm lamp stands at the upper left, as beside a cloth on a wall.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Light = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]
LAMP = (-0.42, -0.56, 0.714)
AFAR = 0.70  # what the shading leaves of a yarn's light, averaged over a crossing


class Crossing(NamedTuple):
    """What lies at a point of the cloth, as arrays of one shape.

    `across` -1 … 1 over the yarn on top, `along` 0 … 1 in the direction it runs, `before` and `after` whether it
    goes on in the neighbouring crossings, `upright` True for warp, `yarn` which thread it is, `turn` how far
    along that thread [crossings].
    """

    across: Light
    along: Light
    before: npt.NDArray[np.bool_]
    after: npt.NDArray[np.bool_]
    upright: npt.NDArray[np.bool_]
    yarn: Whole
    turn: Whole


def shade(point: Crossing) -> Light:
    """Return the factor by which the light of the yarn's colour is multiplied."""
    before = np.where(point.before, 1, _rise(point.along))
    after = np.where(point.after, 1, _rise(1 - point.along))
    height = before * after
    slope = np.where(point.along < 0.5, 1 - before, after - 1) * 0.55
    tilt = point.across * 0.86
    up = np.sqrt(np.maximum(1 - tilt * tilt, 0.02))
    length = np.sqrt(1 + slope * slope)
    # The normal of a cylinder that lies along x (weft) or y (warp), tipped where it dives.
    lit_across = np.where(point.upright, LAMP[0], LAMP[1]) * tilt
    lit_along = np.where(point.upright, LAMP[1], LAMP[0]) * -slope
    lit = np.maximum((lit_across + lit_along + LAMP[2] * up) / length, 0)
    ply = np.sin(6.2832 * (2 * (point.along + point.turn) + 0.62 * point.across) + point.yarn * 1.7)
    wool = 0.94 + 0.06 * ply + 0.09 * (speck(point.yarn, point.turn) - 0.5)
    seam = 1 - 0.55 * np.clip((np.abs(point.across) - 0.72) / 0.28, 0, 1) ** 2
    return np.asarray((0.26 + 0.98 * lit * (0.45 + 0.55 * height)) * wool * seam, dtype=np.float32)


def _rise(along: Light) -> Light:
    """Return how high a yarn has come, `along` [crossings] after it came up from below."""
    x = np.clip(along / 0.46, 0, 1)
    return np.asarray(0.25 + 0.75 * x * x * (3 - 2 * x), dtype=np.float32)


def speck(yarn: Whole, turn: Whole) -> Light:
    """Return 0 … 1, the same for the same place of the same yarn: hand-spun wool is never quite even.

    A table of 64 x 64, as a shader has it.
    """
    mixed = ((yarn & 63) * 374_761_393 + (turn & 63) * 668_265_263) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 13)) * 1_274_126_177) & 0xFFFFFFFF
    return np.asarray((((mixed ^ (mixed >> 16)) & 0xFFFF) >> 8) / 255, dtype=np.float32)
