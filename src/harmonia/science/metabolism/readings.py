"""What a digester's state means at the bench and at the meter: gas, pH, acids, alkalinity."""

import numpy as np

from harmonia.science.metabolism import kernel
from harmonia.science.metabolism.digester import DigesterRun
from harmonia.science.metabolism.kernel import Floats

MOLAR_VOLUME = 22.414  # [m3/kmol at 0 degC, 101.325 kPa]
_KMOL_PER_OUTLET = np.array([1 / 16, 1 / 64, 1.0])
_MOLAR_MASS = np.array([2.016, 16.043, 44.010])  # H2, CH4, CO2 [kg/kmol]
WATER_MOLAR_MASS = 18.015
ACETIC_ACID = 60.05  # [kg/kmol]
CALCIUM_CARBONATE = 50.04  # [kg/keq]
LEAST_ALKALINITY = 0.1  # [kg CaCO3/m3] below this a titration reads nothing, and a ratio would be noise
_END_POINT = 1e-5  # protons at pH 5, where the titration of alkalinity stops


def gas_m3_d(run: DigesterRun) -> Floats:
    """Return dry gas leaving, shape (days,) [m3/d at 0 degC, 101.325 kPa]."""
    volume: Floats = MOLAR_VOLUME * (run.gas @ _KMOL_PER_OUTLET)
    return volume


def methane_share(run: DigesterRun) -> Floats:
    """Return the methane share of the dry gas, shape (days,) [m3/m3]; of the head space when none leaves."""
    head = run.states[:, kernel.GAS_H2 : kernel.GAS_H2 + 3]
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
    """Return alkalinity titrated to pH 5 as calcium carbonate, shape (days,) [kg/m3].

    Bicarbonate, free ammonia and the part of the acids' ions that takes up protons on the way to pH 5, as in
    the first end point of the Nordmann titration.
    """
    c, protons = run.constants, run.protons

    def bound(total: Floats, dissociation: Floats) -> Floats:
        now, then = dissociation / (dissociation + protons), dissociation / (dissociation + _END_POINT)
        taken: Floats = total * (now - then)
        return taken

    charge = bound(run.states[:, kernel.IC], c[:, kernel.K_A + 4])
    charge = charge + bound(run.states[:, kernel.IN], c[:, kernel.K_A + 5])
    for i in range(4):
        charge = charge + bound(run.states[:, kernel.ACID[i]] * kernel.PER_ACID_COD[i], c[:, kernel.K_A + i])
    return np.maximum(CALCIUM_CARBONATE * charge, LEAST_ALKALINITY)


def acid_ratio(run: DigesterRun) -> Floats:
    """Return acids over alkalinity, shape (days,) [kg acetic acid/kg CaCO3], comparable to FOS/TAC."""
    return acids_kg_m3(run) / alkalinity_kg_m3(run)


def inhibition(run: DigesterRun, day: int) -> dict[str, float]:
    """Return the speed [0 to 1] that each cause leaves to the acetate users at the end of a day.

    "pH", "free ammonia" and "want of nitrogen"; 0.41 reads "holds acetate users at 41 %".
    """
    c, y, proton = run.constants[day], run.states[day], float(run.protons[day])
    nitrogen = max(float(y[kernel.IN]), 0.0)
    ammonia = nitrogen * c[kernel.K_A + 5] / (c[kernel.K_A + 5] + proton)
    hill = (proton / c[kernel.PH_LIMIT + 1]) ** c[kernel.PH_POWER + 1]
    return {
        "pH": float(1 / (1 + hill)),
        "free ammonia": float(1 / (1 + ammonia * c[kernel.PER_K_I_NH3 + kernel.AC])),
        "want of nitrogen": float(nitrogen / (nitrogen + c[kernel.K_S_IN])),
    }
