"""What all jars of a community say together about each feedstock, and how much one more jar adds.

A hierarchical model of the logarithm of each jar's methane: what the feedstock gives, what the household's scale and
thermometer add to all its jars, what home jars share (they leak), and the jar itself. Given the three spreads
everything is normal, so it is solved exactly; the spreads are summed over a grid (empirical Bayes would take their
best values only, which makes intervals too narrow). Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., chapter 5.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Tier = Literal["standard", "kitchen"]
TENTH = 1.2816  # standard normal at 90 %: intervals hold four times in five
LEAST_ML_G, MOST_ML_G = 1.0, 2000.0  # more than pure fat can give; outside nobody measured methane

# Spreads of logarithms, before any jar is seen: median and its own spread. Judgement, not measurement.
HOUSEHOLD_SPREAD = (0.10, 0.6)
KITCHEN_SPREAD = (0.12, 0.6)
STANDARD_SPREAD = (0.07, 0.5)
KITCHEN_SHIFT = (
    0.15  # how far all home jars together may lie off, so a thousand of them never beat one good trial
)
_NODES = np.linspace(-2.4, 2.4, 7)
_POINTS = 801
_ROOM = 2_000_000  # numbers held at once


class PoolError(ValueError):
    """The jars cannot be pooled; the message is one sentence for the reader."""


@dataclass(frozen=True)
class JarYield:
    """One result to pool: methane [mL CH4/g VS at 0 degC, 101.325 kPa] with its own relative error (one sd).

    For a standard trial the mean of its bottles, for home jars each one.
    """

    jar: str
    feedstock: str
    household: str
    tier: Tier
    methane_ml_g: float
    relative_error: float


@dataclass(frozen=True)
class Prior:
    """What was known of a feedstock's methane before any jar [mL/g VS]: low and high hold four times in five."""

    middle: float
    low: float
    high: float

    @property
    def centre(self) -> float:
        """Return the middle's logarithm."""
        return math.log(self.middle)

    @property
    def spread(self) -> float:
        """Return the standard deviation of the logarithm."""
        low = max(self.low, 0.05 * self.middle)
        return max(math.log(self.high / low) / (2 * TENTH), 0.01)


@dataclass(frozen=True)
class Estimate:
    """A feedstock's methane [mL/g VS] after the jars: low and high hold four times in five.

    `density` (points,) of the logarithm over `grid` (points,); `jars` of this feedstock were pooled.
    """

    feedstock: str
    middle: float
    low: float
    high: float
    jars: int
    grid: Floats
    density: Floats

    @property
    def half_width(self) -> float:
        """Return the ± people read [mL/g VS]: half of the interval."""
        return (self.high - self.low) / 2


@dataclass(frozen=True)
class Pooled:
    """All feedstocks after all jars, and what was learnt about the jars themselves.

    The spreads are standard deviations of logarithms, so about shares; `kitchen_shift` how far home jars lie off
    altogether, with its standard deviation.
    """

    estimates: Mapping[str, Estimate]
    household_spread: float
    kitchen_spread: float
    standard_spread: float
    kitchen_shift: tuple[float, float]


def pool_jars(jars: Sequence[JarYield], priors: Mapping[str, Prior]) -> Pooled:
    """Return what the jars say together of every feedstock in the priors.

    Raises:
        PoolError: a jar of a feedstock without prior, or a number that cannot be.
    """
    posterior = _posterior(jars, priors)
    estimates = {code: _marginal(code, jars, posterior, place) for place, code in enumerate(sorted(priors))}
    weights, shifts = posterior.weights, posterior.means[:, -1]
    homes, kitchen, standard = (weights @ np.exp(posterior.logs)).tolist()
    shift = float(weights @ shifts)
    around = float(weights @ (posterior.variances[:, -1] + (shifts - shift) ** 2))
    return Pooled(estimates, homes, kitchen, standard, (shift, math.sqrt(around)))


def bits_gained(before: Estimate, after: Estimate) -> float:
    """Return how many bits the jars between two estimates taught about one feedstock.

    The entropy of what was believed less that of what is believed now: a halved interval is one bit, and a jar that
    contradicts may leave less than nothing. Lindley (1956), doi:10.1214/aoms/1177728069.
    """
    return _entropy(before) - _entropy(after)


