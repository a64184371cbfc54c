"""Crossings as SVG paths: one path a colour, one stroke a float."""

import numpy as np

from harmonia.science.weaving.draft import Bools, Colours
from harmonia.science.weaving.palette import hex_colour


def weft_runs(raised: Bools) -> list[tuple[int, int]]:
    """Return (first end, length) of every weft float of one pick (ends,), left to right."""
    edges = np.diff(np.concatenate(([0], (~raised).astype(np.int8), [0])))
    starts, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return list(zip(starts.tolist(), (stops - starts).tolist(), strict=True))


def weft_paths(crossings: Bools, colours: Colours, cell: int, inset: int) -> dict[str, str]:
    """Return colour -> path data of all weft floats.

    `crossings` (picks, ends), True = warp on top; `colours` (picks, 3); `cell` [px] is the side of a
    crossing, `inset` [px] how far a float stays clear of the warp that covers its ends.
    """
    paths: dict[str, list[str]] = {}
    for pick, raised in enumerate(crossings):
        pen = None
        parts = paths.setdefault(hex_colour(colours[pick]), [])
        for start, length in weft_runs(raised):
            x = cell * start + inset
            middle = f"{cell * pick + cell / 2:g}"
            parts.append(f"M{x} {middle}" if pen is None else f"m{x - pen} 0")
            parts.append(f"h{cell * length - 2 * inset}")
            pen = cell * (start + length) - inset
    return {colour: "".join(parts) for colour, parts in paths.items() if parts}


def warp_paths(colours: Colours, cell: int, height: int, left: int = 0) -> dict[str, str]:
    """Return colour -> path data of warp threads (ends, 3) that run down `height` [px] from x = `left`."""
    paths: dict[str, list[str]] = {}
    for end, colour in enumerate(colours):
        paths.setdefault(hex_colour(colour), []).append(f"M{left + cell * end + cell / 2:g} 0v{height}")
    return {colour: "".join(parts) for colour, parts in paths.items()}
