"""The acid-to-alkalinity ratio as people measure it: a two-point titration, simulated on the model's liquid.

Nordmann, W. (1977), Die Überwachung der Schlammfaulung, KA-Informationen für das Betriebspersonal 3/77: 20 mL of
sample, sulphuric acid 0.05 mol/L (0.1 N), to pH 5.0 for alkalinity and on to pH 4.4 for acids. The second stretch
also takes up what bicarbonate is left at pH 5, so a plant without any acids reads about 0.1 as well.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from harmonia.science.metabolism import kernel
from harmonia.science.metabolism.constants import fill_equilibria
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.parameters import parameter_values

LABORATORY_C = 25.0
FIRST_PH, SECOND_PH = 5.0, 4.4
ML_PER_KEQ_M3 = 200.0  # [mL of 0.1 N acid per kmol charge/m3 in 20 mL of sample]
LEAST_ALKALINITY = 0.1  # [kg CaCO3/m3] below this a titration reads nothing, and a ratio would be noise
MOST_RATIO = 10.0  # a sour sample has no first stretch; its ratio means no more than "sour"


@dataclass(frozen=True)
class Titration:
    """What a bench reads, each shape (days,): `tac` [kg CaCO3/m3], `fos` [kg acetic acid/m3], `ratio` [-]."""

    tac: Floats
    fos: Floats
    ratio: Floats


def titrate(states: Floats, co2_kept: float = 1.0, second_ph: float = SECOND_PH) -> Titration:
    """Return the Nordmann titration of liquids, `states` (days, at least 27).

    `co2_kept`: which share of the CO2 set free stays in the beaker; stirring drives some out, and with 1 none.
    `second_ph`: 4.4 after Nordmann, 4.3 on some devices.

    Raises:
        ValueError: `co2_kept` is no share, or `second_ph` does not lie below 5.
    """
    if not 0 <= co2_kept <= 1 or not second_ph < FIRST_PH:
        raise ValueError("The titration needs a share of CO2 from 0 to 1 and a second end point below pH 5.")
    first = _acid_to(states, FIRST_PH, co2_kept)
    second = _acid_to(states, second_ph, co2_kept)
    start = np.maximum(ML_PER_KEQ_M3 * first, 0.0)
    # A sample below pH 5 is first brought there with a base.
    onward = ML_PER_KEQ_M3 * (second - first)
    tac = np.maximum(0.25 * start, LEAST_ALKALINITY)
    fos = np.maximum(0.5 * (1.66 * onward - 0.15), 0.0)
    return Titration(tac, fos, np.minimum(fos / tac, MOST_RATIO))


@cache
def _constants() -> Floats:
    c = np.zeros(kernel.CONSTANTS)
    fill_equilibria(c, parameter_values(), np.array(LABORATORY_C))
    return c


def _acid_to(states: Floats, ph: float, co2_kept: float) -> Floats:
    """Return the acid that brings liquids to a pH, shape (days,) [kmol charge/m3].

    It is the charge the liquid would lack at that pH: `kernel.charge` over all days at once.
    """
    c, proton = _constants(), 10.0**-ph
    # Bicarbonate left when a share of the CO2 set free has stayed in the beaker.
    carbon = np.maximum(states[:, kernel.IC], 0.0) * co2_kept / (proton / c[kernel.K_A + 4] + co2_kept)
    nitrogen = np.maximum(states[:, kernel.IN], 0.0) * proton / (c[kernel.K_A + 5] + proton)
    dissociation = c[kernel.K_A : kernel.K_A + 4]
    acids = states[:, kernel.ACID] @ (kernel.PER_ACID_COD * dissociation / (dissociation + proton))
    charge = states[:, kernel.CAT] - states[:, kernel.AN] + proton - c[kernel.K_W] / proton
    balance: Floats = charge + nitrogen - acids - carbon
    return balance
