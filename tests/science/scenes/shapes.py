"""Small GLB files, whole and broken."""

import io
import json
import struct
from typing import Any

import numpy as np
from PIL import Image

from harmonia.science.scenes import drape, relief, write_glb


def png(width: int = 8, height: int = 6) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.full((height, width, 3), 120, dtype=np.uint8)).save(out, "PNG")
    return out.getvalue()


def whole() -> bytes:
    """Return a GLB as we write it."""
    return write_glb([drape(40, 30, png(), "Cloth")], title="Cloth", rights="Lyra")


def photo(width: int = 64, height: int = 48) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return a picture with a bright disc on a dark ground."""
    y, x = np.mgrid[:height, :width]
    disc = (x - width / 2) ** 2 + (y - height / 2) ** 2 < (height / 4) ** 2
    return np.where(disc[..., None], np.uint8(230), np.uint8(20)).repeat(3, axis=2)


def pictured() -> bytes:
    return write_glb([relief(photo(), png(), "Relief")])


def parts(glb: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the document and the data of a GLB."""
    (length,) = struct.unpack_from("<I", glb, 12)
    return json.loads(glb[20 : 20 + length]), glb[28 + length :]
