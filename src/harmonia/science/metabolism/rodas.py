"""Rodas4: an adaptive, L-stable Rosenbrock method of order 4(3), compiled, and a Newton for steady states.

Source: Hairer & Wanner (1996), Solving Ordinary Differential Equations II, section IV.10,
doi:10.1007/978-3-642-05221-7 (code RODAS).
"""

from typing import NamedTuple

import numpy as np

from harmonia.science.metabolism.compiled import compiled
from harmonia.science.metabolism.jacobian import fill_jacobian, outlet_slope
from harmonia.science.metabolism.kernel import (
    GAS_H2,
    LIQUID,
    MODEL,
    OUTLETS,
    PROCESSES,
    SPLIT,
    Floats,
    Integers,
    System,
    derivatives,
    protons,
)
from harmonia.science.metabolism.sparsity import eliminate, pattern

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
_ELIMINATION = eliminate(pattern())
ORDER = _ELIMINATION.order
ROW_FIRST, ROW = _ELIMINATION.row_first, _ELIMINATION.row
COLUMN_FIRST, COLUMN = _ELIMINATION.column_first, _ELIMINATION.column
OK, STEP_LIMIT, STEP_TOO_SMALL, NOT_CONVERGED = 0, 1, 2, 3
SMALLEST_STEP = 1e-12  # [d]
LONGEST_RESTART = 0.02  # [d] a new feed starts a fast transient, so no longer step is tried first


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
def factorise_sparse(matrix: Floats) -> None:
    """Replace a matrix of the model's pattern by its LU factors, pivots inverted, without row exchanges.

    The shift 1/(gamma h) makes the diagonal large; where a pivot fails nonetheless, the step's error is no
    number and the step is tried again ten times shorter.
    """
    for k in range(MODEL):
        pivot = ORDER[k]
        inverse = 1.0 / matrix[pivot, pivot]
        matrix[pivot, pivot] = inverse
        for a in range(ROW_FIRST[k], ROW_FIRST[k + 1]):
            i = ROW[a]
            factor = matrix[i, pivot] * inverse
            matrix[i, pivot] = factor
            for b in range(COLUMN_FIRST[k], COLUMN_FIRST[k + 1]):
                matrix[i, COLUMN[b]] -= factor * matrix[pivot, COLUMN[b]]


@compiled
def substitute_sparse(matrix: Floats, right: Floats) -> None:
    """Solve in place with the factors of `factorise_sparse`."""
    for k in range(MODEL):
        value = right[ORDER[k]]
        for a in range(ROW_FIRST[k], ROW_FIRST[k + 1]):
            right[ROW[a]] -= matrix[ROW[a], ORDER[k]] * value
    for k in range(MODEL - 1, -1, -1):
        pivot = ORDER[k]
        value = right[pivot]
        for b in range(COLUMN_FIRST[k], COLUMN_FIRST[k + 1]):
            value -= matrix[pivot, COLUMN[b]] * right[COLUMN[b]]
        right[pivot] = value * matrix[pivot, pivot]


class Workspace(NamedTuple):
    """Scratch of one integration: matrices (30, 30), stages (6, n), states (n,), rates (24,)."""

    matrix: Floats
    jacobian: Floats
    pivot: Integers
    slopes: Floats
    u: Floats
    trial: Floats
    dy: Floats
    dy0: Floats
    rho: Floats


class Control(NamedTuple):
    """How exact: relative tolerance, absolute tolerance of 30 states and of pools (31,), most steps."""

    rtol: float
    atol: Floats
    most_steps: int


@compiled
def _workspace(n: int) -> Workspace:
    square = (MODEL, MODEL)
    return Workspace(
        np.empty(square), np.empty(square), np.empty(MODEL, np.int64), np.empty((3, MODEL)), np.empty((6, n)),
        np.empty(n), np.empty(n), np.empty(n), np.empty(PROCESSES + OUTLETS),
    )  # fmt: skip


@compiled
def _solve_stage(y: Floats, per_step: float, system: System, w: Workspace, u: Floats) -> None:
    """Solve one stage: pools feed the model, the model feeds the integrals, so only 30 rows are coupled."""
    pool = system.pool
    for p in range(pool.shape[0]):
        u[MODEL + p] /= per_step + system.dilution + pool[p, 0]
        for i in range(4):
            u[SPLIT[i]] += pool[p, 0] * pool[p, 1 + i] * u[MODEL + p]
    substitute_sparse(w.matrix, u)
    integrals = u.shape[0] - OUTLETS
    for i in range(OUTLETS):
        for k in range(OUTLETS):
            u[integrals + i] += outlet_slope(y, system.c, i, k) * u[GAS_H2 + k]
        u[integrals + i] /= per_step


@compiled
def _combine(w: Workspace, stage: int, y: Floats) -> None:
    """Set `w.trial` to the state at which a stage is evaluated."""
    for i in range(y.shape[0]):
        w.trial[i] = y[i]
    for k in range(stage):
        weight = A[stage, k]
        for i in range(y.shape[0]):
            w.trial[i] += weight * w.u[k, i]


