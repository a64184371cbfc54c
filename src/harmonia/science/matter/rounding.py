"""Whole grams that still sum to the whole: the method of largest remainders."""

from collections.abc import Mapping
from math import floor


def largest_remainder(shares: Mapping[int, float], total: int) -> dict[int, int]:
    """Return whole grams [g] that sum to `total`, each within a gram of its share; zeros are left out.

    Raises
    ------
    ValueError
        The shares do not sum to the total within half a gram per share: a bug, never a rounding.
    """
    floors = {place: floor(value) for place, value in shares.items()}
    missing = total - sum(floors.values())
    # Float error may leave a sum one unit beyond what remainders can mend; the largest share takes it.
    if not -1 <= missing <= len(shares) + 1:
        raise ValueError(f"The shares sum to {sum(shares.values())} instead of {total} g.")
    by_remainder = sorted(shares, key=lambda place: (floors[place] - shares[place], place))
    for place in by_remainder[: max(missing, 0)]:
        floors[place] += 1
    rest = total - sum(floors.values())
    if rest:
        floors[max(shares, key=lambda place: shares[place])] += rest
    return {place: grams for place, grams in sorted(floors.items()) if grams}
