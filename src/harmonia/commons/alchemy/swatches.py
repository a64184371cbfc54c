"""The face of a thing without a photo: a piece of the cloth its thread gives."""

from html import escape

from django.utils.safestring import SafeString

from harmonia.commons.alchemy.colours import RGB
from harmonia.science.weaving import Thread, drawdown, weave_patch
from harmonia.science.weaving.crossings import warp_paths, weft_paths

CELL = 5  # [px]
ENDS, PICKS = 48, 36  # four to three, as the photos


def swatch(code: str, material: str, colour: RGB) -> SafeString:
    """Return a woven swatch as SVG, always the same for the same thing; decoration, hidden from screen readers."""
    draft = weave_patch(Thread(code, material, colour, 0, ""), ends=ENDS, picks=PICKS)
    warp = warp_paths(draft.warp_colours, CELL, CELL * PICKS)
    weft = weft_paths(drawdown(draft), draft.weft_colours, CELL, 0)
    yarns = "".join(
        f'<path d="{escape(path)}" stroke="{escape(yarn)}"/>' for yarn, path in [*warp.items(), *weft.items()]
    )
    return SafeString(
        f'<svg viewBox="0 0 {CELL * ENDS} {CELL * PICKS}" aria-hidden="true" focusable="false">'
        f'<g fill="none" stroke-width="{CELL - 0.6:g}">{yarns}</g></svg>'
    )
