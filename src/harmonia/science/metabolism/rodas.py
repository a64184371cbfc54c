"""Rodas5P: an adaptive, L-stable Rosenbrock method of order 5(4), compiled, and a Newton for steady states.

Source of the coefficients and of the dense output: Steinebach (2023), BIT Numerical Mathematics 63:27,
doi:10.1007/s10543-023-00967-x, in the form without products of the Jacobian of Hairer & Wanner (1996), section
IV.7, doi:10.1007/978-3-642-05221-7. Step sizes: Gustafsson (1994), doi:10.1145/198429.198437.
"""

from typing import NamedTuple

import numpy as np

from harmonia.science.metabolism.compiled import compiled
from harmonia.science.metabolism.factors import (
    PACKED,
    factorise,
    factorise_packed,
    pack_shifted,
    substitute,
    substitute_packed,
)
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
from harmonia.science.metabolism.observing import Observer, excess, nobody

GAMMA = 0.21193756319429014
A = np.array([
    [0.0, 0.0, 0.0, 0.0, 0.0],
    [3.0, 0.0, 0.0, 0.0, 0.0],
    [2.849394379747939, 0.45842242204463923, 0.0, 0.0, 0.0],
    [-6.954028509809101, 2.489845061869568, -10.358996098473584, 0.0, 0.0],
    [2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641, 0.0],
    [-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946],
])  # fmt: skip
C = np.array([
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [-14.155112264123755, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [-17.97296035885952, -2.859693295451294, 0.0, 0.0, 0.0, 0.0, 0.0],
    [147.12150275711716, -1.41221402718213, 71.68940251302358, 0.0, 0.0, 0.0, 0.0],
    [165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306, 0.0, 0.0, 0.0],
    [24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471, 0.0, 0.0],
    [30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783, -19.097331116725623,
     -28.087943162872662, 0.0],
    [37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047, -40.06618937091002,
     -54.66780262877968, -9.48861652309627],
])  # fmt: skip
DENSE = np.array([
    [25.948786856663858, -2.5579724845846235, 10.433815404888879, -2.3679251022685204, 0.524948541321073,
     1.1241088310450404, 0.4272876194431874, -0.17202221070155493],
    [-9.91568850695171, -0.9689944594115154, 3.0438037242978453, -24.495224566215796, 20.176138334709044,
     15.98066361424651, -6.789040303419874, -6.710236069923372],
    [11.419903575922262, 2.8879645146136994, 72.92137995996029, 80.12511834622643, -52.072871366152654,
     -59.78993625266729, -0.15582684282751913, 4.883087185713722],
])  # fmt: skip
STAGES, COMBINED = 8, 6  # stages; those whose state is a combination of their own, the last two only add
ERROR_EXPONENT = -0.2
OK, STEP_LIMIT, STEP_TOO_SMALL, NOT_CONVERGED = 0, 1, 2, 3
SMALLEST_STEP = 1e-12  # [d]
LONGEST_RESTART = 0.02  # [d] a new feed starts a fast transient, so no longer step is tried first
HOPELESS = 20.0  # an error this large comes from a layer far thinner than the step
_HALVINGS = 40  # places an event within a step to a millionth of a millionth


class Workspace(NamedTuple):
    """Scratch of one integration: a packed and a full matrix (30, 30), stages (8, n), states (n,), rates (24,).

    `leaving` (3, 3) holds how the outflow of each gas changes with the content of each, `dense` (3, n) the
    polynomial between the ends of a step.
    """

    packed: Floats
    jacobian: Floats
    pivot: Integers
    slopes: Floats
    u: Floats
    trial: Floats
    dy: Floats
    dy0: Floats
    rho: Floats
    leaving: Floats
    dense: Floats


class Control(NamedTuple):
    """How exact: relative tolerance, absolute tolerance of 30 states and of pools (31,), most steps."""

    rtol: float
    atol: Floats
    most_steps: int


@compiled
def workspace(n: int) -> Workspace:
    """Return scratch for a full state of n numbers."""
    return Workspace(
        np.empty(PACKED), np.empty((MODEL, MODEL)), np.empty(MODEL, np.int64), np.empty((3, MODEL)),
        np.empty((STAGES, n)), np.empty(n), np.empty(n), np.empty(n), np.empty(PROCESSES + OUTLETS),
        np.empty((OUTLETS, OUTLETS)), np.empty((3, n)),
    )  # fmt: skip


@compiled
def _solve_stage(per_step: float, system: System, w: Workspace, u: Floats) -> None:
    """Solve one stage: pools feed the model, the model feeds the integrals, so only 30 rows are coupled."""
    pool = system.pool
    for p in range(pool.shape[0]):
        u[MODEL + p] /= per_step + system.dilution + pool[p, 0]
        for i in range(4):
            u[SPLIT[i]] += pool[p, 0] * pool[p, 1 + i] * u[MODEL + p]
    substitute_packed(w.packed, u)
    integrals = u.shape[0] - OUTLETS
    for i in range(OUTLETS):
        for k in range(OUTLETS):
            u[integrals + i] += w.leaving[i, k] * u[GAS_H2 + k]
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
    """Compute the stages; `w.trial` becomes the new state and `w.u[-1]` its error estimate."""
    n = y.shape[0]
    for stage in range(STAGES):
        if stage < COMBINED:
            _combine(w, stage, y)
        if stage > 0:
            proton = derivatives(w.trial, proton, system, w.dy, w.rho)
        for i in range(n):
            w.u[stage, i] = w.dy[i] if stage > 0 else w.dy0[i]
        for k in range(stage):
            weight = C[stage, k] / step
            for i in range(n):
                w.u[stage, i] += weight * w.u[k, i]
        _solve_stage(1.0 / (GAMMA * step), system, w, w.u[stage])
        if stage >= COMBINED - 1:
            for i in range(n):
                w.trial[i] += w.u[stage, i]


@compiled
def _attempt(y: Floats, proton: float, step: float, system: System, w: Workspace) -> None:
    """Try one step from `y` with the Jacobian and slopes already in the workspace."""
    pack_shifted(w.jacobian, 1.0 / (GAMMA * step), w.packed)
    factorise_packed(w.packed)
    for i in range(OUTLETS):
        for k in range(OUTLETS):
            w.leaving[i, k] = outlet_slope(y, system.c, i, k)
    _stages(y, proton, step, system, w)


@compiled
def _error(y: Floats, w: Workspace, control: Control) -> float:
    """Return the error of the last attempt in tolerances, root mean square over states and pools."""
    total = 0.0
    n = y.shape[0] - OUTLETS
    for i in range(n):
        scale = control.atol[min(i, MODEL)] + control.rtol * max(abs(y[i]), abs(w.trial[i]))
        total += (w.u[STAGES - 1, i] / scale) ** 2
    mean: float = (total / n) ** 0.5
    return mean


@compiled
def _growth(error: float, before: float, lengthened: float) -> float:
    """Return by which factor the next step may be longer, from this error and the one before.

    `lengthened`: this step over the one before; a negative `before` means that there was none. Errors that
    keep falling as steps grow let them grow faster.
    """
    if not error < HOPELESS:
        return 0.1
    small = max(error, 1e-10)
    plain = 0.9 * small**ERROR_EXPONENT
    if error <= 1.0 and before > 0.0:
        foreseen = plain * lengthened * (small / before) ** ERROR_EXPONENT
        plain = min(1.3 * plain, max(0.5 * plain, foreseen))
    growth: float = min(6.0, max(0.2, plain))
    return growth


@compiled
def _interpolate(y: Floats, w: Workspace, share: float, between: Floats) -> None:
    """Set `between` to the state after a share [0 to 1] of the step from `y` to `w.trial`; order 4."""
    rest = 1.0 - share
    for i in range(y.shape[0]):
        bend = w.dense[0, i] + share * (w.dense[1, i] + share * w.dense[2, i])
        between[i] = rest * y[i] + share * (w.trial[i] + rest * bend)


@compiled
def _fill_dense(w: Workspace) -> None:
    for row in range(3):
        for i in range(w.trial.shape[0]):
            w.dense[row, i] = 0.0
            for stage in range(STAGES):
                w.dense[row, i] += DENSE[row, stage] * w.u[stage, i]


@compiled
def _moment(y: Floats, proton: float, c: Floats, w: Workspace, observer: Observer, event: int) -> float:
    """Return after which share of the last step an event that its end shows had happened."""
    early, late = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (early + late)
        _interpolate(y, w, middle, w.dy)
        if excess(w.dy, proton, c, observer, event) > 0.0:
            late = middle
        else:
            early = middle
    return late


@compiled
def _observe(
    y: Floats, proton: float, c: Floats, w: Workspace, observer: Observer, time: float, taken: float
) -> None:
    """Note what happened in the step from `y` at `time` [d] to `w.trial`."""
    polynomial = False
    for event in range(observer.quantity.shape[0]):
        if np.isnan(observer.since[event]) and excess(w.trial, proton, c, observer, event) > 0.0:
            if not polynomial:
                _fill_dense(w)
                polynomial = True
            observer.since[event] = time + taken * _moment(y, proton, c, w, observer, event)
    place = observer.taken[0]
    while place < observer.times.shape[0] and observer.times[place] <= time + taken:
        if not polynomial:
            _fill_dense(w)
            polynomial = True
        _interpolate(y, w, (observer.times[place] - time) / taken, observer.states[place])
        place += 1
    observer.taken[0] = place


@compiled
def march(
    y: Floats,
    start: tuple[float, float, float],
    duration: float,
    system: System,
    control: Control,
    observer: Observer,
    w: Workspace,
) -> tuple[int, float, float]:
    """Carry a full state as `advance` does, with an observer, a clock and scratch of the caller.

    `start`: proton concentration [kmol/m3], first step [d], and what the observer's clock shows [d].
    """
    proton, step, clock = start
    time, fresh, before, last = 0.0, True, -1.0, 1.0
    for _ in range(control.most_steps):
        if fresh:
            proton = derivatives(y, proton, system, w.dy0, w.rho)
            fill_jacobian(y, proton, system, w.jacobian, w.slopes)
        taken = min(step, duration - time)
        _attempt(y, proton, taken, system, w)
        error = _error(y, w, control)
        fresh = error <= 1.0
        growth = _growth(error, before, taken / last)
        # A step cut short by the end of the feed interval says nothing against the longer one planned.
        step = max(step, growth * taken) if fresh and taken < step else growth * taken
        if fresh:
            before, last = max(error, 0.01), taken
            _observe(y, proton, system.c, w, observer, clock + time, taken)
            for i in range(y.shape[0]):
                y[i] = w.trial[i]
            time += taken
            if taken >= duration - (time - taken):
                return OK, protons(y, proton, system.c), step
        if step < SMALLEST_STEP:
            return STEP_TOO_SMALL, proton, step
    return STEP_LIMIT, proton, step


@compiled
def advance(
    y: Floats, start: tuple[float, float], duration: float, system: System, control: Control
) -> tuple[int, float, float]:
    """Carry a full state `y` over `duration` [d] of constant feed, in place.

    `start`: proton concentration [kmol/m3] and first step [d]. Returns how it ended (OK, STEP_LIMIT,
    STEP_TOO_SMALL), and the same two numbers at the end.
    """
    n = y.shape[0]
    return march(y, (start[0], start[1], 0.0), duration, system, control, nobody(n), workspace(n))


@compiled
def advance_observed(
    y: Floats, proton: float, duration: float, system: System, control: Control, observer: Observer
) -> tuple[int, float]:
    """Carry a full state as `advance` does, and fill what an observer looks for; its clock starts at zero."""
    w = workspace(y.shape[0])
    ended, proton, _ = march(y, (proton, 1e-3, 0.0), duration, system, control, observer, w)
    return ended, proton


@compiled
def newton_steady(y: Floats, proton: float, system: System, most: int) -> tuple[int, float]:
    """Carry a full state to where nothing changes, in place; return how it ended and the protons [kmol/m3].

    Iterations run until no state moves by more than 1e-13 of itself, or rounding stops the progress.
    """
    w = workspace(y.shape[0])
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
    w, observer = workspace(y.shape[0]), nobody(y.shape[0])
    for k in range(dilution.shape[0]):
        fed = System(system.c, system.nu, system.first, system.column, system.pool, inflow[k], dilution[k])
        if ended == OK:
            start = (proton, min(step, LONGEST_RESTART), k * hold)
            ended, proton, step = march(y, start, hold, fed, control, observer, w)
        for i in range(y.shape[0]):
            states[k, i] = y[i]
        protons_at[k] = proton
    return ended, states, protons_at