def _entropy(found: Estimate) -> float:
    """Return the differential entropy of a feedstock's logarithm [bits]."""
    here = found.density[found.density > 1e-300]
    return -float(np.sum(here * np.log2(here)) * (found.grid[1] - found.grid[0]))


def bits_expected(
    jars: Sequence[JarYield],
    priors: Mapping[str, Prior],
    feedstock: str,
    household: str,
    tier: Tier,
    error: float,
) -> float:
    """Return how many bits one more jar would teach about its own feedstock, before anybody fills it.

    The mean of `bits_gained` over what the jar may show (five-point quadrature of what is foreseen of it); `error`
    [-] is the jar's own relative error.

    Raises:
        PoolError: as `pool_jars`.
    """
    place = sorted(priors).index(_known(feedstock, priors))
    now = _posterior(jars, priors)
    middle, spread = _foreseen(now, place, tier, error)
    points, weights = np.polynomial.hermite_e.hermegauss(5)
    after = 0.0
    for point, weight in zip(points, weights / weights.sum(), strict=True):
        read = math.exp(middle + spread * float(point))
        jar = JarYield("next", feedstock, household, tier, read, error)
        told = _solve_all([*jars, jar], priors, now.logs)
        after += float(weight) * _entropy(_marginal(feedstock, jars, told, place))
    return _entropy(_marginal(feedstock, jars, now, place)) - after


def _foreseen(now: "_Posterior", place: int, tier: Tier, error: float) -> tuple[float, float]:
    """Return middle and spread of the logarithm that a new household's jar would show."""
    homes, kitchen, standard = np.exp(now.logs).T
    at_home = tier == "kitchen"
    middles = now.means[:, place] + at_home * now.means[:, -1]
    own = error**2 + homes**2 + (kitchen if at_home else standard) ** 2
    around = now.variances[:, place] + at_home * now.variances[:, -1] + own
    middle = float(now.weights @ middles)
    return middle, math.sqrt(float(now.weights @ (around + (middles - middle) ** 2)))


@dataclass(frozen=True)
class _Posterior:
    """Means and variances (nodes, feedstocks + 1) of logarithms at nodes of the spreads, with their weights.

    The last column is what home jars share. `logs` (nodes, 3): logarithms of household, kitchen, standard spread.
    """

    logs: Floats
    weights: Floats
    means: Floats
    variances: Floats


def _posterior(jars: Sequence[JarYield], priors: Mapping[str, Prior]) -> _Posterior:
    for jar in jars:
        _check(jar, priors)
    hyper = _hyper()
    centre, width = np.zeros(3), np.ones(3)
    for _ in range(2):
        # The second grid stands where the first found something, so that many jars do not fall between two nodes.
        z = np.array(list(itertools.product(*(centre[k] + width[k] * _NODES for k in range(3)))))
        found = _solve_all(jars, priors, np.log(hyper[:, 0]) + hyper[:, 1] * z)
        centre = found.weights @ z
        width = np.sqrt(np.maximum(found.weights @ (z - centre) ** 2, 0.15**2))
    return found


def _hyper() -> Floats:
    return np.array([HOUSEHOLD_SPREAD, KITCHEN_SPREAD, STANDARD_SPREAD])


