"""From an uploaded file to pictures that hold nothing but pixels.

The type is decided by content; size and dimensions are checked before a pixel is decoded; what comes out was
encoded anew from bare pixels, so that no metadata (place, device, name, profile) and no passenger survives.
"""

import io
from colorsys import rgb_to_hsv
from dataclasses import dataclass
from threading import Semaphore
from typing import BinaryIO

import numpy as np
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from harmonia.commons.alchemy.containers import BrokenImageError, carries_something_else
from harmonia.science.weaving import photo_palette
from harmonia.science.weaving.palette import hex_colour

MAX_BYTES = 12 * 1024 * 1024
# What a machine of 1 GB bears: a JPEG is decoded small, the others whole.
MAX_PIXELS = {"JPEG": 52_000_000, "MPO": 52_000_000, "PNG": 17_000_000, "WEBP": 12_500_000}
ONE_AT_A_TIME = Semaphore(1)  # a hostile picture takes some 300 MB to decode: never two at once
MIN_SIDE = 64  # [px]
MAX_RATIO = 12
WIDTHS = (480, 960, 1600)  # [px]
# Best first, each with Pillow's settings: AVIF at this speed costs half of WebP's time and is a fifth smaller.
FORMATS: dict[str, dict[str, int]] = {
    "avif": {"quality": 55, "speed": 8, "max_threads": 1},
    "webp": {"quality": 80, "method": 3},
}


class UnusablePhotoError(Exception):
    """This file cannot become a picture; the message is a sentence for the person."""


@dataclass(frozen=True)
class Photograph:
    """One photo in a few widths: files by format and width [px], the size of the largest, its telling colours."""

    files: dict[tuple[str, int], bytes]
    width: int
    height: int
    colour: str
    palette: str

    @property
    def widths(self) -> list[int]:
        """The widths it comes in [px], smallest first."""
        return sorted({width for _kind, width in self.files})


def develop(upload: bytes | BinaryIO) -> Photograph:
    """Return an uploaded photo as clean pictures.

    Raises UnusablePhotoError for anything that is not one still JPEG, PNG or WebP of sane size.
    """
    data = _read(upload)
    try:
        if carries_something_else(data):
            raise UnusablePhotoError(
                _("This photo carries another file inside it. Take a screenshot of it and send that instead.")
            )
    except BrokenImageError as error:
        raise _not_a_photo(data) from error
    with ONE_AT_A_TIME:
        picture = _decode(data)
    widths = _widths(picture)
    files = {(kind, width): _encoded(picture, width, kind) for width in widths for kind in FORMATS}
    largest = max(widths)
    return Photograph(files, largest, _height(picture, largest), telling_colour(picture), palette(picture))


def _encoded(picture: Image.Image, width: int, kind: str) -> bytes:
    out = io.BytesIO()
    resized = picture.resize((width, _height(picture, width)), Image.Resampling.LANCZOS, reducing_gap=3.0)
    resized.save(out, kind.upper(), **FORMATS[kind])
    return out.getvalue()


def _height(picture: Image.Image, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))


def _read(upload: bytes | BinaryIO) -> bytes:
    data = upload if isinstance(upload, bytes) else upload.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnusablePhotoError(_("This photo is larger than 12 MB. Send it in a smaller size."))
    if not data:
        raise UnusablePhotoError(_("This file is empty. Choose the photo again."))
    return data


def _not_a_photo(data: bytes) -> UnusablePhotoError:
    known = data[:3] == b"\xff\xd8\xff" or data[:8] == b"\x89PNG\r\n\x1a\n" or data[8:12] == b"WEBP"
    if known:
        return UnusablePhotoError(_("This photo is cut off or damaged. Send it again, or take another one."))
    return UnusablePhotoError(_("This is no photo we can read. Send a JPEG, PNG or WebP."))


def _decode(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            _check_sane(image)
            image.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # a large JPEG is decoded small: saves memory
            return _bare_pixels(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, OverflowError) as error:
        # Pillow's readers raise all of these on files made to break them.
        raise _not_a_photo(data) from error


def _check_sane(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS[str(image.format)]:
        raise _too_large()
    if min(image.size) < MIN_SIDE or max(image.size) > MAX_RATIO * min(image.size):
        raise UnusablePhotoError(
            _("This picture is too small or too narrow to see anything on it. Send a larger one.")
        )
    # MPO is what phones write for a photo with a gain map or second view; its first frame is the photo.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise UnusablePhotoError(_("This picture moves. Send a still photo."))


def _too_large() -> UnusablePhotoError:
    return UnusablePhotoError(_("This picture has too many pixels. Send it in a smaller size."))


def _bare_pixels(image: Image.Image) -> Image.Image:
    # A colour profile is dropped, not applied: hostile profiles are an attack on whoever reads them.
    # Made small before anything else, as each step holds a copy.
    if image.mode not in ("RGB", "L"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((2 * WIDTHS[-1], 2 * WIDTHS[-1]), Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((WIDTHS[-1], 2 * WIDTHS[-1]), Image.Resampling.LANCZOS)
    if upright.mode == "RGBA":
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright)
    bare = Image.new("RGB", upright.size)
    bare.paste(upright.convert("RGB"))
    return bare


def _widths(picture: Image.Image) -> list[int]:
    smaller = [width for width in WIDTHS if width < picture.width]
    return [*smaller, min(picture.width, WIDTHS[-1])]


def telling_colour(picture: Image.Image) -> str:
    """Return the colour a picture is remembered by, "#rrggbb": common, and rather vivid than grey."""
    small = picture.resize((48, 48), Image.Resampling.BOX).quantize(8, Image.Quantize.MEDIANCUT)
    palette = small.getpalette() or []
    counted = small.getcolors() or []

    def weight(entry: tuple[int, int]) -> tuple[float, int]:
        count, index = entry
        _hue, saturation, value = rgb_to_hsv(*(palette[3 * index + i] / 255 for i in range(3)))
        return count * (0.15 + saturation * value), index

    _count, best = max(((c, i) for c, i in counted if isinstance(i, int)), key=weight)
    return "#{:02x}{:02x}{:02x}".format(*palette[3 * best : 3 * best + 3])


def palette(picture: Image.Image) -> str:
    """Return up to three colours a thread is dyed in after a picture, as "#rrggbb #rrggbb #rrggbb"."""
    small = picture.resize((64, 64), Image.Resampling.BOX)
    return " ".join(map(hex_colour, photo_palette(np.asarray(small))))
