"""QR codes that stand on pages and posters."""

import segno
from django.utils.safestring import SafeString, mark_safe


def drawing(text: str) -> SafeString:
    """Return a QR code of a text of ours as SVG, to stand in a page."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(scale=6, border=2, omitsize=True))  # noqa: S308 - segno's own drawing
