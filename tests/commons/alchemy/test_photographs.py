"""Hostile files are refused with a sentence; what is accepted comes out as bare pixels."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from harmonia.commons.alchemy.colours import parse_all
from harmonia.commons.alchemy.photographs import MAX_BYTES, UnusablePhotoError, develop
from tests.commons.alchemy.conftest import jpeg


def encoded(kind: str, size: tuple[int, int] = (320, 240), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 90 if mode in ("L", "P", "I;16") else None or 0).save(out, kind, **options)
    return out.getvalue()


def noise(size: tuple[int, int] = (320, 240)) -> Image.Image:
    return Image.frombytes("RGB", size, random.Random(7).randbytes(size[0] * size[1] * 3))


def moving(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (128, 128), colour) for colour in ("red", "lime", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def png_of(width: int, height: int, *extra: bytes, data: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def png_bomb() -> bytes:
    side = 20_000
    return png_of(side, side, data=zlib.compress(bytes(side * 3 + 1) * 200, 9))


def text_bomb() -> bytes:
    return png_of(64, 64, chunk(b"zTXt", b"note\x00\x00" + zlib.compress(bytes(80_000_000), 9)))


def jpeg_claiming(width: int, height: int) -> bytes:
    data = jpeg()
    at = data.index(b"\xff\xc0")
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


def zipped(content: bytes = b"alert(1)") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.js", content)
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>fetch('/people/leave/')</script>"
JPEG = jpeg()
PNG = encoded("PNG")
WEBP = encoded("WEBP")


def many_scans() -> bytes:
    progressive = jpeg(progressive=True)
    scan = progressive.rindex(b"\xff\xda")
    return progressive[:-2] + progressive[scan:-2] * 5000 + b"\xff\xd9"


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"\xff",
    "only a JPEG's first bytes": lambda: JPEG[:3],
    "a JPEG cut in its header": lambda: JPEG[:60],
    "a JPEG cut in its pixels": lambda: JPEG[: len(JPEG) // 2],
    "a JPEG without its end": lambda: JPEG[:-2],
    "a PNG cut in half": lambda: PNG[: len(PNG) // 2],
    "a PNG without IEND": lambda: PNG[:-12],
    "a WebP cut in half": lambda: WEBP[: len(WEBP) // 2],
    "a PNG whose checksum lies": lambda: PNG[:29] + b"\x00\x00\x00\x00" + PNG[33:],
    "a PNG without pixels": lambda: png_of(300, 300),
    "a PNG with a chunk longer than the file": lambda: PNG[:33] + b"\x7f\xff\xff\xff" + PNG[37:],
    "a PNG that unpacks to 1.2 GB": png_bomb,
    "a PNG with a comment that unpacks to 80 MB": text_bomb,
    "a PNG that claims 2 billion pixels a side": lambda: png_of(2**31 - 1, 2**31 - 1),
    "a PNG of no width": lambda: png_of(0, 300),
    "a JPEG that claims 65535 by 65535": lambda: jpeg_claiming(65535, 65535),
    "a JPEG that claims 9000 by 9000": lambda: jpeg_claiming(9000, 9000),
    "a JPEG of five thousand scans": many_scans,
    "a WebP of too many pixels": lambda: encoded("WEBP", (4200, 4200), lossless=True),
    "an SVG with a script": lambda: SVG,
    "an SVG behind white space": lambda: b"\n \t" + SVG,
    "a web page": lambda: HTML,
    "a GIF": lambda: encoded("GIF", mode="P"),
    "a GIF that moves": lambda: moving("GIF"),
    "a PNG that moves": lambda: moving("PNG"),
    "a WebP that moves": lambda: moving("WEBP"),
    "a TIFF": lambda: encoded("TIFF"),
    "a BMP": lambda: encoded("BMP"),
    "an icon": lambda: encoded("ICO"),
    "a PostScript program": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(id) system\n",
    "a PDF": lambda: b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
    "a ZIP": zipped,
    "a JPEG with a ZIP behind it": lambda: JPEG + zipped(),
    "a PNG with a ZIP behind it": lambda: PNG + zipped(),
    "a WebP with a ZIP behind it": lambda: WEBP + zipped(),
    "a JPEG with a ZIP behind a second JPEG": lambda: JPEG + JPEG + zipped(),
    "a JPEG with a web page behind it": lambda: JPEG + HTML,
    "a JPEG with PHP behind it": lambda: JPEG + b"<?php system($_GET['c']); ?>",
    "a PNG with a script behind it": lambda: PNG + b"<script>alert(1)</script>",
    "a web page with a JPEG behind it": lambda: HTML + JPEG,
    "a GIF that is a script as well": lambda: b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)//",
    "a program": lambda: b"\x7fELF\x02\x01\x01" + bytes(300),
    "a picture of one pixel": lambda: encoded("PNG", (1, 1)),
    "a picture like a thread": lambda: encoded("PNG", (8000, 70)),
    "more than 12 MB": lambda: JPEG + bytes(MAX_BYTES),
    "random bytes": lambda: random.Random(3).randbytes(4000),
    "a JPEG's start with random bytes": lambda: b"\xff\xd8\xff\xe0" + random.Random(4).randbytes(4000),
}


@pytest.mark.parametrize("file", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_with_one_sentence(file: Callable[[], bytes]) -> None:
    with pytest.raises(UnusablePhotoError) as refusal:
        develop(io.BytesIO(file()))

    assert str(refusal.value).startswith(("This ", "No "))
    assert len(str(refusal.value)) < 120


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([JPEG, PNG, WEBP]), st.data())
def test_a_file_with_flipped_bytes_is_refused_or_comes_out_clean(
    original: bytes, data: st.DataObject
) -> None:
    broken = bytearray(original)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        files = develop(bytes(broken)).files
    except UnusablePhotoError:
        return

    assert all(Image.open(io.BytesIO(file)).format == kind.upper() for (kind, _w), file in files.items())


def phone_photo(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretPhoneMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.9), 3: "E", 4: (2.0, 17.0, 40.2)})
    picture = Image.new("RGB", (400, 200), "white")
    picture.paste((200, 0, 0), (0, 0, 200, 200))
    out = io.BytesIO()
    icc = b"\x00" * 36 + b"acspSecretProfile" + b"\x00" * 200
    picture.save(out, "JPEG", exif=exif, icc_profile=icc, comment=b"SecretComment", quality=95)
    return out.getvalue()


def test_place_maker_profile_and_comment_vanish() -> None:
    upload = phone_photo()
    assert b"SecretPhoneMaker" in upload
    assert b"SecretProfile" in upload
    assert b"SecretComment" in upload

    for file in develop(upload).files.values():
        opened = Image.open(io.BytesIO(file))
        assert b"Secret" not in file
        assert dict(opened.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(opened.info)


def test_text_in_a_png_vanishes() -> None:
    text = chunk(b"tEXt", b"Comment\x00SecretPlace 48.858") + chunk(
        b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00<x>Secret</x>"
    )
    upload = PNG[:33] + text + PNG[33:]
    assert b"Secret" in upload

    assert all(b"Secret" not in file for file in develop(upload).files.values())


@pytest.mark.parametrize(
    ("orientation", "red"), [(1, (20, 100)), (3, (380, 100)), (6, (100, 20)), (8, (100, 380))]
)
def test_a_photo_taken_sideways_stands_upright(orientation: int, red: tuple[int, int]) -> None:
    photo = develop(phone_photo(orientation))
    upright = Image.open(io.BytesIO(photo.files["webp", photo.width])).convert("RGB")
    r, g, _b = upright.getpixel(red)  # type: ignore[misc]

    assert upright.size == ((400, 200) if orientation in (1, 3) else (200, 400))
    assert (r > 150, g < 90) == (True, True)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "L"),
        ("PNG", "P"),
        ("PNG", "RGBA"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("WEBP", "RGBA"),
    ],
)
def test_every_kind_of_still_picture_comes_out_as_avif_and_webp(kind: str, mode: str) -> None:
    photo = develop(encoded(kind, mode=mode))

    assert (photo.width, photo.height, photo.widths) == (320, 240, [320])


def test_what_is_transparent_becomes_white() -> None:
    photo = develop(encoded("PNG", mode="RGBA"))
    corner = Image.open(io.BytesIO(photo.files["webp", 320])).convert("RGB").getpixel((5, 5))

    assert min(corner) > 245  # type: ignore[arg-type]


def test_a_phones_gain_map_clip_or_trailer_does_no_harm_and_is_dropped() -> None:
    for extra in (JPEG, b"\x00\x00\x00\x18ftypmp42" + bytes(300), b"secret" + bytes(20) + b"SEFT", bytes(64)):
        assert develop(JPEG + extra).widths == [480, 640]


def test_a_photo_with_two_views_shows_the_first() -> None:
    out = io.BytesIO()
    first, second = Image.new("RGB", (300, 200), "red"), Image.new("RGB", (300, 200), "blue")
    first.save(out, "MPO", save_all=True, append_images=[second])
    photo = develop(out.getvalue())

    assert photo.colour[1:3] > "e0"


def test_a_large_photo_comes_in_three_widths_and_smaller_than_it_was() -> None:
    out = io.BytesIO()
    noise((2400, 1800)).save(out, "JPEG", quality=70)
    photo = develop(out.getvalue())

    assert photo.widths == [480, 960, 1600]
    assert (photo.width, photo.height) == (1600, 1200)
    assert sum(map(len, photo.files.values())) < len(out.getvalue())
    assert len(photo.files["avif", 1600]) < len(photo.files["webp", 1600])


def test_the_same_photo_always_has_the_same_colour_and_it_is_one_of_its_own() -> None:
    picture = Image.new("RGB", (300, 200), (128, 128, 128))
    picture.paste((30, 120, 60), (0, 0, 120, 200))
    out = io.BytesIO()
    picture.save(out, "PNG")

    assert develop(out.getvalue()).colour == develop(out.getvalue()).colour == "#1e783c"


def test_a_thread_is_dyed_in_what_stands_out_from_the_wall() -> None:
    picture = Image.new("RGB", (300, 200), (236, 226, 204))
    picture.paste((128, 74, 130), (110, 60, 190, 150))
    picture.paste((232, 163, 48), (130, 20, 170, 60))
    out = io.BytesIO()
    picture.save(out, "PNG")
    palette = parse_all(develop(out.getvalue()).palette)

    assert palette == parse_all(develop(out.getvalue()).palette)
    assert [max(abs(a - b) for a, b in zip(*pair, strict=True)) for pair in zip(palette, (
        (128, 74, 130), (232, 163, 48), (236, 226, 204),
    ), strict=True)] == pytest.approx([0, 0, 0], abs=8)  # fmt: skip
