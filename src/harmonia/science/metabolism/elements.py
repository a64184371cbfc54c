"""COD, carbon and nitrogen of what flows through a digester, so that all three close to rounding."""

import numpy as np

from harmonia.science.metabolism import kernel
from harmonia.science.metabolism.characterisation import NITROGEN_MOLAR
from harmonia.science.metabolism.digester import Digester, DigesterRun, Flow
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.nomenclature import INDEX
from harmonia.science.metabolism.petersen import content

CARBON_MOLAR = 12.011  # [kg/kmol]
_MOLAR = np.array([1.0, CARBON_MOLAR, NITROGEN_MOLAR])
_TRICKLE = 1e-9  # [m3/d] less than this is no flow
_OPENS_INTO = ("X_ch", "X_pr", "X_li", "X_I")


class Contents:
    """How much COD, C and N [kg] the states of one digester hold.

    `liquid` (3, 27 + pools) per unit of each liquid state and pool, `gas` (3, 3) per unit of H2, CH4 [kg COD]
    and CO2 [kmol]. A pool holds what it opens into; the inert pool has the carbon of inert matter, the last
    pool is nitrogen.
    """

    def __init__(self, digester: Digester) -> None:
        self._volumes = digester.plant.liquid_m3, digester.plant.headspace_m3
        # The pool of trace elements, third from last, is a level, not a mass: its row of the split is zero.
        split = digester.pool[:-2, 1:5]
        rows = []
        for element in ("COD", "C", "N"):
            states = content(element, digester.values)
            opened = split @ np.array([states[INDEX[name]] for name in _OPENS_INTO])
            last = [0.0, 1.0] if element == "N" else [states[INDEX["X_I"]], 0.0]
            rows.append(np.concatenate([states, opened, last]))
        self.liquid: Floats = np.array(rows) * _MOLAR[:, None]
        gases = np.array([[1.0, 1.0, 0.0], [0.0, digester.values["C_ch4"], 1.0], [0.0, 0.0, 0.0]])
        self.gas: Floats = gases * _MOLAR[:, None]

    def of_flow(self, brought: Floats) -> Floats:
        """Return COD, C and N of flows (days, 27 + pools) [kg/d], shape (days, 3)."""
        found: Floats = brought @ self.liquid.T
        return found

    def of_gas(self, run: DigesterRun) -> Floats:
        """Return COD, C and N that left as gas each day, shape (days, 3)."""
        found: Floats = run.gas @ self.gas.T
        return found

    def held(self, states: Floats) -> Floats:
        """Return COD, C and N in liquid and head space of full states (days, n), shape (days, 3)."""
        head = states[:, kernel.GAS_H2 : kernel.GAS_H2 + kernel.OUTLETS]
        liquid_m3, headspace_m3 = self._volumes
        total: Floats = liquid_m3 * (liquid_states(states) @ self.liquid.T) + headspace_m3 * (
            head @ self.gas.T
        )
        return total

    def outflow(self, start: Floats, run: DigesterRun, entering: Flow) -> Flow:
        """Return what overflows each day when `entering` (feed, water, other digesters) has come in.

        The content that leaves is taken as the mean of morning and evening, then moved as little as possible
        until COD, C and N leave exactly as entering less gas less change leaves them.
        """
        states = np.concatenate([start[None, :], run.states])
        ends = np.maximum(liquid_states(states), 0.0)
        change = np.diff(self.held(states), axis=0)
        leaving = self.of_flow(entering.brought) - self.of_gas(run) - change
        volume = entering.volume_m3_d[:, None]
        flows = volume > _TRICKLE
        wanted = np.where(flows, leaving / np.where(flows, volume, 1.0), 0.0)
        content_m3 = reconciled((ends[:-1] + ends[1:]) / 2, self.liquid, wanted)
        return Flow(entering.volume_m3_d, np.where(flows, volume * content_m3, 0.0))


def liquid_states(states: Floats) -> Floats:
    """Return the liquid states and pools of full states (days, n), shape (days, 27 + pools)."""
    pools = states[:, kernel.MODEL : -kernel.OUTLETS]
    return np.concatenate([states[:, : kernel.LIQUID], pools], axis=1)


def reconciled(guess: Floats, per_unit: Floats, totals: Floats) -> Floats:
    """Return contents (days, n) near a guess whose elements (days, 3) are the given totals.

    Least squares weighted by the contents themselves, so that what is not there stays away: data
    reconciliation as in Crowe, Garcia Campos & Hrymak (1983), AIChE J. 29, 881 (from memory, not checked). No
    content more than doubles, which only the solver's own error over next to no flow could ask for.
    """
    scale = 1 / np.maximum(np.abs(per_unit).max(axis=1), 1e-30)
    rows = per_unit * scale[:, None]
    missing = totals * scale - guess @ rows.T
    normal = np.einsum("dn,en,fn->def", guess, rows, rows)
    shift = np.einsum("def,df->de", np.linalg.pinv(normal, rcond=1e-12, hermitian=True), missing)
    moved: Floats = guess * np.clip(1 + shift @ rows, 0.0, 2.0)
    return moved
