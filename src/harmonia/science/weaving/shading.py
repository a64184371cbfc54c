"""Light on yarn: how a crossing looks when threads are round and dive under each other."""

import numpy as np
import numpy.typing as npt

from harmonia.science.weaving.draft import Bools, Colours, Draft, Floats, drawdown

SHADED_FROM = 4  # [px] below that a crossing has no room for a thread's roundness
EDGE, DIVE = 0.4, 0.5  # how dark a thread gets at its sides, and where it dives under the next
CORE = 0.26  # the middle of a thread that shows its plain colour
WIDE = 8  # from a weft's kind to that of a pattern weft
PLY = 0.07  # how much the twist of the yarn shows

Light = npt.NDArray[np.float32]


def shaded(draft: Draft, cell: int) -> npt.NDArray[np.uint8]:
    """Return (picks * cell, ends * cell, 3) sRGB of the cloth, lit from above."""
    raised = drawdown(draft)
    top = np.where(raised[:, :, None], draft.warp_colours[None], draft.weft_colours[:, None])
    large = top.astype(np.uint8).repeat(cell, axis=0).repeat(cell, axis=1)
    if cell < SHADED_FROM:
        return np.asarray(large)
    over = ~raised & (draft.weft_systems > 0)[:, None]
    kind = kinds(raised) + np.where(over, WIDE, 0)
    light = tiles(cell)[kind].transpose(0, 2, 1, 3).reshape(large.shape[:2])
    _widen(large, light, over, draft, cell)
    for channel in range(3):
        large[:, :, channel] = (large[:, :, channel] * light + 0.5).astype(np.uint8)
    return np.asarray(large)


def _widen(large: Colours, light: Light, over: Bools, draft: Draft, cell: int) -> None:
    """Let floats of a pattern weft, a thicker yarn, cover the sides of the picks that bind the ground."""
    brim = cell // 3
    fall = EDGE + (1 - EDGE) * _dome(np.linspace(CORE, 1, brim + 1)[:-1])
    ground = draft.weft_systems == 0
    for away in range(brim):
        for step, row in ((1, away), (-1, cell - 1 - away)):
            picks = np.flatnonzero(ground & np.roll(draft.weft_systems > 0, step))
            picks = picks[(picks - step >= 0) & (picks - step < draft.picks)]
            covered = over[picks - step].repeat(cell, axis=1)
            lines, colours = picks * cell + row, draft.weft_colours[picks - step]
            large[lines] = np.where(covered[:, :, None], colours[:, None], large[lines])
            ridge = light[(picks - step) * cell + cell // 2]
            light[lines] = np.where(covered, fall[away] * ridge, light[lines])


def kinds(raised: Bools) -> npt.NDArray[np.int64]:
    """Return (picks, ends) which of the eight `tiles` a crossing is.

    4 where the warp lies on top, plus 2 where the thread on top comes out of the crossing before (above or
    left), plus 1 where it goes on into the next: there it does not dive.
    """
    padded = np.pad(raised, 1, mode="edge")
    above, below = padded[:-2, 1:-1], padded[2:, 1:-1]
    left, right = padded[1:-1, :-2], padded[1:-1, 2:]
    before = np.where(raised, above, ~left)
    after = np.where(raised, below, ~right)
    return np.asarray(4 * raised + 2 * before + after, dtype=np.int64)


def tiles(cell: int) -> Light:
    """Return (12, cell, cell) light 0-1 on a crossing, by its kind; 1 in the middle.

    The last four are weft floats of a pattern, WIDE after those of a common weft: their sides lie outside.
    """
    place = (np.arange(cell) + 0.5) / cell * 2 - 1
    across = EDGE + (1 - EDGE) * _dome(place)
    weft = []
    for before in (False, True):
        for after in (False, True):
            along = np.where((place < 0) & (not before) | (place > 0) & (not after), _dome(place), 1.0)
            weft.append(across[:, None] * (DIVE + (1 - DIVE) * along)[None, :])
    ply = _ply(place)
    lit = np.array([tile * ply for tile in weft])
    wide = np.array([tile / across[:, None] * ply for tile in weft])
    return np.concatenate((lit, lit.transpose(0, 2, 1), wide)).astype(np.float32)


def _dome(place: Floats) -> Floats:
    """Return light 0-1 over a round thing from -1 to 1, flat in the middle."""
    out = np.clip((np.abs(place) - CORE) / (1 - CORE), 0, 1)
    return np.asarray(1 - out**1.5)


def _ply(place: Floats) -> Floats:
    """Return the light of two twisted plies, none in the middle of the crossing."""
    off = np.clip(np.maximum(np.abs(place)[:, None], np.abs(place)[None, :]) - CORE, 0, 1)
    return np.asarray(1 + PLY * off * np.sin(2 * np.pi * (place[:, None] + place[None, :])) - PLY * off)
