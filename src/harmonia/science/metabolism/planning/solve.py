"""Hand a filled programme to ipopt and read its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.planning import numbers
from harmonia.science.metabolism.planning.programme import ROWS, Programme, programme
from harmonia.science.metabolism.planning.shape import Shape, places

_HOLDS, _NEARLY_FLAT = 1e-6, 0.05
_SOLVED = ("Solve_Succeeded", "Solved_To_Acceptable_Level")


@dataclass(frozen=True)
class Solution:
    """Unknowns by block, (block, days) and (block,); `pressure`: how hard each limit holds the plan [-].

    `solved`: whether ipopt found them, in `iterations`.
    """

    blocks: Mapping[str, Floats]
    pressure: Mapping[str, float]
    solved: bool
    iterations: int


def solve(
    shape: Shape,
    parameters: Mapping[str, Floats],
    bounds: Mapping[str, tuple[Floats, Floats]],
    start: Mapping[str, Floats],
) -> Solution:
    """Return the solution of a filled programme."""
    built = programme(shape)
    low = numbers.join(shape, {name: pair[0] for name, pair in bounds.items()})
    high = numbers.join(shape, {name: pair[1] for name, pair in bounds.items()})
    zero = np.zeros(built.equal)
    found = built.solve(
        x0=numbers.join(shape, start),
        lbx=low,
        ubx=high,
        p=np.concatenate([parameters[name] for name in shape.parameters]),
        lbg=np.concatenate([zero, np.full(sum(built.below), -np.inf)]),
        ubg=np.concatenate([zero, np.zeros(sum(built.below))]),
    )
    stats = built.solve.stats()
    return Solution(
        _blocks(shape, np.array(found["x"]).ravel()),
        _pressure(built, np.array(found["lam_g"]).ravel()[built.equal :]),
        _is_solved(stats),
        int(stats["iter_count"]),
    )


def _is_solved(stats: Mapping[str, Any]) -> bool:
    """Return whether ipopt found a solution, or stands on a kink of the model that it cannot descend any further.

    Trace elements have a kink where there is just enough of them: feeds such as manure end exactly there.
    """
    if stats["return_status"] in _SOLVED:
        return True
    history = stats["iterations"]
    on_a_kink = stats["return_status"] == "Search_Direction_Becomes_Too_Small"
    return bool(on_a_kink and history["inf_pr"][-1] < _HOLDS and history["inf_du"][-1] < _NEARLY_FLAT)


def _pressure(built: Programme, multipliers: Floats) -> dict[str, float]:
    ends = np.cumsum(built.below)[:-1]
    parts = np.split(multipliers, ends)
    total = dict.fromkeys(ROWS, 0.0)
    for code, part in zip(ROWS, parts, strict=True):
        total[code] += float(part.sum())
    return total


def _blocks(shape: Shape, x: Floats) -> dict[str, Floats]:
    of_days = shape.days * sum(shape.day_blocks.values())
    days = x[:of_days].reshape(shape.days, -1).T
    blocks = {name: days[place] for name, place in places(shape.day_blocks).items()}
    return blocks | {name: x[of_days:][place] for name, place in places(shape.tail_blocks).items()}
