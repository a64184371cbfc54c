"""One day of the plan as a function: the model at the collocation points, and what the day brings.

Orthogonal collocation on two Radau points: Biegler (2010), Nonlinear Programming, chapter 10,
doi:10.1137/1.9780898719383. Feed is constant over the day, as in `Digester.run`.
"""

from functools import cache
from typing import Any

import casadi
import numpy as np

from harmonia.science.metabolism import kernel, readings
from harmonia.science.metabolism.planning import symbolic
from harmonia.science.metabolism.planning.shape import POINTS, TAU, given_sizes, numbers_size, state_count

RESULTS = ("model", "gas", "methane", "acids", "titrated", "alkalinity", "free_ammonia", "ammonium")
_CHARGE_ROW = 10.0  # [m3/kmol] brings the charge balance to the size of the other rows


@cache
def day_function(feedstocks: int) -> Any:
    """Return the function (state before, states inside, pH inside, feed, numbers, given) -> `RESULTS`.

    States in units of `scale`, feed of `unit_kg`, gas of `unit_gas`; acids, alkalinity and nitrogen [kg/m3] at the
    end of the day. The rows of "model" are zero where the day follows the model.
    """
    states = state_count(feedstocks)
    before, inside = casadi.SX.sym("before", states), casadi.SX.sym("inside", states * POINTS)
    ph, feed = casadi.SX.sym("ph", POINTS), casadi.SX.sym("feed", feedstocks)
    given = {name: casadi.SX.sym(name, size) for name, size in given_sizes(feedstocks).items()}
    numbers = casadi.SX.sym("numbers", numbers_size(feedstocks))
    columns = casadi.reshape(inside, states, POINTS)
    rows, kmol, bench = _points(before, columns, ph, given["unit_kg"] * feed, {"numbers": numbers} | given)
    volume = readings.MOLAR_VOLUME * kmol / given["unit_gas"]
    results = [casadi.vertcat(*rows), casadi.sum1(volume), volume[1], *bench]
    fixed = casadi.vertcat(*given.values())
    return casadi.Function("day", [before, inside, ph, feed, numbers, fixed], results)


def _points(before: Any, inside: Any, ph: Any, feed_kg: Any, given: Any) -> tuple[list[Any], Any, list[Any]]:
    """Return the rows of all points, the gas of the day [kmol], and the bench readings at its end."""
    states = inside.shape[0]
    model = _model(feed_kg.numel())
    inflow = casadi.reshape(given["feeds"], states, feed_kg.numel()) @ feed_kg
    dilution = given["water"] * casadi.sum1(feed_kg)
    slopes, _, weights = (np.array(part) for part in casadi.collocation_coeff(list(TAU)))
    path = casadi.horzcat(before, inside)
    level = before[states - 1] * given["scale"][states - 1]  # of trace elements, told at the start of a day
    rows, kmol, bench = [], casadi.SX.zeros(kernel.OUTLETS), []
    for k in range(POINTS):
        y = inside[:, k] * given["scale"]
        slope, charge, outflow, *bench = model(y, level, ph[k], inflow, dilution, given["numbers"])
        rows += [path @ slopes[:, k] - slope / given["scale"], _CHARGE_ROW * charge]
        kmol += weights.ravel()[k] * outflow * kernel.PER_GAS
    return rows, kmol, bench


def _model(feedstocks: int) -> Any:
    r = symbolic.rates(feedstocks)
    unknowns = [r.y, r.level, r.ph, r.inflow, r.dilution, r.numbers]
    bench = [r.acids, r.titrated, r.alkalinity, r.free_ammonia, r.ammonium]
    return casadi.Function("model", unknowns, [r.slope, r.charge, r.outflow, *bench])
