"""How good forecasts were: error, quantiles, bands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism.conformal import BAND, LEVELS
from harmonia.science.metabolism.particles import Floats

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Score:
    """One rule over the scored days, all in the readings' unit except `coverage` [-].

    `mae` mean absolute error; `crps` continuous ranked probability score; `coverage` of the 80 % band, its
    mean `width`, and `interval`, the score that charges width and misses together.
    """

    mae: float
    crps: float
    coverage: float
    width: float
    interval: float


def score(points: Floats, quantiles: Floats, band: Floats, read: Floats) -> Score:
    """Return the scores of forecasts (days,), quantiles (days, 19) and bands (days, 2) against readings (days,).

    Raises:
        ValueError: there is no day, or a number is missing.
    """
    if not read.size or not np.isfinite(np.column_stack([points, quantiles, band, read])).all():
        raise ValueError(
            "scores need at least one day, and every day a forecast, its quantiles and a reading"
        )
    inside = (band[:, 0] <= read) & (read <= band[:, 1])
    return Score(
        mae=float(np.abs(points - read).mean()),
        crps=float(crps(quantiles, read).mean()),
        coverage=float(inside.mean()),
        width=float((band[:, 1] - band[:, 0]).mean()),
        interval=float(interval_score(band, read).mean()),
    )


def pinball(quantiles: Floats, read: Floats) -> Floats:
    """Return the loss of quantiles (days, 19) at LEVELS against readings (days,), same shape."""
    miss = read[:, None] - quantiles
    levels = np.array(LEVELS)
    loss: Floats = np.maximum(levels * miss, (levels - 1) * miss)
    return loss


def crps(quantiles: Floats, read: Floats) -> Floats:
    """Return the continuous ranked probability score (days,), twice the mean pinball loss over 19 levels.

    Gneiting & Ranjan (2011), doi:10.1198/jbes.2010.08110; the tails beyond 5 and 95 % are left out for all alike.
    """
    mean: Floats = 2 * pinball(quantiles, read).mean(axis=1)
    return mean


def interval_score(band: Floats, read: Floats) -> Floats:
    """Return the interval score (days,) of 80 % bands (days, 2): width, and ten times what lies outside.

    Gneiting & Raftery (2007), doi:10.1198/016214506000001437.
    """
    low, high = band[:, 0], band[:, 1]
    outside = np.maximum(low - read, 0.0) + np.maximum(read - high, 0.0)
    charged: Floats = high - low + 2 / (1 - BAND) * outside
    return charged
