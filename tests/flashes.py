"""Whether something flashes, as WCAG 2.3.1 defines it.

A flash is a pair of opposing changes of relative luminance by a tenth of the brightest there is. More than three in a second
are forbidden where they fill a quarter of what ten degrees of sight hold (341 x 256 px of a screen at arm's length).
https://www.w3.org/TR/WCAG22/#dfn-general-flash-and-red-flash-thresholds
"""

import numpy as np
import numpy.typing as npt

STEP = 0.1
QUARTER_OF_SIGHT_PX = 341 * 256 / 4

Frames = npt.NDArray[np.float64]


def luminance(pixels: npt.NDArray[np.uint8]) -> Frames:
    """Return the relative luminance 0-1 of sRGB (…, 3)."""
    channel = pixels / 255
    light = np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)
    return np.asarray(light @ np.array([0.2126, 0.7152, 0.0722]))


def flashes(frames: Frames, seconds: Frames) -> npt.NDArray[np.int64]:
    """Return the most flashes each place of (frames, …) luminances has within one second; `seconds` (frames,)."""
    low, high = frames[0].copy(), frames[0].copy()
    rising = np.zeros(frames[0].shape, dtype=np.int64)  # 1 it rose last, -1 it fell
    turns = np.zeros(frames.shape, dtype=np.int64)
    for number, light in enumerate(frames):
        up, down = (light >= low + STEP) & (rising <= 0), (light <= high - STEP) & (rising >= 0)
        turns[number] = up | down
        rising = np.where(up, 1, np.where(down, -1, rising))
        low = np.where(up | down, light, np.minimum(low, light))
        high = np.where(up | down, light, np.maximum(high, light))
    until = np.searchsorted(seconds, seconds + 1, side="right")
    total = np.concatenate((np.zeros((1, *frames[0].shape), dtype=np.int64), turns.cumsum(axis=0)))
    return np.asarray(np.max([total[end] - total[start] for start, end in enumerate(until)], axis=0) // 2)
