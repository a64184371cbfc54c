"""What a digester's state means at the bench and at the meter: gas, pH, acids, alkalinity."""

import numpy as np

from harmonia.science.metabolism import kernel
from harmonia.science.metabolism.digester import DigesterRun
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.titration import titrate

MOLAR_VOLUME = 22.414  # [m3/kmol at 0 degC, 101.325 kPa]
_KMOL_PER_OUTLET = np.array([1 / 16, 1 / 64, 1.0])
_MOLAR_MASS = np.array([2.016, 16.043, 44.010])  # H2, CH4, CO2 [kg/kmol]
WATER_MOLAR_MASS = 18.015
ACETIC_ACID = 60.05  # [kg/kmol]


def gas_m3_d(run: DigesterRun) -> Floats:
    """Return dry gas leaving, shape (days,) [m3/d at 0 degC, 101.325 kPa]."""
    volume: Floats = MOLAR_VOLUME * (run.gas @ _KMOL_PER_OUTLET)
    return volume


def methane_share(run: DigesterRun) -> Floats:
    """Return the methane share of the dry gas, shape (days,) [m3/m3]; of the head space when none leaves."""
    head = np.maximum(run.states[:, kernel.GAS_H2 : kernel.GAS_H2 + 3], 0.0)
    kmol = np.where(run.gas.sum(axis=1, keepdims=True) > 1e-9, run.gas, head) * _KMOL_PER_OUTLET
    share: Floats = kmol[:, 1] / np.maximum(kmol.sum(axis=1), 1e-30)
    return share


def gas_kg_d(run: DigesterRun) -> Floats:
    """Return the mass of gas leaving with its water vapour, shape (days,) [kg/d]."""
    kmol = run.gas * _KMOL_PER_OUTLET
    steam, air = run.constants[:, kernel.P_H2O], run.constants[:, kernel.P_ATM]
    vapour = steam / (air - steam)
    mass: Floats = kmol @ _MOLAR_MASS + kmol.sum(axis=1) * vapour * WATER_MOLAR_MASS
    return mass


def ph(run: DigesterRun) -> Floats:
    """Return pH at the end of each day, shape (days,) [-]."""
    value: Floats = -np.log10(run.protons)
    return value


def acids_kg_m3(run: DigesterRun) -> Floats:
    """Return volatile fatty acids as acetic acid, shape (days,) [kg/m3]."""
    acids: Floats = ACETIC_ACID * (run.states[:, kernel.ACID] @ kernel.PER_ACID_COD)
    return acids


def alkalinity_kg_m3(run: DigesterRun) -> Floats:
    """Return alkalinity as a bench titrates it to pH 5, shape (days,) [kg CaCO3/m3]; at least 0.1."""
    return titrate(run.states).tac


def titrated_acids_kg_m3(run: DigesterRun) -> Floats:
    """Return acids as a bench titrates them after Nordmann, shape (days,) [kg acetic acid/m3]; see `titrate`."""
    return titrate(run.states).fos


def acid_ratio(run: DigesterRun) -> Floats:
    """Return titrated acids over alkalinity (FOS/TAC), shape (days,) [-]; a healthy plant reads 0.1 to 0.3."""
    return titrate(run.states).ratio
