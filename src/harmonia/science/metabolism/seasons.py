"""Carry a digester through days that differ in feed, temperature and trace elements, compiled."""

import numpy as np

from harmonia.science.metabolism.compiled import compiled
from harmonia.science.metabolism.kernel import MODEL, Floats, System
from harmonia.science.metabolism.rodas import LONGEST_RESTART, OK, Control, advance
from harmonia.science.metabolism.trace_elements import slow_down


@compiled
def follow_seasons(
    y: Floats,
    proton: float,
    feed: tuple[Floats, Floats, float],
    climate: tuple[Floats, Floats],
    system: System,
    control: Control,
) -> tuple[int, Floats, Floats]:
    """Carry a full state through intervals of constant feed and temperature, in place.

    `feed` as for `rodas.follow_holds`; `climate`: constants of each hold, shape (holds, 72), slowed here by the
    lack of trace elements at its start, and the speed of disintegration relative to that of `system`, shape
    (holds,). Trace elements are the last pool but two. Returns how it ended, the states and protons
    [kmol/m3] at the end of each hold; after a failure the last good state is repeated.
    """
    inflow, dilution, hold = feed
    constants, speed = climate
    states, protons_at = np.empty((dilution.shape[0], y.shape[0])), np.empty(dilution.shape[0])
    pool = system.pool.copy()
    ended, step = OK, 1e-3
    for k in range(dilution.shape[0]):
        for p in range(pool.shape[0]):
            pool[p, 0] = system.pool[p, 0] * speed[k]
        slow_down(constants[k], y[MODEL + pool.shape[0] - 3])
        held = System(constants[k], system.nu, system.first, system.column, pool, inflow[k], dilution[k])
        if ended == OK:
            ended, proton, step = advance(y, (proton, min(step, LONGEST_RESTART)), hold, held, control)
        for i in range(y.shape[0]):
            states[k, i] = y[i]
        protons_at[k] = proton
    return ended, states, protons_at
