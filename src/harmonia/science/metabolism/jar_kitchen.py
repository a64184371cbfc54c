"""Home jars: what a bottle on a balcony tells about a feedstock, with an error as wide as it deserves.

Never called a biochemical methane potential. Volumes are of wet gas of unknown composition; the errors below are
judgement, each written down so that a better number can replace it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism.jar_kinetics import FitError, fit_curve
from harmonia.science.metabolism.jar_pooling import JarYield
from harmonia.science.metabolism.jar_trials import Bottle, TrialOutcome, TrialResult

Floats = NDArray[np.float64]
METHANE_SHARE_ERROR = 0.10  # relative: nobody measures the gas' composition at home
VOLUME_ERROR = 0.10  # scale marks, a bag's shape, the temperature of the gas
LEAK_ERROR = 0.10  # lids and hoses of a kitchen
INOCULUM_ML_G, INOCULUM_ERROR = 45.0, 0.5  # [mL CH4/g VS] without a blank: TU Munich's blanks gave 41 to 48
LONGEST_REACH = 1.5  # a curve that ends half as high again as the last reading is a guess, not a result
STANDARD_ERROR_FLOOR = 0.02  # no trial weighs its solids better than this
NOT_VALID_ERROR = 0.15  # what a trial against the rules is worth
_NORMAL = 1.96  # half a 95 % interval in standard deviations


class NotFinished(ValueError):
    """The jar says nothing yet; the message is one sentence for the reader, `rising` whether it only needs time."""

    def __init__(self, sentence: str, *, rising: bool = False) -> None:
        super().__init__(sentence)
        self.rising = rising


@dataclass(frozen=True)
class HomeJar:
    """A home jar: volatile solids [g], the relative error of the substrate's, and methane so far.

    `days` (readings,) [d] rising from the day it was closed; `methane_ml` (readings,) [mL, dry, 0 degC,
    101.325 kPa] as `jar_readings.methane_so_far` gives it.
    """

    substrate_g: float
    substrate_error: float
    inoculum_g: float
    days: Floats
    methane_ml: Floats


@dataclass(frozen=True)
class HomeResult:
    """Methane the feed would give in the end [mL/g VS] and its relative error; `low`, `high`: four times in five."""

    methane_ml_g: float
    relative_error: float
    low: float
    high: float
    rate: float


def net_of_home_jar(jar: HomeJar, blanks: Sequence[HomeJar] = ()) -> Floats:
    """Return methane of the feed alone at each reading (readings,) [mL/g VS].

    Without a blank the inoculum is taken to give its usual gas at the pace of the jar.
    """
    own = jar.methane_ml
    if blanks:
        per_gram = [np.interp(jar.days, b.days, b.methane_ml) / b.inoculum_g for b in blanks]
        of_inoculum = jar.inoculum_g * np.mean(per_gram, axis=0)
    else:
        of_inoculum = jar.inoculum_g * INOCULUM_ML_G * own / max(float(own[-1]), 1e-9)
    net: Floats = (own - of_inoculum) / jar.substrate_g
    return net


def evaluate_home_jar(jar: HomeJar, blanks: Sequence[HomeJar] = ()) -> HomeResult:
    """Return what a home jar says of its feed.

    Raises:
        NotFinished: too few readings, no gas beyond the inoculum's, or a curve still climbing.
    """
    if not (jar.substrate_g > 0 and jar.inoculum_g >= 0 and jar.days.size == jar.methane_ml.size):
        raise NotFinished("The jar needs its feed in grams and one volume for each reading.")
    net = net_of_home_jar(jar, blanks)
    try:
        fit = fit_curve(jar.days, net)
    except FitError as error:
        raise NotFinished(str(error)) from None
    last = float(net[-1])
    if not last > 0 or fit.potential > LONGEST_REACH * last:
        raise NotFinished(
            "The gas is still rising too fast to say where it will end; read on for some days.", rising=True
        )
    spread = math.hypot(_handling(jar, bool(blanks), last), _fit_error(fit.intervals["potential"]))
    reach = math.exp(1.2816 * spread)
    return HomeResult(fit.potential, spread, fit.potential / reach, fit.potential * reach, fit.values["rate"])


def _handling(jar: HomeJar, has_blank: bool, last_ml_g: float) -> float:
    of_inoculum = jar.inoculum_g * INOCULUM_ML_G / jar.substrate_g / last_ml_g
    share = min(1.0, (0.3 if has_blank else 1.0) * INOCULUM_ERROR * of_inoculum)
    return math.sqrt(
        jar.substrate_error**2 + METHANE_SHARE_ERROR**2 + VOLUME_ERROR**2 + LEAK_ERROR**2 + share**2
    )


def _fit_error(interval: tuple[float, float]) -> float:
    low, high = interval
    if not (low > 0 and math.isfinite(high)):
        return math.log(LONGEST_REACH)
    return min(math.log(LONGEST_REACH), math.log(high / low) / (2 * _NORMAL))


def yields_of_trial(
    trial: str, household: str, feedstock: str, bottles: Sequence[Bottle], outcome: TrialOutcome
) -> list[JarYield]:
    """Return what a standard trial brings to the pool: its substrate, and cellulose to judge the household by.

    By the 1 % rule where it was met. A trial that is not valid still speaks, with a wider error and as home jars do.
    """
    controls = {bottle.substrate for bottle in bottles if bottle.is_cellulose}
    last = {result.substrate: result for result in outcome.results}
    return [
        JarYield(
            f"{trial} {result.substrate}",
            "cellulose" if result.substrate in controls else feedstock,
            household,
            "standard" if outcome.valid else "kitchen",
            result.mean,
            _trial_error(result, outcome.valid),
        )
        for result in last.values()
        if result.mean > 0
    ]


def _trial_error(result: TrialResult, valid: bool) -> float:
    own = result.sd / abs(result.mean) / math.sqrt(result.n)
    return math.hypot(own, STANDARD_ERROR_FLOOR if valid else NOT_VALID_ERROR)
