"""The designs that no other beats everywhere at once."""

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism.designs.option import DesignError


def undominated(values: NDArray[np.float64], directions: NDArray[np.float64]) -> tuple[int, ...]:
    """Return the places of the designs that no other dominates, in order.

    `values` (designs, criteria); `directions` (criteria,): +1 where more is better, -1 where less is. One
    design dominates another when it is at least as good in every criterion and better in one; so equal
    designs are all kept. Exact comparison, no tolerance.

    Raises:
        DesignError: a value is no number, which nothing could be compared with.
    """
    if not np.isfinite(values).all():
        raise DesignError("A design without a number for every criterion cannot be compared.")
    better = values * directions
    return tuple(place for place in range(len(better)) if not _is_dominated(better[place], better))


def _is_dominated(one: NDArray[np.float64], others: NDArray[np.float64]) -> bool:
    return bool(np.any((others >= one).all(axis=1) & (others > one).any(axis=1)))
