import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.adm1 import BenchmarkDigester, Influent, start_vector
from harmonia.science.metabolism.constants import van_t_hoff
from harmonia.science.metabolism.kernel import AN, CAT, GAS_H2, IC, IN, MODEL, charge, outlet, protons
from harmonia.science.metabolism.parameters import parameter_values
from tests.science.metabolism import published

C = BenchmarkDigester.fed_with(Influent(published.R1_INFLUENT, 170.0, 35.0)).system.c
amounts = st.floats(0, 2)


@given(amounts, amounts, amounts, amounts, st.sampled_from([1e-14, 1e-7, 1.0]))
def test_charges_balance_at_the_protons_found_from_any_start(
    cations: float, anions: float, carbon: float, nitrogen: float, start: float
) -> None:
    y = start_vector()
    y[CAT], y[AN], y[IC], y[IN] = cations, anions, carbon, nitrogen
    proton = protons(y, start, C)
    balance, slope = charge(y, proton, C)

    assert proton > 0
    assert abs(balance) <= 1e-12 * slope * proton + 1e-13


def test_no_gas_leaves_below_atmospheric_pressure() -> None:
    y = start_vector()
    y[GAS_H2:MODEL] = 0.0

    assert outlet(y, C) == 0.0


def test_equilibria_at_the_base_temperature_are_the_table() -> None:
    values = parameter_values()

    assert van_t_hoff(51965, values, np.array(values["T_base"])) == 1.0
    assert van_t_hoff(51965, values, np.array(308.15)) > 1.0


def test_more_cations_mean_fewer_protons() -> None:
    low, high = start_vector(), start_vector()
    high[CAT] += 0.05

    assert protons(high, 1e-7, C) < protons(low, 1e-7, C)
    assert np.log10(protons(low, 1e-7, C)) == pytest.approx(-7.46, abs=0.1)
