"""How fast a jar gives its methane: three curves through a trial, each parameter with its interval.

First order and modified Gompertz as in Pererva et al. (2020), doi:10.3390/w12061831; the two-pool curve is the sum of
two first-order pools. Intervals are profile likelihoods (Venzon & Moolgavkar 1988, doi:10.2307/2347496).
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.stats import t as student

Floats = NDArray[np.float64]
Curve = Literal["first_order", "gompertz", "two_pool"]
Interval = tuple[float, float]
LEVEL = 0.95
_FARTHEST = 8.0  # a parameter's logarithm is followed this far from its best; beyond it is unbounded
_FIRST_STEP, _FINE = 0.02, 0.02  # on that scale; an end is found to 2 % of its distance
_NEVER = 700.0  # a logarithm whose number is as good as infinite


class FitError(ValueError):
    """No curve can be laid through the points; the message says why."""


@dataclass(frozen=True)
class Fit:
    """A curve laid through net methane: its parameters and their intervals, by name.

    `potential` [mL/g VS], `rate`, `fast_rate`, `slow_rate` [1/d], `fast_share` [-], `peak` [mL/g VS/d], `lag` [d];
    an end the readings do not bound is 0 or infinite. `rmse` [mL/g VS]; `aicc` compares curves on the same readings.
    """

    curve: Curve
    values: Mapping[str, float]
    intervals: Mapping[str, Interval]
    rmse: float
    aicc: float

    @property
    def potential(self) -> float:
        """Return what the substrate gives in the end [mL/g VS]."""
        return self.values["potential"]

    def at(self, days: Floats) -> Floats:
        """Return the curve at some days, shape (days,) [mL/g VS]."""
        shape = _SHAPES[self.curve]
        return shape.curve(days, shape.inside(np.array([self.values[name] for name in shape.names])))


@dataclass(frozen=True)
class _Shape:
    """A curve: its parameters' names, whether each is a share, its formula, and where to start looking."""

    names: tuple[str, ...]
    shares: tuple[bool, ...]
    formula: Callable[[Floats, Floats], Floats]
    starts: Callable[[float, float], list[list[float]]]

    def outside(self, inner: Floats) -> Floats:
        """Return parameters from the free scale: logarithms, and logits of shares."""
        plain = np.exp(np.clip(inner, -_NEVER, _NEVER))
        outside: Floats = np.where(self.shares, plain / (1 + plain), plain)
        return outside

    def inside(self, values: Floats) -> Floats:
        """Return parameters on the free scale."""
        safe = np.maximum(values, 1e-300)
        odds = safe / np.maximum(1 - safe, 1e-300)
        inner: Floats = np.log(np.where(self.shares, odds, safe))
        return inner

    def curve(self, days: Floats, inner: Floats) -> Floats:
        """Return the curve for parameters on the free scale."""
        return self.formula(days, self.outside(inner))


def _first_order(days: Floats, p: Floats) -> Floats:
    curve: Floats = p[0] * -np.expm1(-p[1] * days)
    return curve


def _gompertz(days: Floats, p: Floats) -> Floats:
    inner = np.clip(p[1] * math.e / p[0] * (p[2] - days) + 1, -_NEVER, _NEVER)
    curve: Floats = p[0] * np.exp(-np.exp(inner))
    return curve


def _two_pool(days: Floats, p: Floats) -> Floats:
    fast, slow = -np.expm1(-p[1] * days), -np.expm1(-p[2] * days)
    curve: Floats = p[0] * (p[3] * fast + (1 - p[3]) * slow)
    return curve


_SHAPES: Mapping[Curve, _Shape] = {
    "first_order": _Shape(
        ("potential", "rate"),
        (False, False),
        _first_order,
        lambda top, end: [[top, 3 / end], [2 * top, 0.5 / end]],
    ),
    "gompertz": _Shape(
        ("potential", "peak", "lag"),
        (False, False, False),
        _gompertz,
        lambda top, end: [[top, 5 * top / end, 0.05 * end], [top, 2 * top / end, 0.2 * end]],
    ),
    "two_pool": _Shape(
        ("potential", "fast_rate", "slow_rate", "fast_share"),
        (False, False, False, True),
        _two_pool,
        lambda top, end: [
            [top, 6 / end, 1 / end, 0.6],
            [1.2 * top, 20 / end, 1 / end, 0.4],
            [top, 4 / end, 2 / end, 0.5],
        ],
    ),
}


def fit_curve(days: Floats, net_ml_g: Floats, curve: Curve = "first_order") -> Fit:
    """Return one curve nearest to net methane (readings,) [mL/g VS] over time (readings,) [d].

    The intervals hold at 95 % for readings that err independently; those of one bottle hang together, so take them
    as the least there is.

    Raises:
        FitError: too few readings, no methane, or no optimum.
    """
    shape = _SHAPES[curve]
    _check(days, net_ml_g, len(shape.names))
    return _told(curve, days, net_ml_g, *_nearest(shape, days, net_ml_g))


