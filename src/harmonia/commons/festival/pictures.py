"""Pictures as files."""

from io import BytesIO

from PIL import Image


def jpeg(image: Image.Image) -> bytes:
    """Return a picture as JPEG."""
    out = BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def png(image: Image.Image) -> bytes:
    """Return a picture as PNG."""
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
