"""The plan as a nonlinear programme of which plant, state, supply and limits are parameters.

Solver: ipopt, Waechter & Biegler (2006), doi:10.1007/s10107-004-0559-y, through CasADi, Andersson et al. (2019),
doi:10.1007/s12532-018-0139-4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import casadi

from harmonia.science.metabolism.following import QUIET_SHARE
from harmonia.science.metabolism.planning.day import RESULTS, day_function
from harmonia.science.metabolism.planning.limits import CODES, OF_STATE, WEEK_DAYS
from harmonia.science.metabolism.planning.shape import (
    POINTS,
    Shape,
    given_sizes,
    numbers_size,
    places,
    state_count,
)

_IPOPT = {
    "print_level": 0,
    "sb": "yes",
    "tol": 1e-5,
    "acceptable_tol": 1e-4,
    "acceptable_iter": 8,
    "mu_init": 1e-2,
    "max_iter": 150,
    # Rows and columns have their size already; a second scaling by the linear solver doubles its time.
    "mumps_permuting_scaling": 0,
    "mumps_scaling": 0,
}
ROWS = (*CODES[:-2], "gas_store", "gas_store", "gas_use")
"""The limit of each block of rows below zero, in order: the store must hold the quiet hours, and what is kept."""


@dataclass(frozen=True)
class Programme:
    """A built programme: `solve` is CasADi's function.

    The first `equal` constraints are zero, the others at most: `below` of each limit in `ROWS`.
    """

    shape: Shape
    solve: Any
    equal: int
    below: tuple[int, ...]


@lru_cache(maxsize=8)
def programme(shape: Shape) -> Programme:
    """Return the programme of a shape, built on first use (about a second) and kept."""
    given = {name: casadi.MX.sym(name, size) for name, size in shape.parameters.items()}
    days = casadi.MX.sym("days", sum(shape.day_blocks.values()), shape.days)
    tail = casadi.MX.sym("tail", sum(shape.tail_blocks.values()))
    free = {name: days[place, :] for name, place in places(shape.day_blocks).items()}
    free |= {name: tail[place] for name, place in places(shape.tail_blocks).items()}
    found = _days(shape, given, free)
    equal = casadi.vertcat(casadi.vec(found["model"]), *_stores(shape, given, free, found))
    limits = [casadi.vec(row) for row in _limits(given, free, found)]
    below = casadi.vertcat(*limits)
    problem = {
        "x": casadi.vertcat(casadi.vec(days), tail),
        "f": _cost(given, free, found),
        "g": casadi.vertcat(equal, below),
        "p": casadi.vertcat(*given.values()),
    }
    options: Any = {"ipopt": _IPOPT, "print_time": False, "expand": True}
    solver = casadi.nlpsol("plan", "ipopt", problem, options)
    return Programme(shape, solver, int(equal.numel()), tuple(int(row.numel()) for row in limits))


def _days(shape: Shape, given: Mapping[str, Any], free: Mapping[str, Any]) -> dict[str, Any]:
    """Return the results of all days, one column a day, and the states at the ends of the days."""
    n = state_count(shape.feedstocks)
    ends = free["state"][(POINTS - 1) * n :, :]
    before = casadi.horzcat(given["start"], ends[:, :-1])
    fixed = casadi.vertcat(*(given[name] for name in given_sizes(shape.feedstocks)))
    day = day_function(shape.feedstocks).map(shape.days)
    numbers = casadi.reshape(given["numbers"], numbers_size(shape.feedstocks), shape.days)
    found = day(before, free["state"], free["ph"], free["feed"], numbers, casadi.repmat(fixed, 1, shape.days))
    return dict(zip(RESULTS, found, strict=True)) | {"last": ends[:, -1]}


def _stores(shape: Shape, given: Any, free: Any, found: Any) -> list[Any]:
    """Return rows that are zero when what waits and the gas in store follow from the day before."""
    arrivals = casadi.reshape(given["arrivals"], shape.feedstocks, shape.days)
    waited = casadi.horzcat(given["stock"], free["waiting"][:, :-1])
    waiting = free["waiting"] - waited - arrivals + free["feed"] + free["away"]
    stored_before = casadi.horzcat(given["stored_before"], free["stored"][:, :-1])
    gas = free["stored"] - stored_before - found["gas"] + free["used"]
    return [casadi.vec(waiting), casadi.vec(gas)]


def _limits(given: Any, free: Any, found: Any) -> list[Any]:
    """Return rows that are at most zero where the limits hold, each in units of its limit.

    A relaxed limit is `1 + relax` times itself; one of the plant's state is overstepped by `over` besides.
    """
    limit = dict(zip(CODES, casadi.vertsplit(given["limits"]), strict=True))
    room = dict(zip(CODES, casadi.vertsplit(1 + free["relax"]), strict=True))
    over = dict(zip(OF_STATE, casadi.vertsplit(free["over"]), strict=True))
    feed = free["feed"]
    load, kilograms = given["solids"].T @ feed, casadi.sum1(feed)
    state = {code: room[code] + over[code] for code in OF_STATE}
    buffer = limit["acid_ratio"] * found["alkalinity"]
    return [
        load / limit["loading"] - room["loading"],
        (load - _week_before(given["loads_before"], load)) / limit["rise"] - room["rise"],
        _weeks(given["feed_before"], kilograms) / limit["throughput"] - room["throughput"],
        ((given["solids"] * feed) - (given["share"] * room["share"]) @ load) / limit["loading"],
        found["titrated"] / buffer - state["acid_ratio"],
        found["acids"] / limit["acids"] - state["acids"],
        found["free_ammonia"] / limit["free_ammonia"] - state["free_ammonia"],
        found["ammonium"] / limit["ammonium"] - state["ammonium"],
        QUIET_SHARE * found["gas"] / limit["gas_store"] - state["gas_store"],
        free["stored"] / limit["gas_store"] - state["gas_store"],
        free["used"] / limit["gas_use"] - state["gas_use"],
    ]


def _week_before(past: Any, daily: Any) -> Any:
    """Return for each day the mean of the seven days before it."""
    series = casadi.horzcat(past.T, daily)
    days = daily.shape[1]
    return sum(series[:, k : k + days] for k in range(WEEK_DAYS)) / WEEK_DAYS


def _weeks(past: Any, daily: Any) -> Any:
    """Return for each day the mean of the seven days that end with it."""
    series = casadi.horzcat(past.T, daily)
    days = daily.shape[1]
    return sum(series[:, k + 1 : k + 1 + days] for k in range(WEEK_DAYS)) / WEEK_DAYS


def _cost(given: Any, free: Any, found: Any) -> Any:
    """Return what the plan makes small: less methane, waiting, what goes elsewhere, an uneven pace, broken limits."""
    methane = casadi.sum2(found["methane"]) + casadi.dot(given["credit"], found["last"])
    kept = casadi.dot(given["kept_worth"], free["waiting"][:, -1])
    on_open_days = casadi.repmat(given["open"].T, given["solids"].numel(), 1)
    uneven = given["solids"] * (free["feed"] - free["pace"]) * on_open_days
    return (
        -given["gain"] * (methane + kept)
        + given["waiting_cost"] * casadi.sum1(casadi.sum2(free["waiting"]))
        + given["away_cost"] * casadi.sum1(casadi.sum2(free["away"]))
        + given["pace_cost"] * casadi.sumsqr(uneven)
        + given["over_cost"] * casadi.sum1(casadi.sum2(free["over"]))
        + casadi.dot(given["relax_cost"], free["relax"])
    )
