"""The colours a photo is remembered by."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from harmonia.science.weaving.draft import Bools, Floats
from harmonia.science.weaving.palette import Colour, oklab_array, srgb
from harmonia.science.weaving.vision import told_apart

MOST_PIXELS = 4_096
GROUPS, ROUNDS = 12, 12
LEAST_SHARE = 0.004  # of a photo: less is a glint, no colour of the thing
QUIET = 0.03  # the chroma a grey counts as: a wall of grey is remembered too, after what is vivid
BEHIND = 0.6  # how much of its weight a colour loses that lies along the photo's edge only
ENOUGH = 0.22  # in OKLab: from here on another colour is no more different for being farther away
BRIM = 12  # the edge of a photo is a twelfth of its side


class _Seen(NamedTuple):
    # Pixels: (n, 3) OKLab, how much the eye rests on each, whether it lies along the edge.
    points: Floats
    rest: Floats
    edge: Bools


def photo_palette(pixels: npt.NDArray[np.uint8], count: int = 3) -> tuple[Colour, ...]:
    """Return up to `count` colours of a photo (…, 3) sRGB 0-255, the most telling first, apart for all eyes.

    Groups of pixels in OKLab (k-means from the farthest point on, so that nothing is left to chance). In a
    photo (height, width, 3) the middle counts more than the edge, where the wall behind a thing is. Vivid
    groups come before grey ones, common before rare; each next one is chosen for its difference as well.
    The same photo always gives the same colours.
    """
    seen = _looked_at(pixels)
    if not len(seen.points):
        return ()
    centres = _centres(seen)
    weights = _weights(seen, centres)
    chosen = _different(centres, weights, count)
    return told_apart(tuple(srgb(*centres[group].tolist()) for group in chosen))


def _looked_at(pixels: npt.NDArray[np.uint8]) -> _Seen:
    """Return some of the pixels, and where in the photo they lie; without a place all count the same."""
    if pixels.ndim != 3:
        flat = pixels.reshape(-1, 3)
        some = flat[:: max(len(flat) // MOST_PIXELS, 1)]
        return _Seen(oklab_array(some), np.ones(len(some)), np.zeros(len(some), dtype=np.bool_))
    step = max(int(np.ceil((pixels.shape[0] * pixels.shape[1] / MOST_PIXELS) ** 0.5)), 1)
    some = pixels[::step, ::step]
    down, across = ((np.arange(side) + 0.5) / side for side in some.shape[:2])
    rest = np.sin(np.pi * down)[:, None] * np.sin(np.pi * across)[None]
    along = [np.minimum(place, 1 - place) < 1 / BRIM for place in (down, across)]
    edge = along[0][:, None] | along[1][None]
    return _Seen(oklab_array(some.reshape(-1, 3)), rest.reshape(-1), edge.reshape(-1))


def _centres(seen: _Seen) -> Floats:
    """Return the centres of groups: begin far apart, then let each pixel pull its nearest."""
    mean = np.average(seen.points, axis=0, weights=seen.rest)
    centres = seen.points[[int(((seen.points - mean) ** 2).sum(axis=1).argmin())]]
    while len(centres) < min(GROUPS, len(seen.points)):
        away = ((seen.points[:, None] - centres[None]) ** 2).sum(axis=2).min(axis=1)
        centres = np.concatenate((centres, seen.points[[int((away * seen.rest).argmax())]]))
    for _ in range(ROUNDS):
        nearest = _nearest(seen.points, centres)
        for group in range(len(centres)):
            pulled = nearest == group
            if pulled.any():
                centres[group] = np.average(seen.points[pulled], axis=0, weights=seen.rest[pulled])
    return np.asarray(centres)


def _weights(seen: _Seen, centres: Floats) -> Floats:
    """Return how telling each group is; 0 for a glint."""
    nearest = _nearest(seen.points, centres)
    count = np.bincount(nearest, minlength=len(centres))
    share = np.bincount(nearest, weights=seen.rest, minlength=len(centres)) / seen.rest.sum()
    behind = np.bincount(nearest[seen.edge], minlength=len(centres)) / max(seen.edge.sum(), 1)
    behind = np.clip(behind / np.maximum(count / len(nearest), 1e-9), 0, 1)
    telling = np.sqrt(share) * (QUIET + np.hypot(centres[:, 1], centres[:, 2])) * (1 - BEHIND * behind)
    return np.asarray(np.where(share < LEAST_SHARE, 0.0, telling))


def _different(centres: Floats, weights: Floats, count: int) -> list[int]:
    """Return up to `count` groups: the most telling, then those that are telling and differ from the chosen."""
    chosen = [int(weights.argmax())]
    while len(chosen) < count:
        away = np.linalg.norm(centres[:, None] - centres[None, chosen], axis=2).min(axis=1)
        score = weights * np.minimum(away / ENOUGH, 1)
        if score.max() <= 0:
            break
        chosen.append(int(score.argmax()))
    return chosen


def _nearest(points: Floats, centres: Floats) -> npt.NDArray[np.int64]:
    return np.asarray(((points[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1))
