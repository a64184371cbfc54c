"""Many guesses at what is not known: members drawn from the ranges of feedstocks and kinetics."""

import math
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from harmonia.science.executor import spawn_seeds
from harmonia.science.metabolism.digester import Member
from harmonia.science.metabolism.feedstocks import Quantity, feedstock
from harmonia.science.metabolism.kinetics import K_I_NH3
from harmonia.science.metabolism.parameters import parameter_values

Range = tuple[float, float, float]  # value, low, high
_TENTH = 1.2816  # standard normal at 90 %: low and high are read as the ends of an 80 % band
# Uptake rates differ between plants by about 30 % (Batstone et al. 2002, ADM1 report, variability class 2).
_UPTAKE_SPREAD = 0.25
# Uptake of acetate by oxidisers [kg COD/kg COD/d]: doubling in 12, 7.7 and 4 days, from the published 3 to 20 days
# (Westerholm et al. 2019, doi:10.1021/acs.est.9b00288).
OXIDISERS_UPTAKE = (1.95, 2.75, 4.8)
_UPTAKES = ("k_m_ac", "k_m_pro", "k_m_c4", "k_m_fa")


def draw_members(
    codes: tuple[str, ...], count: int, seed: int, methane: Mapping[str, Range] = MappingProxyType({})
) -> tuple[Member, ...]:
    """Return `count` members; the first holds the central values, the rest are drawn.

    `methane`: the potentials [m3 CH4/kg VS] that jar trials have narrowed, in place of the library's. The same
    codes, count and seed give the same members on every machine (`numpy.random.SeedSequence.spawn`).
    """
    seeds = spawn_seeds(seed, count)
    central = Member({code: _centre(code, methane) for code in codes if code in methane})
    drawn = (draw_member(codes, seeds[place], methane) for place in range(1, count))
    return (central, *drawn)


def draw_member(
    codes: tuple[str, ...], seed: np.random.SeedSequence, narrowed: Mapping[str, Range] = MappingProxyType({})
) -> Member:
    """Return one member drawn from the 80 % ranges of the feedstocks and of the kinetics."""
    generator = np.random.default_rng(seed)
    feeds = {code: feedstock(code) for code in codes}
    methane = {
        code: _methane(generator, feed.methane_potential, narrowed.get(code)) for code, feed in feeds.items()
    }
    speed = {code: _factor(generator, feed.disintegration) for code, feed in feeds.items()}
    solids = {code: _factor(generator, feed.total_solids) for code, feed in feeds.items()}
    return Member(methane, speed, solids, _kinetics(generator))


def _kinetics(generator: np.random.Generator) -> Mapping[str, float]:
    values = parameter_values()
    low, middle, high = K_I_NH3
    drawn = {name: values[name] * math.exp(_UPTAKE_SPREAD * generator.standard_normal()) for name in _UPTAKES}
    drawn["K_I_nh3"] = middle * _skewed(generator, low / middle, high / middle)
    slow, usual, fast = OXIDISERS_UPTAKE
    drawn["k_m_sao"] = usual * _skewed(generator, slow / usual, fast / usual)
    return drawn


def _centre(code: str, narrowed: Mapping[str, Range]) -> float:
    return narrowed[code][0] / feedstock(code).methane_potential.value


def _methane(generator: np.random.Generator, library: Quantity, narrowed: Range | None) -> float:
    """Return a factor on the library's potential, drawn from what jars say where there are any."""
    if narrowed is None:
        return _factor(generator, library)
    value, low, high = narrowed
    return value / library.value * _skewed(generator, low / value, high / value)


def _factor(generator: np.random.Generator, quantity: Quantity) -> float:
    """Return a factor on a quantity's value whose 10 % and 90 % points are its low and high."""
    low = max(quantity.low, 0.05 * quantity.value)
    return _skewed(generator, low / quantity.value, quantity.high / quantity.value)


def _skewed(generator: np.random.Generator, low: float, high: float) -> float:
    """Return a draw around 1 whose logarithm is normal, with its own width on each side."""
    z = float(generator.standard_normal())
    return math.exp(z / _TENTH * (math.log(high) if z > 0 else -math.log(low)))