def _solve_all(jars: Sequence[JarYield], priors: Mapping[str, Prior], logs: Floats) -> _Posterior:
    design = _Design(jars, priors)
    spreads = np.exp(logs)
    chunk = max(1, _ROOM // max(1, design.x.size))
    solved = [design.solve(spreads[k : k + chunk]) for k in range(0, len(logs), chunk)]
    means, variances, evidence = (np.concatenate(parts) for parts in zip(*solved, strict=True))
    z = (logs - np.log(_hyper()[:, 0])) / _hyper()[:, 1]
    log_weights = evidence - 0.5 * np.sum(z**2, axis=1)
    weights = np.exp(log_weights - log_weights.max())
    return _Posterior(logs, weights / weights.sum(), means, variances)


class _Design:
    """The jars as a linear model, sorted by household: which feedstock, whether at home, what each read."""

    def __init__(self, jars: Sequence[JarYield], priors: Mapping[str, Prior]) -> None:
        codes = sorted(priors)
        place = {code: number for number, code in enumerate(codes)}
        ordered = sorted(jars, key=lambda jar: jar.household)
        self.centres = np.array([*(priors[code].centre for code in codes), 0.0])
        self.precision = np.array([*(priors[code].spread for code in codes), KITCHEN_SHIFT]) ** -2.0
        self.kitchen = np.array([jar.tier == "kitchen" for jar in ordered], dtype=bool)
        self.own = np.array([jar.relative_error for jar in ordered])
        self.x = np.zeros((len(ordered), len(codes) + 1))
        self.x[np.arange(len(ordered)), [place[jar.feedstock] for jar in ordered]] = 1.0
        self.x[:, -1] = self.kitchen
        read = np.array([math.log(jar.methane_ml_g) for jar in ordered])
        self.rest = read - self.x[:, :-1] @ self.centres[:-1]
        homes = [jar.household for jar in ordered]
        self.first = np.array(
            [k for k, home in enumerate(homes) if k == 0 or home != homes[k - 1]], dtype=int
        )

    def solve(self, spreads: Floats) -> tuple[Floats, Floats, Floats]:
        """Return means, variances (nodes, feedstocks + 1) and evidence (nodes,), in logarithms.

        `spreads` (nodes, 3) of household, kitchen and standard.
        """
        nodes = len(spreads)
        if not self.own.size:
            shape = (nodes, self.centres.size)
            flat = np.broadcast_to(1 / self.precision, shape)
            return np.broadcast_to(self.centres, shape), flat, np.zeros(nodes)
        of_tier = np.where(self.kitchen, spreads[:, 1:2], spreads[:, 2:3])
        weight = 1 / (self.own**2 + of_tier**2)  # (nodes, jars)
        told = np.column_stack([self.x, self.rest])
        by_home = np.add.reduceat(weight[:, :, None] * told, self.first, axis=1)
        homes = 1 / (spreads[:, 0:1] ** -2 + np.add.reduceat(weight, self.first, axis=1))
        # Each household's own shift is summed out, which takes a rank-one piece off what its jars say.
        told_of = np.einsum("ji,gj,jk->gik", told, weight, told)
        told_of -= np.einsum("ghi,gh,ghk->gik", by_home, homes, by_home)
        whole = np.diag(self.precision) + told_of[:, :-1, :-1]
        heard = told_of[:, :-1, -1]
        covariance = np.linalg.inv(whole)
        shift = np.einsum("gik,gk->gi", covariance, heard)
        misfit = told_of[:, -1, -1] - np.einsum("gi,gi->g", heard, shift)
        size = (
            np.log(weight).sum(axis=1)
            + np.log(homes * spreads[:, 0:1] ** -2).sum(axis=1)
            - np.linalg.slogdet(whole)[1]
            + np.log(self.precision).sum()
        )
        variances = np.diagonal(covariance, axis1=1, axis2=2)
        return self.centres + shift, variances, 0.5 * (size - misfit)


def _marginal(code: str, jars: Sequence[JarYield], posterior: _Posterior, place: int) -> Estimate:
    """Return middle and interval of one feedstock, a mixture of normals, from its density on a grid."""
    weights, means, variances = posterior.weights, posterior.means[:, place], posterior.variances[:, place]
    centre = float(weights @ means)
    spread = math.sqrt(float(weights @ (variances + (means - centre) ** 2)))
    grid = centre + spread * np.linspace(-7, 7, _POINTS)
    bells = np.exp(-0.5 * (grid[:, None] - means) ** 2 / variances) / np.sqrt(2 * math.pi * variances)
    density = bells @ weights
    share = np.cumsum(density) - density / 2
    low, middle, high = np.exp(np.interp([0.1, 0.5, 0.9], share / density.sum(), grid)).tolist()
    count = sum(jar.feedstock == code for jar in jars)
    return Estimate(code, middle, low, high, count, grid, density)


def _known(feedstock: str, priors: Mapping[str, Prior]) -> str:
    if feedstock not in priors:
        raise PoolError(f"Nothing is known of the feedstock {feedstock!r} before its first jar.")
    return feedstock


def _check(jar: JarYield, priors: Mapping[str, Prior]) -> None:
    _known(jar.feedstock, priors)
    if not LEAST_ML_G <= jar.methane_ml_g <= MOST_ML_G:
        raise PoolError(
            f"Jar {jar.jar} reads {jar.methane_ml_g:g} mL CH4/g VS; only {LEAST_ML_G:g} to {MOST_ML_G:g} can be."
        )
    if not 0 < jar.relative_error < 3:
        raise PoolError(f"Jar {jar.jar} needs a relative error between 0 and 3.")
