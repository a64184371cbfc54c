"""Turn parameters, a plant's size and a temperature into the flat array of constants the kernel reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from harmonia.science.metabolism import kernel
from harmonia.science.metabolism.kernel import Floats, Places
from harmonia.science.metabolism.petersen import stoichiometry, symbols

_UPTAKES = ("su", "aa", "fa", "c4", "c4", "pro", "ac", "h2", "sao")
_BIOMASSES = ("su", "aa", "fa", "c4", "pro", "ac", "h2", "sao")
_PH_GROUPS = ("aa", "ac", "h2")
ZERO_CELSIUS = 273.15  # [K]


@dataclass(frozen=True)
class SparseRows:
    """The non-zero cells of the Petersen matrix: row j holds `value[first[j]:first[j + 1]]` in `column`."""

    value: Floats
    first: Places
    column: Places


def sparse_rows(values: Mapping[str, float]) -> SparseRows:
    """Return the Petersen matrix of the given parameter values without its zeros."""
    # Only what the table holds counts, so that members who differ in speed share one matrix.
    return _sparse_rows(tuple((name, values[name]) for name in symbols()))


@lru_cache(maxsize=64)
def _sparse_rows(values: tuple[tuple[str, float], ...]) -> SparseRows:
    matrix = stoichiometry(dict(values))
    lines, columns = np.nonzero(matrix)
    first = np.searchsorted(lines, np.arange(matrix.shape[0] + 1)).astype(np.uint32)
    return SparseRows(matrix[lines, columns], first, columns.astype(np.uint32))


def van_t_hoff(enthalpy_j_mol: float, values: Mapping[str, float], temperature_k: Floats) -> Floats:
    """Return the factors of an equilibrium between the base and other temperatures, same shape [K]."""
    joules = 100.0 * values["R"]
    factor: Floats = np.exp(enthalpy_j_mol / joules * (1 / values["T_base"] - 1 / temperature_k))
    return factor


@dataclass(frozen=True)
class Vessel:
    """Size [m3], temperature [degC] and gas outlet [m3/d/bar] of one digester."""

    liquid_m3: float
    gas_m3: float
    temperature_c: float
    k_p: float


def fill_constants(values: Mapping[str, float], vessel: Vessel) -> Floats:
    """Return the constants, shape (72,): kinetics as given, equilibria at the vessel's temperature.

    Source: Rosen & Jeppsson (2006), tables 2 and 3.
    """
    c = np.zeros(kernel.CONSTANTS)
    _fill_kinetics(c, values)
    fill_equilibria(c, values, np.array(vessel.temperature_c))
    c[kernel.K_L_A], c[kernel.K_P], c[kernel.P_ATM] = values["k_L_a"], vessel.k_p, values["P_atm"]
    c[kernel.V_LIQ], c[kernel.V_GAS] = vessel.liquid_m3, vessel.gas_m3
    return c


def _fill_kinetics(c: Floats, values: Mapping[str, float]) -> None:
    for j, name in enumerate(_UPTAKES):
        c[kernel.K_M + j], c[kernel.K_S + j] = values[f"k_m_{name}"], values[f"K_S_{name}"]
        inhibition = values.get(f"K_I_h2_{name}")
        c[kernel.PER_K_I_H2 + j] = 0.0 if inhibition is None else 1 / inhibition
    c[kernel.PER_K_I_NH3 + kernel.AC] = 1 / values["K_I_nh3"]
    c[kernel.PER_K_I_NH3 + kernel.OXIDATION] = 1 / values["K_I_nh3_sao"]
    for i, name in enumerate(_BIOMASSES):
        c[kernel.K_DEC + i] = values[f"k_dec_{name}"]
    c[kernel.K_DIS], c[kernel.K_S_IN] = values["k_dis"], values["K_S_IN"]
    for i, name in enumerate(("ch", "pr", "li")):
        c[kernel.K_HYD + i] = values[f"k_hyd_{name}"]
    for i, name in enumerate(_PH_GROUPS):
        upper, lower = values[f"pH_UL_{name}"], values[f"pH_LL_{name}"]
        c[kernel.PH_LIMIT + i] = 10 ** (-(upper + lower) / 2)
        c[kernel.PH_POWER + i] = 3 / (upper - lower)


def fill_equilibria(c: Floats, values: Mapping[str, float], temperature_c: Floats) -> None:
    """Set what chemistry owes to temperature: `c` (..., 72) at temperatures (...) [degC], in place."""
    kelvin = temperature_c + ZERO_CELSIUS
    for i, name in enumerate(("va", "bu", "pro", "ac")):
        c[..., kernel.K_A + i] = 10 ** -values[f"pK_a_{name}"]
    c[..., kernel.K_A + 4] = 10 ** -values["pK_a_co2"] * van_t_hoff(7646, values, kelvin)
    c[..., kernel.K_A + 5] = 10 ** -values["pK_a_IN"] * van_t_hoff(51965, values, kelvin)
    c[..., kernel.K_W] = 10 ** -values["pK_w"] * van_t_hoff(55900, values, kelvin)
    for i, (name, enthalpy) in enumerate((("h2", -4180), ("ch4", -14240), ("co2", -19410))):
        # p = S_gas RT / (kg COD per kmol) and S = K_H p (kg COD per kmol): the molar factor cancels.
        c[..., kernel.K_H + i] = values[f"K_H_{name}"] * van_t_hoff(enthalpy, values, kelvin)
    c[..., kernel.P_H2O] = values["p_h2o"] * np.exp(5290 * (1 / values["T_base"] - 1 / kelvin))
    c[..., kernel.RT] = values["R"] * kelvin
