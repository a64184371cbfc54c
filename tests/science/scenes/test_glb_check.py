"""A stranger's GLB: what is whole passes, what is not gets one sentence, and nothing breaks us."""

import copy
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.scenes import GlbError, check_glb, picture_size
from harmonia.science.scenes.glb_write import pack
from tests.science.scenes.shapes import parts, png, whole
from tests.validator import issues

Spoil = Callable[[dict[str, Any]], object]


def spoilt(spoil: Spoil) -> bytes:
    document, data = parts(whole())
    changed = copy.deepcopy(document)
    spoil(changed)
    return pack(changed, data)


def put(thing: dict[str, Any], **values: Any) -> None:
    thing.update(values)


BROKEN: dict[str, Spoil] = {
    "no version": lambda d: d.pop("asset"),
    "an old version": lambda d: put(d["asset"], version="1.0"),
    "an extension it needs": lambda d: put(d, extensionsRequired=["KHR_draco_mesh_compression"]),
    "extensions that are no list": lambda d: put(d, extensionsRequired="KHR"),
    "a buffer elsewhere": lambda d: put(d["buffers"][0], uri="https://example.org/x.bin"),
    "a buffer in the text": lambda d: put(d["buffers"][0], uri="data:application/octet-stream;base64,AAAA"),
    "a picture elsewhere": lambda d: put(d["images"][0], uri="../secret.png"),
    "two buffers": lambda d: d["buffers"].append({"byteLength": 4}),
    "a longer buffer": lambda d: put(d["buffers"][0], byteLength=10**9),
    "a view beyond": lambda d: put(d["bufferViews"][0], byteLength=10**8),
    "a view from before": lambda d: put(d["bufferViews"][0], byteOffset=-4),
    "a view of nothing": lambda d: put(d["bufferViews"][0], buffer=7),
    "a stride of a mile": lambda d: put(d["bufferViews"][0], byteStride=10**6),
    "more points than data": lambda d: put(d["accessors"][0], count=10**6),
    "points without end": lambda d: put(d["accessors"][0], count=10**9),
    "points of no kind": lambda d: put(d["accessors"][0], type="VEC9"),
    "half a point": lambda d: put(d["accessors"][0], count=1.5),
    "a true count": lambda d: put(d["accessors"][0], count=True),
    "sparse points": lambda d: put(d["accessors"][0], sparse={"count": 10**6, "indices": {}, "values": {}}),
    "unequal attributes": lambda d: put(d["accessors"][1], count=3),
    "no points": lambda d: d["meshes"][0]["primitives"][0]["attributes"].pop("POSITION"),
    "no parts": lambda d: put(d["meshes"][0], primitives=None),
    "no mesh": lambda d: put(d, meshes=[]),
    "a material that is not there": lambda d: put(d["meshes"][0]["primitives"][0], material=9),
    "a node of no mesh": lambda d: put(d["nodes"][0], mesh=9),
    "a circle": lambda d: put(d, nodes=[{"children": [1]}, {"children": [0]}]),
    "itself above itself": lambda d: put(d["nodes"][0], children=[0]),
    "two parents": lambda d: put(d, nodes=[{"children": [2]}, {"children": [2]}, {}]),
    "a tower": lambda d: put(d, nodes=[{"children": [n + 1]} for n in range(50)] + [{}]),
    "too many nodes": lambda d: put(d, nodes=[{}] * 10_001),
    "nodes that are none": lambda d: put(d, nodes=[1, 2]),
    "a scene of no node": lambda d: put(d["scenes"][0], nodes=[99]),
    "a texture of no picture": lambda d: put(d["textures"][0], source=4),
    "a picture of no view": lambda d: put(d["images"][0], bufferView=0),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_gets_one_sentence(what: str) -> None:
    with pytest.raises(GlbError, match=r"^[A-Z][^\n]*\.$"):
        check_glb(spoilt(BROKEN[what]))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"glTF",
        b"GIF89a" * 10,
        whole()[:-8],
        whole() + b"PK\x03\x04",
        struct.pack("<4sII", b"glTF", 1, 20) + bytes(8),
        struct.pack("<4sII", b"glTF", 2, 28) + struct.pack("<I4s", 8, b"BIN\x00") + bytes(8),
        struct.pack("<4sII", b"glTF", 2, 28) + struct.pack("<I4s", 800, b"JSON") + b"{}      ",
        pack({"asset": {"version": "2.0"}}, b""),
    ],
)
def test_what_is_no_glb_is_refused(content: bytes) -> None:
    with pytest.raises(GlbError):
        check_glb(content)


def test_brackets_without_end_are_refused_before_they_are_read() -> None:
    text = b"[" * 100_000
    glb = struct.pack("<4sII", b"glTF", 2, 20 + len(text)) + struct.pack("<I4s", len(text), b"JSON") + text
    with pytest.raises(GlbError, match="deeply"):
        check_glb(glb)


def test_21_mb_are_refused() -> None:
    with pytest.raises(GlbError, match="20 MB"):
        check_glb(bytes(21 * 1024 * 1024))


def test_a_picture_that_would_fill_a_graphics_card_is_refused() -> None:
    document, data = parts(whole())
    view = document["bufferViews"][document["images"][0]["bufferView"]]
    start = view["byteOffset"]
    bomb = bytearray(data)
    bomb[start + 16 : start + 24] = struct.pack(">II", 30_000, 30_000)
    with pytest.raises(GlbError, match="pixels"):
        check_glb(pack(document, bytes(bomb)))


def test_a_surface_extension_that_is_known_passes(tmp_path: Path) -> None:
    document, data = parts(whole())
    put(document, extensionsUsed=["KHR_materials_unlit"], extensionsRequired=["KHR_materials_unlit"])
    put(document["materials"][0], extensions={"KHR_materials_unlit": {}})
    glb = pack(document, data)

    assert check_glb(glb).meshes == 1
    assert issues(glb, tmp_path)["numErrors"] == 0


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_flipped_byte_breaks_us(data: st.DataObject) -> None:
    glb = bytearray(whole())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, min(len(glb), 2_500) - 1))
        glb[at] = data.draw(st.integers(0, 255))
    # Nothing but a whole file or a refusal: any other error fails the test.
    with suppress(GlbError):
        check_glb(bytes(glb))


def test_sizes_are_read_from_headers() -> None:
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 30, 40) + bytes(8)

    assert picture_size(png(40, 30)) == picture_size(jpeg) == (40, 30)
    with pytest.raises(GlbError):
        picture_size(b"\xff\xd8\xff\xe0\x00")
