import numpy as np
import pytest

from harmonia.science.metabolism import factors
from harmonia.science.metabolism.adm1 import BenchmarkDigester, Influent, start_vector
from harmonia.science.metabolism.jacobian import fill_jacobian
from harmonia.science.metabolism.kernel import protons
from harmonia.science.metabolism.sparsity import eliminate, pattern
from tests.science.metabolism import published

SYSTEM = BenchmarkDigester.fed_with(Influent(published.R1_INFLUENT, 170.0, 35.0)).system


@pytest.mark.parametrize("seed", range(5))
def test_the_jacobian_is_zero_outside_the_pattern(seed: int) -> None:
    y = (start_vector() + 0.01) * np.random.default_rng(seed).uniform(0.2, 5.0, 33)
    jacobian, work = np.empty((30, 30)), np.empty((3, 30))
    fill_jacobian(y, protons(y, 1e-7, SYSTEM.c), SYSTEM, jacobian, work)
    places = {(int(i), int(j)) for i, j in zip(*np.nonzero(jacobian), strict=True)}

    assert places <= pattern()


@pytest.mark.parametrize("seed", range(5))
def test_sparse_factors_solve_what_numpy_solves(seed: int) -> None:
    generator = np.random.default_rng(seed)
    matrix, right = np.zeros((30, 30)), generator.normal(size=30)
    for i, j in pattern():
        matrix[i, j] = generator.normal()
    expected = np.linalg.solve(matrix + 20 * np.eye(30), right)
    packed = np.empty(factors.PACKED)
    factors.pack_shifted(-matrix, 20.0, packed)
    factors.factorise_packed(packed)
    factors.substitute_packed(packed, right)

    assert right == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_every_state_is_a_pivot_once() -> None:
    assert sorted(eliminate(pattern()).order.tolist()) == list(range(30))


def test_the_order_fills_little() -> None:
    elimination = eliminate(pattern())

    assert elimination.row.size + elimination.column.size + 30 < 1.2 * len(pattern())
