"""How much of what is brought a plant can take: never above its loading, never below its retention."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
WINDOW_DAYS = 7


def accepted(offered_kg_d: Floats, burden: Floats, most: Floats) -> Floats:
    """Return what is accepted of an offer (days, codes) [kg/d]; the rest is turned away on that day.

    `burden` (codes, limits): what a kg asks of each limit; `most` (limits,) the most that the mean of the
    last seven days may ask. All feedstocks of a day are turned away by the same share. The days before the
    first count as fed at the mean of what is accepted in a long run.
    """
    room = most * WINDOW_DAYS
    asked = offered_kg_d @ burden
    share = np.ones(len(offered_kg_d))
    past = np.tile(np.minimum(asked.mean(axis=0), most), (WINDOW_DAYS - 1, 1))
    history = np.concatenate([past, np.zeros_like(asked)])
    for day in range(len(asked)):
        left = np.maximum(0.0, room - history[day : day + WINDOW_DAYS - 1].sum(axis=0))
        needs = asked[day]
        tight = needs > left
        if tight.any():
            share[day] = float((left[tight] / needs[tight]).min())
        history[day + WINDOW_DAYS - 1] = share[day] * needs
    return offered_kg_d * share[:, None]
