import pytest

from harmonia.science.metabolism.kinetics import ADAPTED, growth_factor, hydrolysis_factor, kinetics_at
from harmonia.science.metabolism.nomenclature import LIQUID
from harmonia.science.metabolism.parameters import parameter_table, parameter_values
from harmonia.science.metabolism.petersen import content, processes, stoichiometry


def test_at_35_degrees_only_what_is_adapted_differs_from_the_table() -> None:
    values, table = kinetics_at(35.0), parameter_values()

    assert {name for name in table if values[name] != pytest.approx(table[name], rel=1e-12)} == set(ADAPTED)


def test_cold_slows_growth_and_hydrolysis() -> None:
    assert growth_factor(20.0) == pytest.approx(0.131 / 0.326)
    assert 0.2 < hydrolysis_factor(20.0) < 0.35


def test_growth_stops_rather_than_turning_negative() -> None:
    assert growth_factor(5.0) == 0.0


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
