from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.constants import Vessel, fill_constants
from harmonia.science.metabolism.kinetics import (
    ADAPTED,
    CARDINAL_C,
    cardinal_factor,
    constants_over,
    growth_factor,
    hydrolysis_factor,
    kinetics_at,
)
from harmonia.science.metabolism.nomenclature import LIQUID
from harmonia.science.metabolism.parameters import parameter_table, parameter_values
from harmonia.science.metabolism.petersen import content, processes, stoichiometry


def test_at_35_degrees_only_what_is_adapted_differs_from_the_table() -> None:
    values, table = kinetics_at(35.0), parameter_values()

    assert {name for name in table if values[name] != pytest.approx(table[name], rel=1e-12)} == set(ADAPTED)


def test_cold_slows_growth_and_hydrolysis() -> None:
    assert 0.3 < growth_factor(20.0) < 0.45
    assert 0.2 < hydrolysis_factor(20.0) < 0.35


def test_growth_is_fastest_at_the_best_temperature_and_stops_at_the_ends() -> None:
    low, best, high = CARDINAL_C

    assert cardinal_factor(np.array([low, best, high])).tolist() == [0.0, 1.0, 0.0]
    assert growth_factor(np.array([-5.0, 60.0])).tolist() == [0.0, 0.0]


def test_life_goes_on_slowly_at_fifteen_degrees() -> None:
    assert 0.1 < growth_factor(15.0) < 0.3


@given(st.floats(0, 43.7), st.floats(0, 43.7))
def test_up_to_the_best_temperature_warmer_is_never_slower(one: float, other: float) -> None:
    cold, warm = sorted((one, other))

    assert cardinal_factor(cold) <= cardinal_factor(warm) + 1e-12


def test_constants_of_many_days_are_those_of_each_day() -> None:
    vessel = Vessel(8.0, 1.0, 35.0, 100.0)
    days = constants_over(kinetics_at(35.0), vessel, np.array([15.0, 35.0, 42.0]))
    single = [fill_constants(kinetics_at(t), replace(vessel, temperature_c=t)) for t in (15.0, 35.0, 42.0)]

    assert days == pytest.approx(np.array(single), rel=1e-12)


def test_equilibria_are_left_to_the_vessel() -> None:
    assert kinetics_at(20.0)["pK_a_co2"] == parameter_values()["pK_a_co2"]


def test_every_parameter_has_unit_meaning_and_source() -> None:
    assert all(p.unit and p.meaning and p.source for p in parameter_table().values())


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(KeyError, match="k_m_gold"):
        parameter_values(k_m_gold=1.0)


def test_splitting_fat_neither_takes_nor_gives_carbon_dioxide() -> None:
    values = kinetics_at(35.0)
    split, dissolved = processes().index("hydrolysis_li"), LIQUID.index("S_IC")
    matrix = stoichiometry(values)

    assert matrix[split, dissolved] == pytest.approx(0.0, abs=1e-15)
    assert abs(matrix @ content("C", values)).max() == pytest.approx(0.0, abs=1e-15)
