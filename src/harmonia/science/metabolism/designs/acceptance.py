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
    asked = offered_kg_d @ burden
    room = (most * WINDOW_DAYS).tolist()
    # Plain lists: a year is 365 small steps, in which arrays of two numbers would only cost time.
    fed = [[first] * (WINDOW_DAYS - 1) for first in np.minimum(asked.mean(axis=0), most).tolist()]
    shares = []
    for needs in asked.tolist():
        left = [max(0.0, r - sum(days[1 - WINDOW_DAYS :])) for r, days in zip(room, fed, strict=True)]
        tight = [free / need for free, need in zip(left, needs, strict=True) if need > free]
        shares.append(min([1.0, *tight]))
        for days, need in zip(fed, needs, strict=True):
            days.append(shares[-1] * need)
    taken: Floats = offered_kg_d * np.array(shares)[:, None]
    return taken
