"""The float count, compiled once a process and kept on disk where that is allowed. Importing it loads numba."""

from typing import Any

import numba
from numba.extending import register_jitable

from harmonia.science.choice import float_count

for _part in ("opened", "open_doors", "cheapest", "near", "untied", "refresh", "repriced", "pay"):
    register_jitable(getattr(float_count, _part))


def _compiled() -> Any:
    try:
        return numba.njit(cache=True)(float_count.count)
    except RuntimeError:  # no folder may be written
        return numba.njit(float_count.count)


count = _compiled()
