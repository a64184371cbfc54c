"""The ground between stories: goose eye, tone on tone, its weft dyed with the season.

Nobody's story lies there, yet time passes: the weft turns through the colours of a year, so that even
a quiet cloth shows when it was woven.
"""

import numpy as np

from harmonia.science.weaving.draft import Bools
from harmonia.science.weaving.palette import Colour
from harmonia.science.weaving.patch import liftplan
from harmonia.science.weaving.structures import STRUCTURES

YEAR = 365.2425  # [days]
BARE_WEFT: Colour = (117, 99, 81)  # undyed, for darning in tabby where a story was
REPEAT = 16  # [ends] and [picks]
# From the beginning of the year on: night blue, moss, leaf, gold, rust, plum, and back.
SEASONS: tuple[Colour, ...] = (
    (59, 76, 102),
    (57, 84, 99),
    (55, 91, 89),
    (69, 96, 74),
    (87, 102, 62),
    (111, 106, 59),
    (126, 99, 55),
    (131, 87, 52),
    (126, 74, 55),
    (108, 64, 67),
    (87, 64, 87),
    (69, 69, 99),
)


def season(day: int) -> int:
    """Return which of SEASONS a day lies in; days are counted from the beginning of some year."""
    return int(day % YEAR / YEAR * len(SEASONS)) % len(SEASONS)


def ground(picks: int, ends: int) -> Bools:
    """Return (picks, ends) of the ground weave, its repeat beginning at the cloth's first pick and end."""
    eye = STRUCTURES["goose eye"]
    shafts = np.array(eye.threading)[np.arange(ends) % REPEAT] - 1
    return np.asarray(liftplan(eye, eye.treadlings()[0], REPEAT)[np.arange(picks) % REPEAT][:, shafts])


def tabby(picks: int, ends: int) -> Bools:
    """Return (picks, ends) of plain weave, the first end raised by the first pick."""
    return np.asarray((np.arange(picks) % 2 == 1)[:, None] ^ (np.arange(ends) % 2 == 0))
