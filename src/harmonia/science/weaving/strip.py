"""The narrow strip of cloth under every page's header: decoration, small, and the community's own."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import numpy as np

from harmonia.science.weaving.crossings import warp_paths, weft_paths
from harmonia.science.weaving.draft import LINEN, Draft, drawdown
from harmonia.science.weaving.patch import Thread, weave_patch

CELL = 3  # [px] side of one crossing
ENDS = 26
PICKS = 9
HEIGHT = CELL * PICKS
GROUND = "#17110f"


def strip_svg(threads: Sequence[Thread], *, patches: int = 16, prefix: str = "strip") -> str:
    """Return a strip 27 px high that fills any width, tiling the newest `patches` stories.

    It is hidden from screen readers; before the first story it shows undyed cloth. Under 30 kB.
    """
    shown = [
        weave_patch(thread, lane=place, ends=ENDS, picks=PICKS)
        for place, thread in enumerate(threads[-patches:])
    ] or [_undyed()]
    period = CELL * ENDS * len(shown)
    tiles = "".join(_tile(draft, place) for place, draft in enumerate(shown))
    name = escape(prefix)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="strip" width="100%" height="{HEIGHT}" '
        f'aria-hidden="true" focusable="false"><defs><pattern id="{name}-weave" width="{period}" '
        f'height="{HEIGHT}" patternUnits="userSpaceOnUse" shape-rendering="crispEdges">'
        f'<rect width="{period}" height="{HEIGHT}" fill="{GROUND}"/>{tiles}</pattern></defs>'
        f'<rect width="100%" height="{HEIGHT}" fill="url(#{name}-weave)"/></svg>'
    )


def _undyed() -> Draft:
    """Return linen as it comes from the wheel, for a community that has not told anything yet."""
    cloth = weave_patch(Thread("undyed", "textile", LINEN, 0, ""), ends=ENDS, picks=PICKS)
    return replace(cloth, weft_colours=np.full((PICKS, 3), LINEN, dtype=np.uint8))


def _tile(draft: Draft, place: int) -> str:
    warp = warp_paths(draft.warp_colours, CELL, HEIGHT)
    weft = weft_paths(drawdown(draft), draft.weft_colours, CELL, 0)
    lines = "".join(f'<path d="{path}" stroke="{colour}"/>' for colour, path in warp.items())
    floats = "".join(f'<path d="{path}" stroke="{colour}"/>' for colour, path in weft.items())
    frame = f'transform="translate({place * CELL * ENDS})" fill="none" stroke-width="{CELL}"'
    return f"<g {frame}>{lines}{floats}</g>"
