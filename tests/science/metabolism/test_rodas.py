import numpy as np
import pytest

from harmonia.science.metabolism import factors, rodas
from harmonia.science.metabolism.adm1 import BenchmarkDigester, Influent, control_at, start_vector
from harmonia.science.metabolism.jacobian import fill_jacobian
from harmonia.science.metabolism.kernel import MODEL, OUTLETS, PROCESSES, SAO, Floats, derivatives, protons
from tests.science.metabolism import published

POOL = np.array([[0.3, 0.4, 0.2, 0.1, 0.3]])
BENCHMARK = BenchmarkDigester.fed_with(Influent(published.R1_INFLUENT, 170.0, 35.0)).system
SYSTEM = BENCHMARK._replace(pool=POOL, inflow=np.append(BENCHMARK.inflow, 7.0), dilution=0.05)


def start_with_pool() -> Floats:
    y = start_vector()
    y[SAO] = 0.4
    return np.concatenate([y[:MODEL], [3.0], y[MODEL:]])


def advanced(rtol: float) -> Floats:
    y = start_with_pool()
    y[6] = 1.0
    ended = rodas.advance(y, (1e-7, 1e-3), 5.0, SYSTEM, control_at(rtol))
    assert ended[0] == rodas.OK
    return y


def test_a_tighter_tolerance_comes_closer_to_the_solution() -> None:
    exact = advanced(1e-11)
    errors = [np.abs(advanced(rtol) / exact - 1).max() for rtol in (1e-4, 1e-6, 1e-8)]

    assert errors[0] < 1e-2
    assert errors[1] < 1e-4
    assert errors[2] < 1e-6


def test_the_pool_decays_as_its_closed_form_says() -> None:
    y = advanced(1e-8)
    rest = 0.05 * 7.0 / 0.35

    assert y[MODEL] == pytest.approx(rest + (3.0 - rest) * np.exp(-0.35 * 5.0), rel=1e-7)


def test_the_analytic_jacobian_equals_finite_differences() -> None:
    y = start_with_pool()
    y[6], y[10] = 1.0, 0.3

    def slope(
        vector: Floats,
    ) -> Floats:
        dy, rho = np.empty(y.size), np.empty(PROCESSES + OUTLETS)
        derivatives(vector, 1e-7, SYSTEM, dy, rho)
        return dy[:MODEL]

    analytic, work = np.empty((MODEL, MODEL)), np.empty((3, MODEL))
    proton = protons(y, 1e-7, SYSTEM.c)
    fill_jacobian(y, proton, SYSTEM, analytic, work)
    numeric = np.empty((MODEL, MODEL))
    for state in range(MODEL):
        step = np.zeros(y.size)
        step[state] = 1e-5 * y[state]
        numeric[:, state] = (slope(y + step) - slope(y - step)) / (2 * step[state])
    scale = np.abs(numeric).max(axis=0)

    assert (np.abs(analytic - numeric) <= 1e-4 * scale + 1e-9).all()


def test_lu_factors_solve_what_numpy_solves() -> None:
    generator = np.random.default_rng(3)
    matrix, right = generator.normal(size=(MODEL, MODEL)), generator.normal(size=MODEL)
    expected = np.linalg.solve(matrix, right)
    pivot = np.empty(MODEL, np.int64)
    factors.factorise(matrix, pivot)
    factors.substitute(matrix, pivot, right)

    assert expected == pytest.approx(right, rel=1e-9, abs=1e-10)


def test_halving_the_step_divides_the_error_by_two_to_the_fifth() -> None:
    exact = advanced(1e-12)
    errors = []
    for steps in (10, 20):
        y = start_with_pool()
        w = rodas.workspace(y.size)
        y[6], proton = 1.0, 1e-7
        rodas.advance(y, (proton, 1e-4), 1.0, SYSTEM, control_at(1e-12))
        for _ in range(steps):
            proton = derivatives(y, proton, SYSTEM, w.dy0, w.rho)
            fill_jacobian(y, proton, SYSTEM, w.jacobian, w.slopes)
            rodas._attempt(y, proton, 4.0 / steps, SYSTEM, w)
            y[:] = w.trial
        errors.append(np.abs(y / exact - 1).max())

    assert np.log2(errors[0] / errors[1]) == pytest.approx(5.0, abs=0.5)
