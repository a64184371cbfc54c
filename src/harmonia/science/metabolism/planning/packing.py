"""A digester's numbers in the order the symbolic model reads them."""

from functools import cache

import numpy as np

from harmonia.science.metabolism import kernel
from harmonia.science.metabolism.constants import SparseRows, Vessel, fill_constants, sparse_rows
from harmonia.science.metabolism.digester import OUTLET_PER_LIQUID, Digester
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.kinetics import REFERENCE_C, kinetics_at
from harmonia.science.metabolism.planning.shape import IDLE_POOLS


@cache
def nominal() -> tuple[Floats, SparseRows]:
    """Return constants and Petersen rows of a usual vessel: they show which places are always zero."""
    values = kinetics_at(REFERENCE_C)
    return fill_constants(values, Vessel(1.0, 0.2, REFERENCE_C, OUTLET_PER_LIQUID)), sparse_rows(values)


def pack_numbers(digester: Digester, temperature_c: Floats) -> Floats:
    """Return constants, Petersen values and pools at temperatures (days,) [degC], a row a day.

    Raises:
        ValueError: a number is not zero where the symbolic model holds a zero for good.
    """
    usual, rows = nominal()
    constants = digester.constants(temperature_c)
    if np.any(constants[:, usual == 0]) or not np.array_equal(digester.system.column, rows.column):
        raise ValueError("this digester has numbers where the symbolic model has none")
    pool = np.tile(digester.pool[: len(digester.codes), :4].ravel(order="F"), (len(constants), 1))
    pool[:, : len(digester.codes)] *= digester.pool_speed(temperature_c)[:, None]
    values = np.tile(digester.system.nu, (len(constants), 1))
    return np.concatenate([constants, values, pool], axis=1)


def feed_columns(digester: Digester) -> Floats:
    """Return what a kg of each feedstock adds to each state, shape (n, feedstocks) [per m3 of liquid].

    Trace elements come with the water too, because the model tells them per kg of feed.
    """
    brought = digester.feeds[:, :-IDLE_POOLS].copy()
    brought[:, -1] = digester.supplies * (1 + digester.plant.dilution_l_per_kg) / 1000
    nothing = np.zeros((len(brought), kernel.MODEL - kernel.LIQUID))
    columns = np.concatenate([brought[:, : kernel.LIQUID], nothing, brought[:, kernel.LIQUID :]], axis=1)
    placed: Floats = columns.T / digester.plant.liquid_m3
    return placed
