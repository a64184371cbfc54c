"""How fast a jar gives its methane: the first-order curve through a trial, with intervals."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares
from scipy.stats import t as student

from harmonia.science.metabolism.kernel import Floats

_LEVEL = 0.95


class FitError(ValueError):
    """No curve can be laid through the points; the message says why."""


@dataclass(frozen=True)
class FirstOrderFit:
    """B(t) = potential (1 - exp(-rate t)): potential [mL/g VS] and rate [1/d], each with its 95 % interval.

    `rmse` [mL/g VS] is the root mean square distance of the points.
    """

    potential: float
    potential_interval: tuple[float, float]
    rate: float
    rate_interval: tuple[float, float]
    rmse: float


def fit_first_order(days: Floats, net_ml_g: Floats) -> FirstOrderFit:
    """Return the first-order curve nearest to net methane (readings,) [mL/g VS] over time (readings,) [d].

    Intervals come from the curvature at the optimum and Student's t; readings of one bottle hang together, so
    take them as the least there is. Curve: Pererva et al. (2020), doi:10.3390/w12061831.

    Raises:
        FitError: fewer than four readings, or no methane.
    """
    if days.size < 4 or days.size != net_ml_g.size:
        raise FitError("A curve needs at least four readings, each with its time.")
    top = float(np.max(net_ml_g))
    if not top > 0:
        raise FitError("There is no methane to lay a curve through.")
    start = np.log([top, 3.0 / max(float(days[-1]), 1e-9)])
    found = least_squares(lambda logs: _curve(days, logs) - net_ml_g, start)
    distance = float(np.sum(found.fun**2))
    free = days.size - 2
    spread = np.sqrt(np.diag(np.linalg.pinv(found.jac.T @ found.jac)) * distance / free)
    reach = float(student.ppf(0.5 + _LEVEL / 2, free)) * spread
    low, middle, high = np.exp(found.x - reach), np.exp(found.x), np.exp(found.x + reach)
    return FirstOrderFit(
        potential=float(middle[0]),
        potential_interval=(float(low[0]), float(high[0])),
        rate=float(middle[1]),
        rate_interval=(float(low[1]), float(high[1])),
        rmse=float(np.sqrt(distance / days.size)),
    )


def _curve(days: Floats, logs: Floats) -> Floats:
    """Return the curve for the logarithms of potential and rate, so that both stay positive."""
    potential, rate = np.exp(logs)
    curve: Floats = potential * -np.expm1(-rate * days)
    return curve
