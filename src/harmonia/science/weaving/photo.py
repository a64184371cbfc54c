"""The colours a photo is remembered by."""

import numpy as np
import numpy.typing as npt

from harmonia.science.weaving.draft import Floats
from harmonia.science.weaving.palette import Colour, oklab_array, srgb
from harmonia.science.weaving.vision import told_apart

MOST_PIXELS = 4_096
ROUNDS = 12
VIVID = 4.0  # a colour of chroma 0.25 counts as much as twice as many grey pixels


def photo_palette(pixels: npt.NDArray[np.uint8], count: int = 3) -> tuple[Colour, ...]:
    """Return up to `count` colours of a photo (…, 3) sRGB 0-255, the most telling first, apart for all eyes.

    Groups of pixels in OKLab (k-means from the farthest point on, so that nothing is left to chance); common
    and vivid groups come first. The same photo always gives the same colours.
    """
    flat = pixels.reshape(-1, 3)
    if not len(flat):
        return ()
    points = oklab_array(flat[:: max(len(flat) // MOST_PIXELS, 1)])
    centres = _centres(points, count)
    nearest = _nearest(points, centres)
    share = np.bincount(nearest, minlength=len(centres)) / len(points)
    weight = share * (1 + VIVID * np.hypot(centres[:, 1], centres[:, 2]))
    order = [int(group) for group in np.argsort(-weight, kind="stable") if share[group] > 0]
    return told_apart(tuple(srgb(*centres[group].tolist()) for group in order))


def _centres(points: Floats, count: int) -> Floats:
    """Return the centres of groups: begin far apart, then let each pixel pull its nearest."""
    centres = points.mean(axis=0, keepdims=True)
    while len(centres) <= count:
        away = ((points[:, None] - centres[None]) ** 2).sum(axis=2).min(axis=1)
        centres = np.concatenate((centres, points[[int(away.argmax())]]))
    centres = centres[1:]
    for _ in range(ROUNDS):
        nearest = _nearest(points, centres)
        for group in range(len(centres)):
            if (nearest == group).any():
                centres[group] = points[nearest == group].mean(axis=0)
    return np.asarray(centres)


def _nearest(points: Floats, centres: Floats) -> npt.NDArray[np.int64]:
    return np.asarray(((points[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1))
