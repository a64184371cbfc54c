"""Put a band around any rule's forecasts from the rule's own past errors, and keep its coverage honest."""

import math

import numpy as np

from harmonia.science.metabolism.particles import Floats

LEVELS = tuple(round(0.05 * step, 2) for step in range(1, 20))
BAND = 0.8
MEMORY = 60
FEWEST = 7
STEP = 0.02


def dressed(points: Floats, read: Floats, horizon_d: int) -> tuple[Floats, Floats]:
    """Return quantiles (days, 19) at LEVELS and the 80 % band (days, 2) of forecasts (days,).

    Each day's are the newest 60 errors known when it was issued, `horizon_d` [d] before, added to it: split
    conformal prediction in a moving window (Lei et al. 2018, doi:10.1080/01621459.2017.1307116). The band's
    level is moved after each hit or miss, so that its coverage keeps to 80 % as the plant changes: adaptive
    conformal inference, Gibbs & Candes (2021), NeurIPS 34. Readings (days,) and forecasts are NaN where none;
    a band is NaN before 7 errors. Nothing is foreseen below zero.
    """
    quantiles, band = np.full((points.size, len(LEVELS)), math.nan), np.full((points.size, 2), math.nan)
    errors: list[float] = []
    missing = 1 - BAND
    for day in range(horizon_d, points.size):
        issued = day - horizon_d
        if math.isfinite(read[issued]) and math.isfinite(points[issued]):
            errors = [*errors, float(read[issued] - points[issued])][-MEMORY:]
            if math.isfinite(band[issued, 0]):
                outside = not band[issued, 0] <= read[issued] <= band[issued, 1]
                missing += STEP * (1 - BAND - outside)
        if len(errors) >= FEWEST and math.isfinite(points[day]):
            quantiles[day] = points[day] + _corrected(errors, np.array(LEVELS))
            half = min(max(missing / 2, 0.0), 0.5)
            band[day] = points[day] + _corrected(errors, np.array([half, 1 - half]))
    return np.maximum(quantiles, 0.0), np.maximum(band, 0.0)


def _corrected(errors: list[float], levels: Floats) -> Floats:
    """Return quantiles of errors, each a step further out, as the next error is one more than those seen."""
    outward = (levels - 0.5) * (1 + 1 / len(errors)) + 0.5
    places = np.clip(outward, 0.0, 1.0) * (len(errors) - 1)
    found: Floats = np.interp(places, np.arange(len(errors)), np.sort(errors))
    return found
