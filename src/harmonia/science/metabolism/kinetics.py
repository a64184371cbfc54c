"""How fast the biology works: values for adapted biomass, and what temperature does to every rate."""

from collections.abc import Mapping

import numpy as np

from harmonia.science.metabolism import kernel
from harmonia.science.metabolism.constants import ZERO_CELSIUS, Vessel, fill_constants, fill_equilibria
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.parameters import parameter_values

# Free ammonia that halves the uptake of acetate by methanogens [kmol/m3]: the BSM2 value, as lowest, central,
# highest (the range is ours). Food waste does not wash out all the same, because above some 200 mg NH3-N/L acetate
# oxidisers take over.
K_I_NH3 = (0.0012, 0.0018, 0.0036)
# Carbon of fat [kmol C/kg COD] equal to that of the fatty acids and glycerol it splits into. The BSM2 value,
# 0.022, makes splitting take up CO2, which drives the carbon of a plant without living cells below zero.
CARBON_OF_LIPID = 0.05 * 0.0313 + 0.95 * 0.0217
CARBON_OF_COMPOSITES = 0.02786 + 0.3 * (CARBON_OF_LIPID - 0.022)
ADAPTED = {"C_li": CARBON_OF_LIPID, "C_xc": CARBON_OF_COMPOSITES}
ACTIVATION_J_MOL = 64_000.0
GAS_CONSTANT_J_MOL_K = 8.314
REFERENCE_C = 35.0
# Lowest, best and highest temperature of growth [degC]. A digester holds groups with different ranges: the
# lowest is that of the psychrotolerant methanogens, the others those of the thermotolerant ones, as listed by
# Dalby et al. (2021), doi:10.1371/journal.pone.0252881, and its R package ABM (groups m0 and m4). One curve for
# the whole community, because seasons change a plant faster than its groups can take turns.
CARDINAL_C = (0.0, 43.75, 51.25)


def hydrolysis_factor(temperature_c: float | Floats) -> Floats:
    """Return the speed of disintegration and hydrolysis relative to 35 degC [-], same shape.

    Arrhenius with 64 kJ/mol, Veeken & Hamelers (1999), doi:10.1016/S0960-8524(98)00188-6.
    """
    kelvin, reference = np.asarray(temperature_c) + ZERO_CELSIUS, REFERENCE_C + ZERO_CELSIUS
    factor: Floats = np.exp(ACTIVATION_J_MOL / GAS_CONSTANT_J_MOL_K * (1 / reference - 1 / kelvin))
    return factor


def cardinal_factor(temperature_c: float | Floats) -> Floats:
    """Return growth relative to that at the best temperature [-], same shape; 0 outside the range of life.

    Rosso, Lobry & Flandrois (1993), doi:10.1006/jtbi.1993.1099, with `CARDINAL_C`.
    """
    low, best, high = CARDINAL_C
    t = np.clip(np.asarray(temperature_c, dtype=float), low, high)
    below, above = best - low, best - high
    bend = below * (t - best) - above * (best + low - 2 * t)
    factor: Floats = (t - high) * (t - low) ** 2 / (below * bend)
    return factor


def growth_factor(temperature_c: float | Floats) -> Floats:
    """Return the speed of uptake and decay relative to 35 degC [-], same shape."""
    return cardinal_factor(temperature_c) / cardinal_factor(REFERENCE_C)


def kinetics_at(temperature_c: float, **changed: float) -> dict[str, float]:
    """Return all parameter values for adapted biomass at a temperature [degC], some of them changed before.

    Raises:
        KeyError: a changed name is no parameter.
    """
    values: Mapping[str, float] = parameter_values(**(ADAPTED | changed))
    hydrolysis, growth = float(hydrolysis_factor(temperature_c)), float(growth_factor(temperature_c))
    return {name: value * _speed(name, hydrolysis, growth) for name, value in values.items()}


def constants_over(values: Mapping[str, float], vessel: Vessel, temperature_c: Floats) -> Floats:
    """Return the kernel's constants on days of different temperature (days,) [degC], shape (days, 72).

    `values` are those at 35 degC (`kinetics_at(35.0)`); both kinetics and chemistry follow the temperature.
    """
    c = np.tile(fill_constants(values, vessel), (temperature_c.size, 1))
    growth, hydrolysis = growth_factor(temperature_c)[:, None], hydrolysis_factor(temperature_c)[:, None]
    c[:, kernel.K_M : kernel.K_S] *= growth
    c[:, kernel.K_DEC : kernel.K_DIS] *= growth
    c[:, kernel.K_DIS : kernel.K_S_IN] *= hydrolysis
    fill_equilibria(c, values, temperature_c)
    return c


def _speed(name: str, hydrolysis: float, growth: float) -> float:
    if name == "k_dis" or name.startswith("k_hyd_"):
        return hydrolysis
    return growth if name.startswith(("k_m_", "k_dec_")) else 1.0
