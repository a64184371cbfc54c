import numpy as np
import pytest

from harmonia.science.metabolism.constants import sparse_rows
from harmonia.science.metabolism.nomenclature import LIQUID
from harmonia.science.metabolism.parameters import parameter_values
from harmonia.science.metabolism.petersen import (
    content,
    evaluate,
    petersen_rows,
    processes,
    stoichiometry,
    symbols,
)


@pytest.mark.parametrize("element", ["COD", "C", "N"])
@pytest.mark.parametrize("process", processes())
def test_no_process_makes_or_loses(process: str, element: str) -> None:
    values = parameter_values()
    row = stoichiometry(values)[processes().index(process)]

    assert float(row @ content(element, values)) == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize("element", ["COD", "C", "N"])
def test_balances_hold_for_other_yields_too(element: str) -> None:
    values = parameter_values(Y_su=0.17, Y_ac=0.03, Y_sao=0.06, f_fa_li=0.9, C_bac=0.03, N_bac=0.006)

    assert np.abs(stoichiometry(values) @ content(element, values)).max() == pytest.approx(0.0, abs=1e-15)


def test_a_wrong_cell_breaks_the_balance() -> None:
    values = parameter_values()
    matrix = stoichiometry(values)
    matrix[processes().index("uptake_ac"), LIQUID.index("S_ch4")] += 0.01

    assert np.abs(matrix @ content("COD", values)).max() > 0.009


def test_the_table_has_the_nineteen_processes_of_the_benchmark_then_acetate_oxidation() -> None:
    assert len(processes()) == 21
    assert processes()[19:] == ("uptake_sao", "decay_sao")
    assert set(petersen_rows()[0]) - {"process"} <= set(LIQUID)


@pytest.mark.parametrize("cell", ["__import__('os')", "Y_su.real", "2**3", "[1]"])
def test_a_cell_that_is_not_arithmetic_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="Petersen"):
        evaluate(cell, {"Y_su": 0.1})


def test_an_empty_cell_is_zero() -> None:
    assert evaluate(" ", {}) == 0.0


def test_the_symbols_of_the_table_are_yields_fractions_and_contents() -> None:
    assert {name[:2] for name in symbols()} == {"Y_", "f_", "C_", "N_"}
    assert set(symbols()) <= set(parameter_values())


def test_members_who_differ_in_speed_share_one_matrix() -> None:
    assert sparse_rows(parameter_values(k_m_ac=3.0)) is sparse_rows(parameter_values(k_m_ac=9.0))
    assert sparse_rows(parameter_values(Y_ac=0.04)) is not sparse_rows(parameter_values())
