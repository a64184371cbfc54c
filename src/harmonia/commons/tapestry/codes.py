"""The code of a stop: to read from a wall, and to scan."""

import secrets
from io import BytesIO

import segno

LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ"  # none looks like another


def new_code() -> str:
    """Return eight letters and digits that nobody else has [29**8]."""
    return "".join(secrets.choice(LETTERS) for _letter in range(8))


def qr_svg(address: str) -> bytes:
    """Return a QR code as an SVG file; error level M survives 15 % of scratches."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=4, scale=8)
    return out.getvalue()
