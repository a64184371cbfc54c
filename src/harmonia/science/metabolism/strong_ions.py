"""The strong ions of a feed: what must be dissolved besides weak acids and bases for its pH to be what it is."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from harmonia.science.metabolism import kernel
from harmonia.science.metabolism.balances import BalanceError
from harmonia.science.metabolism.constants import Vessel, fill_constants
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.kinetics import kinetics_at

LABORATORY_C = 25.0  # pH and alkalinity are read at room temperature
END_POINT_PH = 4.3  # of the alkalinity titration, where bicarbonate and acetate are taken up
CALCIUM_CARBONATE = 50.0  # [kg CaCO3 per kmol charge]
MOST_CO2 = 0.05  # [kmol/m3] half as much again as water holds under 1 bar of CO2 at 25 degC


@dataclass(frozen=True)
class Dissolved:
    """What a m3 of feed holds in solution [kmol/m3]; `acetate` [kg COD/m3]."""

    ammonium: float
    inorganic_carbon: float
    acetate: float
    cations: float = 0.0
    anions: float = 0.0

    def charge(self, ph: float) -> float:
        """Return the charge left over at a pH [kmol/m3]; 0 at the pH this liquid has."""
        y = np.zeros(kernel.MODEL)
        y[kernel.IN], y[kernel.IC], y[kernel.AC] = self.ammonium, self.inorganic_carbon, self.acetate
        y[kernel.CAT], y[kernel.AN] = self.cations, self.anions
        return float(kernel.charge(y, 10.0**-ph, _constants())[0])


def dissolved(
    name: str, ammonium: float, acetate: float, ph: float | None, alkalinity: float | None
) -> Dissolved:
    """Return a feed's solution, with the strong ions that close its charge at the measured pH.

    `ammonium` [kmol N/m3], `acetate` [kg COD/m3], `alkalinity` [kg CaCO3/m3] titrated to pH 4.3 where it was
    measured. Without it, ammonium is taken to come with the bicarbonate it was freed with; without a pH too,
    acetate comes with its base, so that the feed is neutral.

    Raises:
        BalanceError: the alkalinity is less than ammonia and acids hold at that pH, or is said without a pH.
    """
    if ph is None:
        if alkalinity is not None:
            raise BalanceError(
                f"{name}: an alkalinity of {alkalinity:g} kg CaCO3/m3 says nothing without the pH."
            )
        return Dissolved(ammonium, ammonium, acetate, cations=acetate / 64)
    carbon = ammonium if alkalinity is None else _carbon(name, ammonium, acetate, ph, alkalinity)
    missing = -Dissolved(ammonium, carbon, acetate).charge(ph)
    return Dissolved(ammonium, carbon, acetate, max(missing, 0.0), max(-missing, 0.0))


def _carbon(name: str, ammonium: float, acetate: float, ph: float, alkalinity: float) -> float:
    """Return inorganic carbon [kmol/m3]: what of the titrated charge neither ammonia nor acids took up."""
    taken = [
        Dissolved(ammonium, carbon, acetate).charge(END_POINT_PH)
        - Dissolved(ammonium, carbon, acetate).charge(ph)
        for carbon in (0.0, 1.0)
    ]
    left = alkalinity / CALCIUM_CARBONATE - taken[0]
    if ph <= END_POINT_PH or left < 0:
        raise BalanceError(
            f"{name}: an alkalinity of {alkalinity:g} kg CaCO3/m3 does not fit pH {ph:g}: without any "
            f"bicarbonate, titration to pH {END_POINT_PH} would find {taken[0] * CALCIUM_CARBONATE:.3g}."
        )
    carbon = left / (taken[1] - taken[0])
    free = carbon * 10.0**-ph / (10.0**-ph + float(_constants()[kernel.K_A + 4]))
    if free > MOST_CO2:
        raise BalanceError(
            f"{name}: an alkalinity of {alkalinity:g} kg CaCO3/m3 at pH {ph:g} would need {free:.2g} kmol CO2/m3 "
            f"in solution, and water holds {MOST_CO2:g}; volatile acids may be missing."
        )
    return carbon


@cache
def _constants() -> Floats:
    return fill_constants(kinetics_at(35.0), Vessel(1.0, 0.3, LABORATORY_C, 100.0))
