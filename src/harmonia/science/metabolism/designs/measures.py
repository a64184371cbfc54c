"""What a design brings, and how its distribution over the ensemble is told."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_Z = 1.2815515655446004  # standard normal at 90 %: intervals hold 80 %


@dataclass(frozen=True)
class Measure:
    """One outcome: its unit, and +1 where more is better, -1 where less is, 0 where it is no criterion."""

    name: str
    unit: str
    better: int


_ALL = (
    Measure("gas_m3_d", "m3/d", 1),
    Measure("cooking_min_d", "min/d", 0),
    Measure("net_kwh_d", "kWh/d", 1),
    Measure("accepted_kg_d", "kg/d", 1),
    Measure("garden_nitrogen_kg_y", "kg N/y", 1),
    Measure("unplaced_digestate_m3_y", "m3/y", -1),
    Measure("storage_months", "months", -1),
    Measure("sour_risk", "share", -1),
    Measure("avoided_t_co2e_y", "t CO2e/y", 1),
)
MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _ALL}
NAMES = tuple(MEASURES)
# What the front is drawn on; cost and labour stand beside what a year brings.
CRITERIA: Mapping[str, int] = {
    **{measure.name: measure.better for measure in _ALL if measure.better},
    "cost": -1,
    "labour_h_week": -1,
}
RISKS = ("sour_risk",)


@dataclass(frozen=True)
class Distribution:
    """Over the members: what 10 %, 50 % and 90 % stay below, mean and standard deviation.

    For a risk, `middle` and `mean` are the share of years it happens in, and `low` and `high` bound that share
    with 80 % confidence.
    """

    low: float
    middle: float
    high: float
    mean: float
    deviation: float


def distribution(name: str, draws: Floats) -> Distribution:
    """Return the distribution of a measure's draws (members,)."""
    mean, deviation = float(np.mean(draws)), float(np.std(draws))
    if name in RISKS:
        low, high = wilson(int(np.count_nonzero(draws)), len(draws))
        return Distribution(low, mean, high, mean, deviation)
    low, middle, high = (float(value) for value in np.quantile(draws, [0.1, 0.5, 0.9]))
    return Distribution(low, middle, high, mean, deviation)


def difference(name: str, draws: Floats, base: Floats) -> Distribution:
    """Return the distribution of the difference of paired draws (members,): the same years, another design."""
    change = draws - base
    mean, deviation = float(np.mean(change)), float(np.std(change))
    if name in RISKS:
        low, high = matched(change)
        return Distribution(low, mean, high, mean, deviation)
    low, middle, high = (float(value) for value in np.quantile(change, [0.1, 0.5, 0.9]))
    return Distribution(low, middle, high, mean, deviation)


def wilson(happened: int, count: int) -> tuple[float, float]:
    """Return the 80 % interval of a share (Wilson 1927, doi:10.1080/01621459.1927.10502953)."""
    share, z2 = happened / count, _Z * _Z / count
    middle = (share + z2 / 2) / (1 + z2)
    half = math.sqrt(z2 * (share * (1 - share) + z2 / 4)) / (1 + z2)
    # At the ends the bound is the end itself, which rounding would miss by a hair.
    return (middle - half if happened else 0.0), (middle + half if happened < count else 1.0)


def matched(change: Floats) -> tuple[float, float]:
    """Return the 80 % interval of a difference of matched shares; `change` (members,) is -1, 0 or 1.

    Half a pair is added to each of the four cells (Agresti & Min 2005, doi:10.1002/sim.1781). Where no member
    changes, nothing did, and the interval is closed on 0.
    """
    more, less = int(np.count_nonzero(change > 0)), int(np.count_nonzero(change < 0))
    if not more and not less:
        return 0.0, 0.0
    count, b, c = len(change) + 2.0, more + 0.5, less + 0.5
    mean = (b - c) / count
    half = _Z * math.sqrt(max(0.0, b + c - (b - c) ** 2 / count)) / count
    return max(-1.0, mean - half), min(1.0, mean + half)