def _told(curve: Curve, days: Floats, net: Floats, inner: Floats, squares: float) -> Fit:
    """Return an optimum with its intervals and how well it tells the readings."""
    shape = _SHAPES[curve]
    free = days.size - inner.size
    reach = squares * (1 + float(student.ppf(0.5 + LEVEL / 2, free)) ** 2 / free)
    ends = [_profile(shape, days, net, inner, place, max(reach, 1e-12)) for place in range(inner.size)]
    values = dict(zip(shape.names, shape.outside(inner).tolist(), strict=True))
    intervals = {
        name: (_end(shape, low, place), _end(shape, high, place))
        for place, (name, (low, high)) in enumerate(zip(shape.names, ends, strict=True))
    }
    if curve == "two_pool" and values["slow_rate"] > values["fast_rate"]:
        values, intervals = _swapped(values), _swapped_ends(intervals)
    rmse = math.sqrt(squares / days.size)
    return Fit(curve, values, intervals, rmse, _aicc(squares, days.size, inner.size))


def _end(shape: _Shape, inner: Floats, place: int) -> float:
    """Return one end of an interval; what the readings do not bound is 0, 1 or infinite."""
    if math.isinf(inner[place]):
        return 0.0 if inner[place] < 0 else 1.0 if shape.shares[place] else math.inf
    return float(shape.outside(inner)[place])


def _swapped(values: Mapping[str, float]) -> dict[str, float]:
    """Return two pools with the faster one first."""
    slow, fast, share = values["fast_rate"], values["slow_rate"], 1 - values["fast_share"]
    return {**values, "fast_rate": fast, "slow_rate": slow, "fast_share": share}


def _swapped_ends(ends: Mapping[str, Interval]) -> dict[str, Interval]:
    low, high = ends["fast_share"]
    return {
        **ends,
        "fast_rate": ends["slow_rate"],
        "slow_rate": ends["fast_rate"],
        "fast_share": (1 - high, 1 - low),
    }


def best_fit(days: Floats, net_ml_g: Floats) -> Fit:
    """Return the curve of the three that tells the readings best for its number of parameters (AICc).

    Raises:
        FitError: not even the first-order curve fits.
    """
    _check(days, net_ml_g, len(_SHAPES["first_order"].names))
    least = len(_SHAPES["first_order"].names)
    told = {
        curve: _nearest(shape, days, net_ml_g)
        for curve, shape in _SHAPES.items()
        if days.size >= len(shape.names) + 3 or len(shape.names) == least
    }
    # Intervals cost most, so only the chosen curve gets them.
    chosen = min(told, key=lambda curve: _aicc(told[curve][1], days.size, told[curve][0].size))
    return _told(chosen, days, net_ml_g, *told[chosen])


def _check(days: Floats, net: Floats, parameters: int) -> None:
    least = parameters + 2
    if days.size < least or days.size != net.size:
        raise FitError(f"This curve needs at least {least} readings, each with its time.")
    if not (np.isfinite(days).all() and np.isfinite(net).all() and float(days[-1]) > 0):
        raise FitError("A reading or its time is not a number.")
    if not float(np.max(net)) > 0:
        raise FitError("There is no methane to lay a curve through.")


def _aicc(squares: float, readings: int, parameters: int) -> float:
    """Return the small-sample information criterion (Hurvich & Tsai 1989, doi:10.1093/biomet/76.2.297)."""
    count = parameters + 1
    room = max(readings - count - 1, 1e-9)
    return readings * math.log(max(squares, 1e-300) / readings) + 2 * count * readings / room


def _nearest(shape: _Shape, days: Floats, net: Floats) -> tuple[Floats, float]:
    top = float(np.max(net))
    starts = shape.starts(top, float(days[-1]))
    tries = [_solve(shape, days, net, shape.inside(np.array(start))) for start in starts]
    return min(tries, key=lambda found: found[1])


def _solve(
    shape: _Shape, days: Floats, net: Floats, start: Floats, held: int | None = None
) -> tuple[Floats, float]:
    """Return the optimum from a start, with one parameter held if asked, and its sum of squares."""
    free = np.array([place for place in range(start.size) if place != held])

    def miss(moved: Floats) -> Floats:
        inner = start.copy()
        inner[free] = moved
        distance: Floats = shape.curve(days, inner) - net
        return distance

    found = least_squares(miss, start[free], max_nfev=200)
    inner = start.copy()
    inner[free] = found.x
    return inner, float(2 * found.cost)


def _profile(
    shape: _Shape, days: Floats, net: Floats, best: Floats, place: int, reach: float
) -> tuple[Floats, Floats]:
    """Return the parameters at both ends of one parameter's interval, on the free scale."""

    def moved(near: Floats, away: float) -> Floats | None:
        """Return the optimum with the parameter moved from its best, or None where the fit is too bad by then."""
        start = near.copy()
        start[place] = best[place] + away
        inner, squares = _solve(shape, days, net, start, held=place)
        return inner if squares < reach else None

    return _end_of(moved, best, place, -1.0), _end_of(moved, best, place, 1.0)


def _end_of(moved: Callable[[Floats, float], Floats | None], best: Floats, place: int, sign: float) -> Floats:
    """Go away from the best in doubling steps, then back by halves, each time from the last point inside."""
    near, inside, step = best, 0.0, _FIRST_STEP
    while (found := moved(near, sign * step)) is not None:
        near, inside, step = found, step, 2 * step
        if step > _FARTHEST:
            end = best.copy()
            end[place] = sign * math.inf
            return end
    while step - inside > _FINE * step:
        middle = (inside + step) / 2
        found = moved(near, sign * middle)
        if found is None:
            step = middle
        else:
            near, inside = found, middle
    return near
