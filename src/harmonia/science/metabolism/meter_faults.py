"""What a gas meter shows when it is not measuring: jumps and numbers that stand still, judged by the past only."""

import math
from collections.abc import Iterator

import numpy as np

from harmonia.science.metabolism.kernel import Floats

JUMP_FACTOR = 5.0
JUMP_WINDOW = 7
STUCK_DAYS = 3


def jumps(gas: Floats) -> Iterator[tuple[int, str]]:
    """Yield place and reason of readings (days,) more than a factor 5 from the week before.

    Two jumps in a row are believed: then it is the plant that changed, not the meter.
    """
    kept: list[float] = []
    doubted = False
    for place in np.flatnonzero(np.isfinite(gas)).tolist():
        value = float(gas[place])
        usual = float(np.median(kept[-JUMP_WINDOW:])) if len(kept) >= JUMP_WINDOW else value
        jump = value > JUMP_FACTOR * usual or value * JUMP_FACTOR < usual
        if jump and not doubted:
            yield (
                place,
                f"more than a factor {JUMP_FACTOR:g} from the median of the {JUMP_WINDOW} readings before",
            )
        else:
            kept = [value] if jump else [*kept[-JUMP_WINDOW:], value]
        doubted = jump and not doubted


def standstills(gas: Floats) -> Iterator[tuple[int, str]]:
    """Yield place and reason of readings (days,) equal to both before them: a meter that stands still.

    The first two are kept, because on their day nothing gave them away.
    """
    before: list[float] = []
    for place in np.flatnonzero(np.isfinite(gas)).tolist():
        value = float(gas[place])
        before = [*before, value][-STUCK_DAYS:]
        if len(before) == STUCK_DAYS and all(math.isclose(value, other, rel_tol=1e-9) for other in before):
            yield place, f"the same number for {STUCK_DAYS} readings or more: the meter stands still"
