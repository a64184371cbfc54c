"""QR codes that lead from a thing to its page."""

import io

import segno


def qr_svg(address: str) -> bytes:
    """Return a QR code as an SVG file; error level M survives 15 % of scratches."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=4, scale=8)
    return out.getvalue()


def qr_png(address: str) -> bytes:
    """Return a QR code as a PNG file, large enough to print 4 cm wide at 300 dpi."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=4, scale=16)
    return out.getvalue()


def qr_inline(address: str, title: str) -> str:
    """Return a QR code as an `<svg>` to put into a page, with a name for those who can't see it."""
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(border=2, title=title, omitsize=True, svgclass=None, lineclass=None))


def nfc_bytes(address: str) -> int:
    """Return how many bytes an address takes on an NFC tag, as an NDEF message with one URI record.

    Source: NFC Forum, NDEF 1.0 and URI RTD 1.0: TLV (3), record head (4), and the address less its known beginning.
    """
    for beginning in ("https://www.", "http://www.", "https://", "http://"):
        if address.startswith(beginning):
            return 3 + 4 + 1 + len(address.removeprefix(beginning).encode())
    return 3 + 4 + 1 + len(address.encode())
