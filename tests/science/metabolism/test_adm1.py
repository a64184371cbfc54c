from collections.abc import Callable

import numpy as np
import pytest

from harmonia.science.metabolism.adm1 import (
    CONTROL,
    BenchmarkDigester,
    DigesterState,
    Influent,
    run,
    start_vector,
    steady,
)
from harmonia.science.metabolism.nomenclature import BENCHMARK_STATES, LIQUID
from tests.science.metabolism import published

R1 = Influent(published.R1_INFLUENT, published.R1_FLOW_M3_D, published.R1_TEMPERATURE_C)
R2 = Influent(published.R2_INFLUENT, published.R2_FLOW_M3_D, published.R2_TEMPERATURE_C)


@pytest.mark.parametrize("name", BENCHMARK_STATES)
def test_the_benchmark_steady_state_equals_the_published_one(name: str) -> None:
    expected = published.R1_STATES[name]

    assert expected == pytest.approx(steady(R1).states[name], rel=1e-6, abs=0)


@pytest.mark.parametrize("name", published.R1_IONS)
def test_the_benchmark_ions_equal_the_published_ones(name: str) -> None:
    expected = published.R1_IONS[name]

    assert expected == pytest.approx(steady(R1).ions[name], rel=1e-6, abs=0)


def test_the_benchmark_ph_and_gas_equal_the_published_ones() -> None:
    state = steady(R1)

    assert state.ph == pytest.approx(published.R1_PH, rel=1e-6)
    assert state.q_gas_m3_d == pytest.approx(published.R1_GAS_M3_D, rel=1e-6)
    assert state.status == "ok"


def test_the_plant_steady_state_equals_matlab_in_states_and_ions() -> None:
    state = steady(R2)
    computed = dict(state.states) | dict(state.ions)

    errors = {
        name: abs(computed[name] - value) - (1e-6 * abs(value) + 1e-12)
        for name, value in (published.R2_STATES | published.R2_IONS).items()
    }

    assert [name for name, error in errors.items() if error > 0] == []


def test_the_plant_gas_and_ph_equal_matlab() -> None:
    state = steady(R2)

    assert state.q_gas_m3_d == pytest.approx(published.R2_GAS_M3_D, rel=1e-6)
    assert state.ph == pytest.approx(published.R2_PH, rel=1e-6)


def test_four_hundred_days_end_where_newton_ends() -> None:
    after, rest = run(R1, 400.0), steady(R1)

    assert rest.ph == pytest.approx(after.ph, abs=1e-6)
    assert rest.states["X_ac"] == pytest.approx(after.states["X_ac"], rel=1e-5)


def test_an_exhausted_step_budget_is_told_in_a_sentence() -> None:
    digester = BenchmarkDigester.fed_with(R1)
    y = start_vector()
    ended, proton = digester.advance(y, 1e-7, 200.0, CONTROL._replace(most_steps=3))

    assert digester.describe(y, proton, ended).status.startswith("step limit")


def test_cod_that_enters_is_in_the_liquid_or_left_as_gas() -> None:
    digester = BenchmarkDigester.fed_with(R1)
    y = start_vector()
    cod = np.array([0.0 if name in ("S_IC", "S_IN", "S_cat", "S_an") else 1.0 for name in LIQUID])
    gas_cod = np.array([1.0, 1.0, 0.0])
    volume_ratio = 300 / 3400

    days = 30.0
    outflow = 0.0
    stock_before = cod @ y[:27] + volume_ratio * (gas_cod @ y[27:30])
    for _ in range(3000):
        before = cod @ y[:27]
        digester.advance(y, 1e-7, days / 3000)
        outflow += float(digester.system.dilution * days / 3000 * (before + cod @ y[:27]) / 2)
    stock_after = cod @ y[:27] + volume_ratio * (gas_cod @ y[27:30])
    fed = digester.system.dilution * days * (cod @ digester.system.inflow)
    left_as_gas = gas_cod @ y[30:33] / 3400

    assert fed == pytest.approx(outflow + left_as_gas + stock_after - stock_before, rel=1e-4)


@pytest.mark.parametrize("state_of", [steady, lambda influent: run(influent, 100.0)])
def test_a_digester_rinsed_every_half_day_is_washed_out(
    state_of: Callable[[Influent], DigesterState],
) -> None:
    state = state_of(Influent(published.R1_INFLUENT, 6800.0, published.R1_TEMPERATURE_C))

    assert state.status.startswith("washed out")
    assert state.states["S_gas_ch4"] < 0.5 * published.R1_STATES["S_gas_ch4"]


def test_a_run_that_washes_out_names_the_day() -> None:
    status = run(Influent(published.R1_INFLUENT, 6800.0, 35.0), 100.0).status
    earlier = [run(Influent(published.R1_INFLUENT, 6800.0, 35.0), float(day)).status for day in (1, 60)]

    assert not earlier[0].startswith("washed out")
    assert earlier[1] == status
    assert 1 < int(status.removeprefix("washed out: methanogens lost on day ")) < 30


def test_a_digester_flooded_with_acid_is_overloaded_from_a_day_on() -> None:
    sour = dict(published.R1_INFLUENT) | {"S_ac": 60.0, "S_pro": 60.0, "S_an": 0.3}
    state = run(Influent(sour, 170.0, 35.0), 20.0)

    assert state.status.startswith("overloaded: pH below 6.5 on day ")
    assert state.ph < 6.5


def test_where_no_rest_is_found_the_ph_is_that_of_the_state_told() -> None:
    # The benchmark's fat takes up CO2 as it splits; fed alone it drives carbon below zero, which is no rest.
    state = steady(Influent({"X_li": 30.0}, 385.0, 36.0))

    assert state.status.startswith("no steady state found")
    assert state.ph != pytest.approx(7.0, abs=1e-6)
