"""How fast the biology works: values for adapted biomass, and what temperature does to every rate."""

import math
from collections.abc import Mapping

from harmonia.science.metabolism.constants import ZERO_CELSIUS
from harmonia.science.metabolism.parameters import parameter_values

# Free ammonia that halves acetate uptake [kmol/m3]. The BSM2 value (0.0018) is for sludge and would wash out
# food waste; adapted biomass stands ten times more: 0.02, Bai et al. (2016), J. Environ. Sci., "Modified ADM1
# for modeling free ammonia inhibition ... with high-solid sludge". Range: our own, wide.
ADAPTED_K_I_NH3 = (0.01, 0.02, 0.035)
# Carbon of fat [kmol C/kg COD] equal to that of the fatty acids and glycerol it splits into. The BSM2 value,
# 0.022, makes splitting take up CO2, which drives the carbon of a plant without living cells below zero.
CARBON_OF_LIPID = 0.05 * 0.0313 + 0.95 * 0.0217
CARBON_OF_COMPOSITES = 0.02786 + 0.3 * (CARBON_OF_LIPID - 0.022)
ADAPTED = {"K_I_nh3": ADAPTED_K_I_NH3[1], "C_li": CARBON_OF_LIPID, "C_xc": CARBON_OF_COMPOSITES}
ACTIVATION_J_MOL = 64_000.0
GAS_CONSTANT_J_MOL_K = 8.314
REFERENCE_C = 35.0
_HIGHEST_GROWTH_C = 40.0


def hydrolysis_factor(temperature_c: float) -> float:
    """Return the speed of disintegration and hydrolysis relative to 35 degC [-].

    Arrhenius with 64 kJ/mol, Veeken & Hamelers (1999), doi:10.1016/S0960-8524(98)00188-6.
    """
    kelvin, reference = temperature_c + ZERO_CELSIUS, REFERENCE_C + ZERO_CELSIUS
    return math.exp(ACTIVATION_J_MOL / GAS_CONSTANT_J_MOL_K * (1 / reference - 1 / kelvin))


def growth_factor(temperature_c: float) -> float:
    """Return the speed of uptake and decay relative to 35 degC [-], flat above 40 degC for mesophiles.

    Growth = 0.013 T - 0.129 per day, Hashimoto et al. (1981), Theoretical aspects of methane production.
    """
    line = 0.013 * min(temperature_c, _HIGHEST_GROWTH_C) - 0.129
    return max(line, 0.0) / (0.013 * REFERENCE_C - 0.129)


def kinetics_at(temperature_c: float, **changed: float) -> dict[str, float]:
    """Return all parameter values for adapted biomass at a temperature [degC], some of them changed before.

    Raises:
        KeyError: a changed name is no parameter.
    """
    values: Mapping[str, float] = parameter_values(**(ADAPTED | changed))
    hydrolysis, growth = hydrolysis_factor(temperature_c), growth_factor(temperature_c)
    return {name: value * _speed(name, hydrolysis, growth) for name, value in values.items()}


def _speed(name: str, hydrolysis: float, growth: float) -> float:
    if name == "k_dis" or name.startswith("k_hyd_"):
        return hydrolysis
    return growth if name.startswith(("k_m_", "k_dec_")) else 1.0
