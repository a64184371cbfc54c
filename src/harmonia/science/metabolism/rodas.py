"""Rodas4: an adaptive, L-stable Rosenbrock method of order 4(3), compiled, and a Newton for steady states.

Source: Hairer & Wanner (1996), Solving Ordinary Differential Equations II, section IV.10,
doi:10.1007/978-3-642-05221-7 (code RODAS).
"""

import numpy as np

from harmonia.science.metabolism.compiled import compiled
from harmonia.science.metabolism.jacobian import fill_jacobian
from harmonia.science.metabolism.kernel import GAS_H2, MODEL, OUTLETS, SPLIT, Floats, Integers, derivatives, protons

GAMMA = 0.25
A = np.array([
    [0.0, 0.0, 0.0, 0.0],
    [1.544, 0.0, 0.0, 0.0],
    [0.9466785280815826, 0.2557011698983284, 0.0, 0.0],
    [3.314825187068521, 2.896124015972201, 0.9986419139977817, 0.0],
    [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950],
])  # fmt: skip
C = np.array([
    [0.0, 0.0, 0.0, 0.0, 0.0],
    [-5.6688, 0.0, 0.0, 0.0, 0.0],
    [-2.430093356833875, -0.2063599157091915, 0.0, 0.0, 0.0],
    [-0.1073529058151375, -9.594562251023355, -20.47028614809616, 0.0, 0.0],
    [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160, 0.0],
    [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
])  # fmt: skip
OK, STEP_LIMIT, STEP_TOO_SMALL, NOT_CONVERGED = 0, 1, 2, 3
SMALLEST_STEP = 1e-12  # [d]


@compiled
def factorise(matrix: Floats, pivot: Integers) -> None:
    """Replace a square matrix by its LU factors with row exchanges noted in `pivot`."""
    n = matrix.shape[0]
    for k in range(n):
        best = k
        for i in range(k + 1, n):
            if abs(matrix[i, k]) > abs(matrix[best, k]):
                best = i
        pivot[k] = best
        if best != k:
            for j in range(n):
                matrix[k, j], matrix[best, j] = matrix[best, j], matrix[k, j]
        inverse = 1.0 / matrix[k, k]
        for i in range(k + 1, n):
            if matrix[i, k] != 0.0:
                matrix[i, k] *= inverse
                for j in range(k + 1, n):
                    matrix[i, j] -= matrix[i, k] * matrix[k, j]


@compiled
def substitute(matrix: Floats, pivot: Integers, right: Floats) -> None:
    """Solve in place with the factors of `factorise`."""
    n = matrix.shape[0]
    for k in range(n):
        right[k], right[pivot[k]] = right[pivot[k]], right[k]
    for i in range(1, n):
        for j in range(i):
            right[i] -= matrix[i, j] * right[j]
    for i in range(n - 1, -1, -1):
        for j in range(i + 1, n):
            right[i] -= matrix[i, j] * right[j]
        right[i] /= matrix[i, i]


@compiled
def _solve_stage(
    matrix: Floats, pivot: Integers, outflow: Floats, per_step: float, dilution: float, pool: Floats, u: Floats
) -> None:
    """Solve one stage: pools feed the model, the model feeds the integrals, so only 29 rows are coupled."""
    pools = pool.shape[0]
    for p in range(pools):
        u[MODEL + p] /= per_step + dilution + pool[p, 0]
        for i in range(4):
            u[SPLIT[i]] += pool[p, 0] * pool[p, 1 + i] * u[MODEL + p]
    substitute(matrix, pivot, u[:MODEL])
    for i in range(OUTLETS):
        place = MODEL + pools + i
        for k in range(OUTLETS):
            u[place] += outflow[i, k] * u[GAS_H2 + k]
        u[place] /= per_step


@compiled
def _stages(
    y: Floats, proton: float, step: float, dilution: float, inflow: Floats, c: Floats, nu: Floats,
    first: Integers, column: Integers, pool: Floats, matrix: Floats, pivot: Integers, outflow: Floats,
    u: Floats, trial: Floats, dy: Floats, rho: Floats,
) -> float:  # fmt: skip
    """Compute the six stages; `trial` becomes the new state and `u[5]` its error estimate."""
    per_step = 1.0 / (GAMMA * step)
    for stage in range(6):
        if stage < 5:
            trial[:] = y
            for k in range(stage):
                trial += A[stage, k] * u[k]
        if stage > 0:
            proton = derivatives(trial, proton, dilution, inflow, c, nu, first, column, pool, dy, rho)
        u[stage] = dy
        for k in range(stage):
            u[stage] += C[stage, k] / step * u[k]
        _solve_stage(matrix, pivot, outflow, per_step, dilution, pool, u[stage])
        if stage >= 4:
            trial += u[stage]
    return proton


@compiled
def _error(u: Floats, y: Floats, trial: Floats, rtol: float, atol: Floats) -> float:
    total = 0.0
    n = y.shape[0] - OUTLETS
    for i in range(n):
        scale = atol[min(i, MODEL)] + rtol * max(abs(y[i]), abs(trial[i]))
        total += (u[i] / scale) ** 2
    return (total / n) ** 0.5


@compiled
def advance(
    y: Floats, proton: float, duration: float, step: float, dilution: float, inflow: Floats, c: Floats,
    nu: Floats, first: Integers, column: Integers, pool: Floats, rtol: float, atol: Floats, most_steps: int,
) -> tuple[int, float, float, int]:  # fmt: skip
    """Carry a full state `y` over `duration` [d] of constant feed, in place.

    `atol` (30,): absolute tolerance of each model state, last one for pools. Returns how it ended (OK,
    STEP_LIMIT, STEP_TOO_SMALL), the proton concentration [kmol/m3], the next step [d] and the steps taken.
    """
    n = y.shape[0]
    matrix, jacobian, outflow = np.empty((MODEL, MODEL)), np.empty((MODEL, MODEL)), np.empty((OUTLETS, OUTLETS))
    pivot, work = np.empty(MODEL, np.int64), np.empty((3, MODEL))
    u, trial, dy, dy0, rho = np.empty((6, n)), np.empty(n), np.empty(n), np.empty(n), np.empty(22)
    time, fresh, steps = 0.0, True, 0
    while time < duration:
        if steps >= most_steps:
            return STEP_LIMIT, proton, step, steps
        if fresh:
            proton = derivatives(y, proton, dilution, inflow, c, nu, first, column, pool, dy0, rho)
            fill_jacobian(y, proton, dilution, c, nu, first, column, jacobian, outflow, work)
        taken = min(step, duration - time)
        matrix[:] = -jacobian
        for i in range(MODEL):
            matrix[i, i] += 1.0 / (GAMMA * taken)
        factorise(matrix, pivot)
        dy[:] = dy0
        _stages(
            y, proton, taken, dilution, inflow, c, nu, first, column, pool, matrix, pivot, outflow, u, trial,
            dy, rho,
        )  # fmt: skip
        error = _error(u[5], y, trial, rtol, atol)
        steps += 1
        fresh = error <= 1.0
        if fresh:
            y[:] = trial
            time = duration if taken >= duration - time else time + taken
        grown = taken * min(6.0, max(0.2, 0.9 * max(error, 1e-10) ** -0.25)) if np.isfinite(error) else 0.1 * taken
        step = max(step, grown) if fresh and taken < step else grown
        if step < SMALLEST_STEP:
            return STEP_TOO_SMALL, proton, step, steps
    return OK, protons(y, proton, c), step, steps


@compiled
def newton_steady(
    y: Floats, proton: float, dilution: float, inflow: Floats, c: Floats, nu: Floats, first: Integers,
    column: Integers, pool: Floats, most: int,
) -> tuple[int, float, int]:  # fmt: skip
    """Carry a full state to where nothing changes, in place; return how it ended, the protons, iterations.

    Iterations run until no state moves by more than 1e-13 of itself, or rounding stops the progress.
    """
    n = y.shape[0]
    jacobian, outflow = np.empty((MODEL, MODEL)), np.empty((OUTLETS, OUTLETS))
    pivot, work, dy, rho = np.empty(MODEL, np.int64), np.empty((3, MODEL)), np.empty(n), np.empty(22)
    for p in range(pool.shape[0]):
        y[MODEL + p] = dilution * inflow[26 + p] / (dilution + pool[p, 0])
    previous = np.inf
    for iteration in range(most):
        proton = derivatives(y, proton, dilution, inflow, c, nu, first, column, pool, dy, rho)
        fill_jacobian(y, proton, dilution, c, nu, first, column, jacobian, outflow, work)
        factorise(jacobian, pivot)
        substitute(jacobian, pivot, dy[:MODEL])
        moved = 0.0
        for i in range(MODEL):
            moved = max(moved, abs(dy[i]) / (abs(y[i]) + 1e-15))
            y[i] -= dy[i]
        if not np.isfinite(moved):
            return NOT_CONVERGED, proton, iteration
        if moved < 1e-13 or (moved < 1e-9 and moved >= 0.5 * previous):
            return OK, protons(y, proton, c), iteration + 1
        previous = moved
    return NOT_CONVERGED, proton, most
