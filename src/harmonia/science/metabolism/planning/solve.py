"""Hand a filled programme to ipopt and read its answer."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.planning import numbers
from harmonia.science.metabolism.planning.programme import ROWS, Programme, programme
from harmonia.science.metabolism.planning.shape import Shape, places

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
        stats["return_status"] in _SOLVED,
        int(stats["iter_count"]),
    )


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
