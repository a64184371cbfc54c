"""The QR code that leads into a ritual."""

import io

import segno


def qr_svg(address: str) -> bytes:
    """Return a QR code as an SVG file; error level M survives 15 % of scratches."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=4, scale=8)
    return out.getvalue()


def qr_inline(address: str, title: str) -> str:
    """Return a QR code as an `<svg>` for a page, with a name for those who can't see it."""
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(border=2, title=title, omitsize=True, svgclass=None, lineclass=None))
