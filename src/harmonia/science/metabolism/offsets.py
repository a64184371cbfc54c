"""Move what a model says to what the plant's own instruments show, as far as each day knew."""

import math
from collections.abc import Sequence

import numpy as np

from harmonia.science.metabolism.particles import Floats

# Noise of one reading, offset of meter and model against each other, its drift a day (standard deviations); of
# the logarithm for acids over alkalinity. As `assimilation.ERRORS`: our own, wide.
PH = (0.1, 0.3, 0.01)
RATIO = (0.15, 0.6, 0.02)


def tracked(model: Sequence[float], read: Sequence[float], error: tuple[float, float, float]) -> Floats:
    """Return the offset (days,) to add to a model's days, learnt from readings (days,) up to each day.

    A Kalman filter of one number that wanders; a reading further off than it may be moves it by that much only.
    Readings are NaN where none; days beyond the readings keep the last offset.
    """
    noise, spread, drift = error
    unsure, offset = spread**2, 0.0
    offsets = np.zeros(len(model))
    for day, value in enumerate(model):
        unsure = min(unsure + drift**2, spread**2)
        if day < len(read) and math.isfinite(read[day]):
            width = math.sqrt(unsure + noise**2)
            miss = min(max(read[day] - value - offset, -2 * width), 2 * width)
            gain = unsure / width**2
            offset, unsure = offset + gain * miss, unsure * (1 - gain)
        offsets[day] = offset
    return offsets
