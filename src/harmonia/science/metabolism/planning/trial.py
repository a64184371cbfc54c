"""A first guess: feed spread evenly within what there is and may be fed, and the days the kernel makes of it."""

from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism import kernel, rodas
from harmonia.science.metabolism.adm1 import control_at
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.planning.limits import WEEK_DAYS
from harmonia.science.metabolism.planning.present import Present
from harmonia.science.metabolism.planning.shape import IDLE_POOLS, POINTS, TAU
from harmonia.science.metabolism.readings import MOLAR_VOLUME
from harmonia.science.metabolism.trace_elements import slow_down

_CONTROL = control_at(1e-4)._replace(most_steps=3_000)


@dataclass(frozen=True)
class Trial:
    """A feed (days, feedstocks) [kg/d] and its trajectory at the collocation points.

    `states` (days, points, n), `ph` (days, points), `gas_m3_d` (days,) [m3 at 0 degC]; `complete`: whether the
    solver came to the end.
    """

    feed_kg_d: Floats
    states: Floats
    ph: Floats
    gas_m3_d: Floats
    complete: bool


@dataclass(frozen=True)
class Room:
    """What a day may take: `solids` (feedstocks,) [kg VS/kg], largest load and rise [kg VS/d], kilograms [kg/d]."""

    solids: Floats
    load: float
    rise: float
    kilograms: float


def even_feed(stock: Floats, arrivals: Floats, is_open: Floats, past: Present, room: Room) -> Floats:
    """Return feed (days, feedstocks) [kg/d] at an even pace, never more than is there or a day may take."""
    pace = (stock + arrivals.sum(axis=0)) / max(is_open.sum(), 1.0)
    loads = list(past.week_kg @ room.solids)
    feed, there = np.zeros_like(arrivals), stock.copy()
    for day in range(len(arrivals)):
        there = there + arrivals[day]
        wish = np.minimum(there, pace) * is_open[day]
        most = min(room.load, float(np.mean(loads[-WEEK_DAYS:])) + room.rise)
        wish *= min(1.0, most / max(wish @ room.solids, 1e-12), room.kilograms / max(wish.sum(), 1e-12))
        feed[day], there = wish, there - wish
        loads.append(float(wish @ room.solids))
    return feed


def follow_points(past: Present, feed_kg_d: Floats, temperature_c: Floats) -> Trial:
    """Return the kernel's states at the collocation points of each day of a feed (days, feedstocks) [kg/d]."""
    digester = past.digester
    y, proton, step = past.state.copy(), past.protons, 1e-3
    y[-kernel.OUTLETS :] = 0.0
    inflow, dilution = digester.inflow(feed_kg_d)
    constants, speed = digester.constants(temperature_c), digester.pool_speed(temperature_c)
    states, ph = np.empty((len(feed_kg_d), POINTS, y.size)), np.empty((len(feed_kg_d), POINTS))
    ended = rodas.OK
    for day in range(len(feed_kg_d)):
        pool = digester.pool.copy()
        pool[:, 0] *= speed[day]
        slow_down(constants[day], float(y[kernel.MODEL + len(digester.codes)]))
        held = digester.system._replace(
            c=constants[day], pool=pool, inflow=inflow[day], dilution=float(dilution[day])
        )
        for k in range(POINTS):
            hold = TAU[k] - (TAU[k - 1] if k else 0.0)
            start = (proton, min(step, rodas.LONGEST_RESTART))
            if ended == rodas.OK:
                ended, proton, step = rodas.advance(y, start, hold, held, _CONTROL)
            states[day, k], ph[day, k] = y, -np.log10(proton)
    return Trial(feed_kg_d, _kept(states), ph, _gas(states), ended == rodas.OK)


def _kept(states: Floats) -> Floats:
    kept: Floats = states[:, :, : states.shape[2] - IDLE_POOLS - kernel.OUTLETS]
    return kept


def _gas(states: Floats) -> Floats:
    left = states[:, -1, -kernel.OUTLETS :] @ kernel.PER_GAS
    gas: Floats = MOLAR_VOLUME * np.diff(left, prepend=0.0)
    return gas
