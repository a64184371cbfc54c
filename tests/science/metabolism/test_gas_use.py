from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism import Plant, single_digester
from harmonia.science.metabolism.gas_use import ENERGY_OF_METHANE, Stock, use_gas
from harmonia.science.metabolism.plant_parts import Engine, Heating

ONE = single_digester("Commons", 8.0, 1.5, 37.0, 1.0, 2.0, 0.9)
NOTHING = Stock()


@given(
    made=st.floats(0, 50),
    share=st.floats(0.3, 0.8),
    heat=st.floats(0, 200),
    stored=st.floats(0, 5),
    store=st.floats(0, 5),
    stove=st.floats(0, 1),
    most=st.none() | st.floats(0, 20),
    engine=st.none() | st.builds(Engine, st.floats(0.01, 5), share=st.none()),
    heating=st.none() | st.builds(Heating, st.floats(0, 2), st.floats(0, 5), electric_kw=st.floats(0, 2)),
)
def test_no_gas_and_no_heat_comes_from_nowhere(
    made: float, share: float, heat: float, stored: float, store: float, stove: float,
    most: float | None, engine: Engine | None, heating: Heating | None,
) -> None:  # fmt: skip
    plant = replace(
        ONE, gas_store_m3=store, stove_share=stove, stove_m3_d=most, engine=engine, heating=heating
    )
    before = Stock(min(stored, store), share * min(stored, store))
    day = use_gas(plant, made, share * made, heat, before)
    out = day.engine + day.boiler + day.stoves + day.lost

    assert made + before.gas_m3 == pytest.approx(out + day.stock.gas_m3, abs=1e-9)
    assert min(day.engine, day.boiler, day.stoves, day.stock.gas_m3) >= -1e-9
    assert day.lost >= day.spilt - 1e-9 >= -2e-9
    assert day.stock.gas_m3 <= store + 1e-9
    assert day.heat <= heat + 1e-9


def test_without_engine_and_boiler_the_stoves_get_their_share_of_what_the_store_kept() -> None:
    day = use_gas(replace(ONE, gas_store_m3=1.0), 6.0, 3.6, 0.0, NOTHING)

    assert day.spilt == pytest.approx(2.0)
    assert day.stoves == pytest.approx(0.9 * 4.0)


def test_stoves_that_cannot_burn_it_all_leave_gas_for_tomorrow() -> None:
    slow = replace(ONE, stove_share=1.0, stove_m3_d=1.0)
    first = use_gas(slow, 2.0, 1.2, 0.0, NOTHING)
    second = use_gas(slow, 2.0, 1.2, 0.0, first.stock)

    assert (first.stock.gas_m3, first.stock.methane_m3) == pytest.approx((1.0, 0.6))
    assert (second.stoves, second.stock.gas_m3, second.spilt) == pytest.approx((1.0, 2.0, 0.0))


def test_waste_heat_comes_before_the_boiler_and_the_boiler_before_electricity() -> None:
    plant = replace(
        ONE, stove_share=0.5, engine=Engine(10.0, share=0.5), heating=Heating(boiler_kw=0.5, electric_kw=5.0)
    )
    day = use_gas(plant, 10.0, 6.0, 60.0, NOTHING)
    waste = 0.5 * 6.0 * ENERGY_OF_METHANE * 0.45

    assert day.heat_engine == pytest.approx(waste)
    assert day.heat_boiler == pytest.approx(12.0)
    assert day.heat_electric == pytest.approx(60.0 - waste - 12.0)


def test_an_engine_burns_no_more_than_its_power() -> None:
    plant = replace(ONE, stove_share=0.0, engine=Engine(0.1))
    day = use_gas(plant, 10.0, 6.0, 0.0, NOTHING)

    assert day.engine * day.fuel_kwh_m3 * 0.3 == pytest.approx(2.4)


def test_what_nobody_said_keeps_it_warm_is_heat_of_unknown_source() -> None:
    day = use_gas(ONE, 1.0, 0.6, 50.0, NOTHING)

    assert day.heat_unstated == 50.0
    assert use_gas(Plant("x", ONE.digesters, heating=Heating()), 1.0, 0.6, 50.0, NOTHING).heat == 0.0
