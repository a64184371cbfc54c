"""A bottle test (BMP) simulated with the digester model, and the degradable share that explains its gas."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from harmonia.science.metabolism import kernel, rodas
from harmonia.science.metabolism.adm1 import control_at, start_vector
from harmonia.science.metabolism.balances import BalanceError
from harmonia.science.metabolism.constants import Vessel, fill_constants, sparse_rows
from harmonia.science.metabolism.kernel import Floats, System
from harmonia.science.metabolism.kinetics import kinetics_at

METHANE_PER_COD = 0.350  # [m3 at 0 degC and 101.325 kPa per kg COD], 22.414 / 64
TRIAL_DAYS = 30.0
TRIAL_VS_KG_M3 = 5.0  # [kg VS/m3] what a bottle is usually given
_PRECISE = 1e-4
_MOST_TRIALS = 12


@dataclass(frozen=True)
class TrialFeed:
    """What a bottle gets, per kg of volatile solids, and how long it stands.

    `split` of degradable COD over carbohydrates, proteins, lipids [-]; `disintegration` [1/d at 35 degC];
    `cod` [kg COD/kg VS] without the `acetate` [kg COD/kg VS]; `days` [d].
    """

    split: tuple[float, float, float]
    disintegration: float
    cod: float
    acetate: float = 0.0
    days: float = TRIAL_DAYS


def trial_methane(feed: TrialFeed, degradable: float) -> float:
    """Return the methane [m3/kg VS at 0 degC, 101.325 kPa] of a trial at 35 degC, blank subtracted.

    `degradable` [-] is the share of `feed.cod` that opens; cells grow on a part of it, so this is less than
    0.350 m3/kg COD.
    """
    pool = (feed.disintegration, *feed.split)
    load = TRIAL_VS_KG_M3 * degradable * feed.cod
    acetate = TRIAL_VS_KG_M3 * feed.acetate
    gas = _bottle(pool, load, acetate, feed.days) - _bottle((0.0, 0.0, 0.0, 0.0), 0.0, 0.0, feed.days)
    return gas / TRIAL_VS_KG_M3 * METHANE_PER_COD


def solve_degradable(name: str, feed: TrialFeed, methane_potential: float) -> float:
    """Return the degradable share [-] with which a simulated trial gives a methane potential [m3/kg VS].

    Raises:
        BalanceError: not even all COD gives that much, or dissolved acids alone give more.
    """
    least, most = trial_methane(feed, 0.0), trial_methane(feed, 1.0)
    if methane_potential > most:
        raise BalanceError(
            f"{name}: a methane potential of {methane_potential:g} m3/kg VS needs {methane_potential / most:.2f} "
            f"times what the {feed.cod + feed.acetate:.2f} kg COD/kg VS of its composition give "
            f"in {feed.days:g} days."
        )
    if methane_potential < least:
        raise BalanceError(
            f"{name}: its dissolved acids alone would give {least:.3f} m3 CH4/kg VS, more than the methane "
            f"potential of {methane_potential:g}."
        )
    return _secant(feed, methane_potential, (least, most))


def _secant(feed: TrialFeed, wanted: float, ends: tuple[float, float]) -> float:
    """Return the share whose simulated methane is `wanted`; nearly linear, so a secant closes in fast."""
    below, above, (gas_below, gas_above) = 0.0, 1.0, ends
    share = (wanted - gas_below) / (gas_above - gas_below)
    for _ in range(_MOST_TRIALS):
        gas = trial_methane(feed, share)
        if abs(gas - wanted) <= _PRECISE * wanted:
            break
        if gas < wanted:
            below, gas_below = share, gas
        else:
            above, gas_above = share, gas
        share = below + (above - below) * (wanted - gas_below) / (gas_above - gas_below)
    return share


@lru_cache(maxsize=4096)
def _bottle(pool: tuple[float, float, float, float], load: float, acetate: float, days: float) -> float:
    """Return the methane [kg COD/m3] digested sludge makes of a load and of acetate [kg COD/m3] in `days`."""
    values = kinetics_at(35.0)
    rows = sparse_rows(values)
    constants = fill_constants(values, Vessel(1.0, 0.3, 35.0, 100.0))
    opening = np.array([[*pool, 0.0]])
    still = System(constants, rows.value, rows.first, rows.column, opening, np.zeros(kernel.LIQUID + 1), 0.0)
    y = _filled(load, acetate)
    before = y[kernel.CH4] + 0.3 * y[kernel.GAS_CH4]
    rodas.advance(y, (1e-7, 1e-3), days, still, control_at(1e-5))
    return float(y[kernel.CH4] + 0.3 * y[kernel.GAS_CH4] + y[-2] - before)


def _filled(load: float, acetate: float) -> Floats:
    rest = start_vector()
    y = np.concatenate([rest[: kernel.MODEL], [load], rest[kernel.MODEL :]])
    y[kernel.AC] += acetate
    # The acids of a feed come half neutralised at least; without their base a bottle would start sour.
    y[kernel.CAT] += acetate / 64
    return y
