"""What to look for while a digester runs: the first moment a quantity passes a limit, and states between steps.

An event is data, not code, so the solver stays compiled: a quantity, a limit and a direction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from harmonia.science.metabolism.compiled import compiled
from harmonia.science.metabolism.kernel import ACID, Floats, Integers, outlet, protons

PH, ACIDS, GAS_FLOW = -1, -2, -3  # quantities that are no state: [-], [kg COD/m3], [m3/d]


@dataclass(frozen=True)
class Event:
    """A quantity passing a limit: the place of a state, or PH, ACIDS (all four) or GAS_FLOW (of the outlet).

    `rising`: it counts when the quantity is above the limit, otherwise when it is below.
    """

    quantity: int
    limit: float
    rising: bool


class Observer(NamedTuple):
    """What the solver looks for and what it saw.

    Events (events,): `quantity`, `limit`, `sign` (1 rising, -1 falling), and `since` [d], NaN until it happens.
    Samples: `times` [d] in rising order, `states` (times, n), `taken` (1,) how many have been filled.
    """

    quantity: Integers
    limit: Floats
    sign: Floats
    since: Floats
    times: Floats
    states: Floats
    taken: Integers


def observer_of(events: Sequence[Event], times: Floats, size: int) -> Observer:
    """Return an observer of some events and of states of `size` at some times [d since the start].

    Raises:
        ValueError: the times do not rise.
    """
    if (np.diff(times) <= 0).any():
        raise ValueError("The times of samples must rise.")
    return Observer(
        np.array([event.quantity for event in events], np.int64),
        np.array([event.limit for event in events], np.float64),
        np.array([1.0 if event.rising else -1.0 for event in events], np.float64),
        np.full(len(events), np.nan),
        np.array(times, np.float64),
        np.full((len(times), size), np.nan),
        np.zeros(1, np.int64),
    )


@compiled
def nobody(size: int) -> Observer:
    """Return an observer that looks for nothing."""
    none = np.empty(0)
    return Observer(
        np.empty(0, np.int64), none, none, none, none, np.empty((0, size)), np.zeros(1, np.int64)
    )  # fmt: skip


@compiled
def excess(y: Floats, proton: float, c: Floats, observer: Observer, event: int) -> float:
    """Return by how much an event's limit is passed at a state; more than zero means that it happens."""
    quantity = observer.quantity[event]
    if quantity == PH:
        value = -np.log10(protons(y, proton, c))
    elif quantity == ACIDS:
        value = y[ACID[0]] + y[ACID[1]] + y[ACID[2]] + y[ACID[3]]
    elif quantity == GAS_FLOW:
        value = outlet(y, c)
    else:
        value = y[quantity]
    passed: float = observer.sign[event] * (value - observer.limit[event])
    return passed