@compiled
def _stages(y: Floats, proton: float, step: float, system: System, w: Workspace) -> None:
    """Compute the six stages; `w.trial` becomes the new state and `w.u[5]` its error estimate."""
    n = y.shape[0]
    for stage in range(6):
        if stage < 5:
            _combine(w, stage, y)
        if stage > 0:
            proton = derivatives(w.trial, proton, system, w.dy, w.rho)
        for i in range(n):
            w.u[stage, i] = w.dy[i] if stage > 0 else w.dy0[i]
        for k in range(stage):
            weight = C[stage, k] / step
            for i in range(n):
                w.u[stage, i] += weight * w.u[k, i]
        _solve_stage(y, 1.0 / (GAMMA * step), system, w, w.u[stage])
        if stage >= 4:
            for i in range(n):
                w.trial[i] += w.u[stage, i]


@compiled
def _attempt(y: Floats, proton: float, step: float, system: System, w: Workspace) -> None:
    """Try one step from `y` with the Jacobian and slopes already in the workspace."""
    for i in range(MODEL):
        for j in range(MODEL):
            w.matrix[i, j] = -w.jacobian[i, j]
        w.matrix[i, i] += 1.0 / (GAMMA * step)
    factorise_sparse(w.matrix)
    _stages(y, proton, step, system, w)


@compiled
def _error(y: Floats, w: Workspace, control: Control) -> float:
    """Return the error of the last attempt in tolerances, root mean square over states and pools."""
    total = 0.0
    n = y.shape[0] - OUTLETS
    for i in range(n):
        scale = control.atol[min(i, MODEL)] + control.rtol * max(abs(y[i]), abs(w.trial[i]))
        total += (w.u[5, i] / scale) ** 2
    mean: float = (total / n) ** 0.5
    return mean


@compiled
def advance(
    y: Floats, start: tuple[float, float], duration: float, system: System, control: Control
) -> tuple[int, float, float]:
    """Carry a full state `y` over `duration` [d] of constant feed, in place.

    `start`: proton concentration [kmol/m3] and first step [d]. Returns how it ended (OK, STEP_LIMIT,
    STEP_TOO_SMALL), and the same two numbers at the end.
    """
    w = _workspace(y.shape[0])
    proton, step = start
    time, fresh = 0.0, True
    for _ in range(control.most_steps):
        if fresh:
            proton = derivatives(y, proton, system, w.dy0, w.rho)
            fill_jacobian(y, proton, system, w.jacobian, w.slopes)
        taken = min(step, duration - time)
        _attempt(y, proton, taken, system, w)
        error = _error(y, w, control)
        fresh = error <= 1.0
        growth = min(6.0, max(0.2, 0.9 * max(error, 1e-10) ** -0.25)) if np.isfinite(error) else 0.1
        # A step cut short by the end of the feed interval says nothing against the longer one planned.
        step = max(step, growth * taken) if fresh and taken < step else growth * taken
        if fresh:
            for i in range(y.shape[0]):
                y[i] = w.trial[i]
            time += taken
            if taken >= duration - (time - taken):
                return OK, protons(y, proton, system.c), step
        if step < SMALLEST_STEP:
            return STEP_TOO_SMALL, proton, step
    return STEP_LIMIT, proton, step


@compiled
def newton_steady(y: Floats, proton: float, system: System, most: int) -> tuple[int, float]:
    """Carry a full state to where nothing changes, in place; return how it ended and the protons [kmol/m3].

    Iterations run until no state moves by more than 1e-13 of itself, or rounding stops the progress.
    """
    w = _workspace(y.shape[0])
    for p in range(system.pool.shape[0]):
        y[MODEL + p] = system.dilution * system.inflow[LIQUID + p] / (system.dilution + system.pool[p, 0])
    previous = np.inf
    for _ in range(most):
        proton = derivatives(y, proton, system, w.dy, w.rho)
        fill_jacobian(y, proton, system, w.jacobian, w.slopes)
        factorise(w.jacobian, w.pivot)
        substitute(w.jacobian, w.pivot, w.dy[:MODEL])
        moved = 0.0
        for i in range(MODEL):
            moved = max(moved, abs(w.dy[i]) / (abs(y[i]) + 1e-15))
            y[i] -= w.dy[i]
        if not np.isfinite(moved):
            return NOT_CONVERGED, proton
        if moved < 1e-13 or (moved < 1e-9 and moved >= 0.5 * previous):
            return OK, protons(y, proton, system.c)
        previous = moved
    return NOT_CONVERGED, proton


@compiled
def follow_holds(
    y: Floats, proton: float, feed: tuple[Floats, Floats, float], system: System, control: Control
) -> tuple[int, Floats, Floats]:
    """Carry a full state through intervals of constant feed, in place.

    `feed`: inflow concentrations, shape (holds, 27 + pools), dilution [1/d], shape (holds,), and the length of
    each hold [d]. Returns how it ended, the state at the end of each hold, shape (holds, n), and the protons
    [kmol/m3], shape (holds,). After a failure the last good state is repeated.
    """
    inflow, dilution, hold = feed
    states, protons_at = np.empty((dilution.shape[0], y.shape[0])), np.empty(dilution.shape[0])
    ended, step = OK, 1e-3
    for k in range(dilution.shape[0]):
        fed = System(system.c, system.nu, system.first, system.column, system.pool, inflow[k], dilution[k])
        if ended == OK:
            ended, proton, step = advance(y, (proton, min(step, LONGEST_RESTART)), hold, fed, control)
        for i in range(y.shape[0]):
            states[k, i] = y[i]
        protons_at[k] = proton
    return ended, states, protons_at
