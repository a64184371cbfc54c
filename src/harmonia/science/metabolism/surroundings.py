"""How warm it is around a plant, day by day: in the air, and in the ground that dampens the year."""

import math
from datetime import date, timedelta

import numpy as np

from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant_parts import MONTHS

YEAR_D = 365.25
# Thermal diffusivity of moist ground [m2/s], the value the R package groundTemp starts from, and how deep the
# middle of a buried digester lies [m] (our choice).
GROUND_DIFFUSIVITY = 1e-6
GROUND_DEPTH_M = 1.0


def day_of_year(first_day: date, days: int) -> Floats:
    """Return the place of each day in its year, shape (days,) [d], 0 at the start of January."""
    places = [(first_day + timedelta(days=n)).timetuple().tm_yday - 0.5 for n in range(days)]
    return np.array(places)


def air_c(monthly_c: tuple[float, ...], place: Floats) -> Floats:
    """Return the air's temperature [degC] at places in the year [d], shape as `place`.

    Straight lines between monthly means, each standing for the middle of its month.
    """
    middles = (np.arange(-1, MONTHS + 1) + 0.5) * YEAR_D / MONTHS
    means = np.array([monthly_c[-1], *monthly_c, monthly_c[0]])
    air: Floats = np.interp(place, middles, means)
    return air


def ground_c(
    monthly_c: tuple[float, ...],
    place: Floats,
    depth_m: float = GROUND_DEPTH_M,
    diffusivity_m2_s: float = GROUND_DIFFUSIVITY,
) -> Floats:
    """Return the ground's temperature [degC] at places in the year [d], shape as `place`.

    The first harmonic of the monthly means, damped and late as it reaches `depth_m` [m]: conduction into a
    half space under a yearly wave, Carslaw & Jaeger (1959), Conduction of Heat in Solids, section 2.6 (from
    memory, not checked); T(z, t) = mean + A exp(-z/d) cos(w t - phase - z/d), d = sqrt(2 a/w).
    """
    pulse = 2 * math.pi / YEAR_D  # [1/d]
    relative = depth_m / math.sqrt(2 * diffusivity_m2_s * 86_400 / pulse)
    middles = (np.arange(MONTHS) + 0.5) * YEAR_D / MONTHS
    means = np.array(monthly_c)
    cosine = 2 * np.mean(means * np.cos(pulse * middles))
    sine = 2 * np.mean(means * np.sin(pulse * middles))
    late = pulse * place - relative
    wave: Floats = means.mean() + math.exp(-relative) * (cosine * np.cos(late) + sine * np.sin(late))
    return wave
