"""The symbols are the kernel: same derivatives, same charge, same readings, to rounding."""

import casadi
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism import kernel, readings, single_digester
from harmonia.science.metabolism.digester import Digester, Member
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.planning import symbolic
from harmonia.science.metabolism.planning.packing import feed_columns, pack_numbers
from harmonia.science.metabolism.titration import titrate
from harmonia.science.metabolism.trace_elements import slow_down

PLANT = single_digester("bench", 8.0, 1.5, 35.0, 1.0, 2.0)
CODES = ("bread", "fog", "food_waste")
DIGESTER = Digester(PLANT, CODES, Member())
RATES = symbolic.rates(len(CODES))
LEVEL = kernel.MODEL + len(CODES)
MODEL = casadi.Function(
    "model",
    [RATES.y, RATES.level, RATES.ph, RATES.inflow, RATES.dilution, RATES.numbers],
    [RATES.slope, RATES.charge, RATES.outflow, RATES.acids, RATES.titrated, RATES.alkalinity],
)


def random_state(seed: int) -> Floats:
    y = DIGESTER.fresh()
    y[kernel.MODEL : kernel.MODEL + len(CODES)] = 1.0
    y *= np.exp(np.random.default_rng(seed).uniform(-1.5, 1.5, y.size))
    y[LEVEL] = min(y[LEVEL], 0.9)
    return y


def by_kernel(y: Floats, feed: Floats, temperature: float) -> tuple[Floats, float]:
    concentration, dilution = DIGESTER.inflow(feed[None, :])
    constants = DIGESTER.constants(np.array([temperature]))[0]
    slow_down(constants, float(y[LEVEL]))
    pool = DIGESTER.pool.copy()
    pool[:, 0] *= DIGESTER.pool_speed(np.array([temperature]))
    system = DIGESTER.system._replace(
        c=constants,
        pool=pool,
        inflow=concentration[0],
        dilution=float(dilution[0]),
    )
    dy, rho = np.empty(y.size), np.empty(kernel.PROCESSES + kernel.OUTLETS)
    proton = kernel.derivatives(y, 1e-7, system, dy, rho)
    return dy, proton


def by_symbols(y: Floats, proton: float, feed: Floats, temperature: float) -> list[Floats]:
    water = feed.sum() * (1 + PLANT.dilution_l_per_kg) / 1000 / PLANT.liquid_m3
    numbers = pack_numbers(DIGESTER, np.array([temperature]))[0]
    found = MODEL(y[: LEVEL + 1], y[LEVEL], -np.log10(proton), feed_columns(DIGESTER) @ feed, water, numbers)
    return [np.array(part).ravel() for part in found]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6),
    st.lists(st.floats(0.0, 60.0), min_size=3, max_size=3),
    st.floats(14.0, 44.0),
)
def test_the_symbolic_derivatives_are_those_of_the_kernel(
    seed: int, kilograms: list[float], temperature: float
) -> None:
    y, feed = random_state(seed), np.array(kilograms)
    expected, proton = by_kernel(y, feed, temperature)
    slope, charge, outflow, _, _, _ = by_symbols(y, proton, feed, temperature)

    n = LEVEL + 1
    # What enters and leaves a state may cancel, so an error counts beside the terms it is made of.
    size = np.abs(expected[:n]) + np.abs(y[:n])
    assert (np.abs(slope - expected[:n]) / size).max() < 1e-9
    assert outflow == pytest.approx(expected[-kernel.OUTLETS :], rel=1e-9, abs=1e-12)
    assert abs(charge[0]) < 1e-12


def test_the_symbolic_readings_are_those_of_the_bench() -> None:
    y, feed = random_state(4), np.array([1.0, 1.0, 5.0])
    _, proton = by_kernel(y, feed, 35.0)
    _, _, _, acids, titrated, alkalinity = by_symbols(y, proton, feed, 35.0)
    bench = titrate(y[None, :])

    assert acids == pytest.approx(readings.ACETIC_ACID * (y[kernel.ACID] @ kernel.PER_ACID_COD), rel=1e-9)
    assert titrated == pytest.approx(bench.fos, rel=1e-9)
    assert alkalinity == pytest.approx(bench.tac, rel=1e-9)


class Stranger(Digester):
    """A digester in which free ammonia slows everybody."""

    def constants(self, temperature_c: Floats) -> Floats:
        changed = super().constants(temperature_c)
        changed[:, kernel.PER_K_I_NH3 : kernel.PER_K_I_NH3 + kernel.OXIDATION] = 3.0
        return changed


def test_a_number_where_the_symbols_hold_a_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="numbers where the symbolic model has none"):
        pack_numbers(Stranger(PLANT, CODES, Member()), np.array([35.0]))
