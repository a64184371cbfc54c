"""Two hundred hostile files: none becomes a picture or a recording, each gets one sentence."""

import random
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest

from harmonia.commons.alchemy import photographs, sound
from tests.commons.alchemy import sounds
from tests.commons.alchemy.test_photographs import HTML, JPEG, PNG, SVG, WEBP, chunk, png_of, zipped

SHORT = {"jpeg": JPEG, "png": PNG, "webp": WEBP}
PASSENGERS = {
    "zip": zipped(),
    "web page": HTML,
    "svg": SVG,
    "php": b"<?php system($_GET['c']); ?>",
    "pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
    "program": b"\x7fELF\x02\x01\x01" + bytes(90) + b"\x90" * 40,
    "windows program": b"MZ\x90\x00" + bytes(60) + b"PE\x00\x00" + b"\x90" * 40,
    "shell": b"#!/bin/sh\nrm -rf ~\n",
    "rar": b"Rar!\x1a\x07\x01\x00" + b"\x55" * 60,
    "7z": b"7z\xbc\xaf'\x1c" + b"\x55" * 60,
    "gif": b"GIF89a" + b"\x01\x00\x01\x00\x80\x00\x00" + b"\xff" * 20 + b";",
    "flash": b"CWS\x0a" + b"\x66" * 60,
}


def images() -> Iterator[tuple[str, bytes]]:
    for kind, image in SHORT.items():
        for name, passenger in PASSENGERS.items():
            yield f"{kind} with a {name} behind it", image + passenger
            yield f"a {name} with a {kind} behind it", passenger + image
        for share in (0.02, 0.1, 0.3, 0.6, 0.9):
            yield f"{kind} cut at {share:.0%}", image[: int(len(image) * share)]
        yield f"{kind} without its last byte", image[:-1]
        yield f"{kind} twice and a zip", image + image + zipped()
    for width, height in ((1, 10**6), (10**6, 1), (2**16, 2**16), (2**31 - 1, 1), (5000, 5000), (3, 3)):
        yield f"png claiming {width} by {height}", png_of(width, height, data=zlib.compress(bytes(99)))
    for megabytes in (20, 60):
        packed = zlib.compress(bytes(megabytes * 10**6), 9)
        yield f"png comment of {megabytes} MB", png_of(64, 64, chunk(b"zTXt", b"n\x00\x00" + packed))
        yield f"png profile of {megabytes} MB", png_of(64, 64, chunk(b"iCCP", b"n\x00\x00" + packed))
        yield f"png pixels of {megabytes} MB", png_of(64, 64, data=packed)[:-12]
    drawn = random.Random(20)
    for number in range(12):
        magic = drawn.choice(
            [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x10\x00\x00WEBPVP8 ", b""]
        )
        yield f"noise {number}", magic + drawn.randbytes(3000)


def recordings() -> Iterator[tuple[str, bytes]]:
    for kind, make in sounds.ALL.items():
        whole = make(2)
        for share in (0.05, 0.2, 0.4, 0.7):
            if kind != "mp3" or share < 0.1:  # an MP3 is a row of frames: a part of it is a shorter one
                yield f"{kind} cut at {share:.0%}", whole[: int(len(whole) * share)]
        for name, passenger in PASSENGERS.items():
            yield f"a {name} with {kind} behind it", passenger + whole
    for name in ("zip", "web page", "pdf", "php"):
        yield f"ogg with a {name} behind it", sounds.ogg() + PASSENGERS[name]
    yield "m4a of nothing but a size", struct.pack(">I", 2**31) + b"ftypM4A "
    drawn = random.Random(21)
    for number in range(8):
        magic = drawn.choice(
            [b"OggS\x00", b"\x1a\x45\xdf\xa3", b"ID3\x04", b"\x00\x00\x00\x18ftyp", b"\xff\xfb"]
        )
        yield f"noise {number}", magic + drawn.randbytes(3000)


IMAGES, RECORDINGS = dict(images()), dict(recordings())


def test_there_are_two_hundred_of_them_and_more() -> None:
    assert len(IMAGES) + len(RECORDINGS) >= 200


@pytest.mark.parametrize("name", IMAGES)
def test_no_hostile_file_becomes_a_picture(name: str) -> None:
    with pytest.raises(photographs.UnusablePhotoError) as refusal:
        photographs.develop(BytesIO(IMAGES[name]))

    assert str(refusal.value).startswith("This ")


@pytest.mark.parametrize("name", RECORDINGS)
def test_no_hostile_file_becomes_a_recording(name: str) -> None:
    with pytest.raises(sound.UnusableSoundError) as refusal:
        sound.read(BytesIO(RECORDINGS[name]))

    assert str(refusal.value).startswith("This ")
