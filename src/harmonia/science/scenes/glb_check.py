"""Read a stranger's GLB no further than needed to say that it is safe to show.

Bounded: size, chunks, depth and length of the JSON, numbers of everything, pixels of textures; every reference
must exist and every accessor lie inside its view and the view inside the one buffer; nothing may point outside
the file. Only the structure is read, no geometry is believed. What passes is served as it is, in a page whose
policy lets it load nothing. Full conformance is the Khronos validator's business (it runs in our tests).
"""

import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from harmonia.science.sentences import SentenceError

MAGIC = 0x46546C67
JSON_CHUNK, BIN_CHUNK = 0x4E4F534A, 0x004E4942
MOST_BYTES = 20 * 1024 * 1024
MOST_JSON = 4 * 1024 * 1024
MOST_THINGS = 10_000  # of each kind
MOST_POINTS = 2_000_000
MOST_TRIANGLES = 2_000_000
MOST_PIXELS = 4096  # a side
MOST_TEXELS = 64_000_000  # of all textures together
DEEPEST = 32
SIZES = {5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4}
PARTS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}
# Extensions that only describe surfaces; none lets a file load, run or unpack anything.
KNOWN = {
    "KHR_materials_clearcoat",
    "KHR_materials_emissive_strength",
    "KHR_materials_ior",
    "KHR_materials_sheen",
    "KHR_materials_specular",
    "KHR_materials_transmission",
    "KHR_materials_unlit",
    "KHR_materials_variants",
    "KHR_materials_volume",
    "KHR_mesh_quantization",
    "KHR_texture_transform",
}


class GlbError(SentenceError, ValueError):
    """This file is no GLB we show; the message is one sentence."""


@dataclass(frozen=True)
class Contents:
    """What a GLB holds."""

    meshes: int
    triangles: int
    textures: int
    animations: int


def check_glb(content: bytes) -> Contents:
    """Return what a GLB holds.

    Raises
    ------
    GlbError
        It is too large, broken, points outside itself or at nothing, or needs what we do not know.
    """
    if len(content) > MOST_BYTES:
        raise GlbError("The file is larger than 20 MB.")
    text, data = _chunks(content)
    document = _parsed(text)
    held = _Document(document, data)
    held.check_shape()
    held.check_nothing_outside()
    held.check_buffers()
    held.check_accessors()
    triangles = held.check_meshes()
    held.check_images()
    held.check_tree()
    counts = (len(held.things(kind)) for kind in ("meshes", "textures", "animations"))
    meshes, textures, animations = counts
    return Contents(meshes, triangles, textures, animations)


def _chunks(content: bytes) -> tuple[bytes, bytes]:
    if len(content) < 20 or struct.unpack_from("<I", content)[0] != MAGIC:
        raise GlbError("The file is no GLB (binary glTF).")
    _, version, length = struct.unpack_from("<III", content)
    if version != 2:
        raise GlbError("The file is glTF %(version)s; we show glTF 2.", version=version)
    if length != len(content):
        raise GlbError("The file is cut off, or another file hangs behind it.")
    found: list[tuple[int, bytes]] = []
    at = 12
    while at + 8 <= length and len(found) < 2:
        size, kind = struct.unpack_from("<II", content, at)
        if size % 4 or at + 8 + size > length:
            raise GlbError("A part of the file is longer than the file.")
        found.append((kind, content[at + 8 : at + 8 + size]))
        at += 8 + size
    if (
        at != length
        or not found
        or found[0][0] != JSON_CHUNK
        or (len(found) == 2 and found[1][0] != BIN_CHUNK)
    ):
        raise GlbError("The file has other parts than a description and its data.")
    if len(found[0][1]) > MOST_JSON:
        raise GlbError("The file's description is larger than 4 MB.")
    return found[0][1], found[1][1] if len(found) == 2 else b""


def _parsed(text: bytes) -> dict[str, Any]:
    depth = deepest = 0
    for byte in text:
        depth += (byte in b"[{") - (byte in b"]}")
        deepest = max(deepest, depth)
    if deepest > DEEPEST * 2:  # brackets in names count too; honest files stay below ten
        raise GlbError("The file's description is nested too deeply.")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise GlbError("The file's description is no JSON.") from None
    if not isinstance(document, dict):
        raise GlbError("The file's description is no object.")
    return document


class _Document:
    """A glTF document with its buffer; every question is answered or refused with a sentence."""

    def __init__(self, document: Mapping[str, Any], data: bytes) -> None:
        self.document = document
        self.data = data

    def things(self, kind: str) -> list[Any]:
        """Return the list of one kind, empty where there is none."""
        found = self.document.get(kind, [])
        if (
            not isinstance(found, list)
            or len(found) > MOST_THINGS
            or not all(isinstance(x, dict) for x in found)
        ):
            raise GlbError(
                "The file's %(kind)s are no list of at most %(most)s objects.",
                kind=kind,
                most=f"{MOST_THINGS:,}",
            )
        return found

    def thing(self, kind: str, place: Any) -> Mapping[str, Any]:
        """Return one thing by its place."""
        things = self.things(kind)
        if not _is_whole(place) or not 0 <= place < len(things):
            raise GlbError("The file points at one of its %(kind)s that is not there.", kind=kind)
        found: Mapping[str, Any] = things[place]
        return found

    def check_shape(self) -> None:
        """Check version and extensions."""
        asset = self.document.get("asset")
        if not isinstance(asset, dict) or not str(asset.get("version", "")).startswith("2."):
            raise GlbError("The file does not say that it is glTF 2.")
        needed = self.document.get("extensionsRequired", [])
        if not isinstance(needed, list) or not all(isinstance(name, str) for name in needed):
            raise GlbError("The file's list of extensions is none.")
        if unknown := sorted(set(needed) - KNOWN):
            raise GlbError(
                "The file needs %(unknown)s, which we do not show; export it without.",
                unknown=unknown[0][:60],
            )

    def check_nothing_outside(self) -> None:
        """Check that no part says `uri`: everything lies in the file itself."""
        if any("uri" in thing for kind in ("buffers", "images") for thing in self.things(kind)):
            raise GlbError("The file points at other files or addresses; export it as one GLB.")

    def check_buffers(self) -> None:
        """Check that the one buffer is there and every view lies inside."""
        buffers = self.things("buffers")
        if len(buffers) > 1 or (buffers and not 0 <= _number(buffers[0], "byteLength") <= len(self.data)):
            raise GlbError("The file's data is shorter than it says.")
        for view in self.things("bufferViews"):
            self.thing("buffers", view.get("buffer"))
            start, length = _number(view, "byteOffset", 0), _number(view, "byteLength")
            if length < 1 or start + length > _number(buffers[0], "byteLength"):
                raise GlbError("A view of the file's data reaches beyond it.")
            if not 0 <= _number(view, "byteStride", 0) <= 252:
                raise GlbError("A view of the file's data has an impossible stride.")

    def check_accessors(self) -> None:
        """Check that every accessor lies inside its view."""
        for accessor in self.things("accessors"):
            size, parts = SIZES.get(accessor.get("componentType", 0)), PARTS.get(str(accessor.get("type")))
            count = _number(accessor, "count")
            if size is None or parts is None or not 1 <= count <= 3 * MOST_TRIANGLES:
                raise GlbError("The file counts its points in a way that cannot be.")
            if "sparse" in accessor:
                self._check_sparse(accessor["sparse"], size * parts, count)
            if "bufferView" in accessor:
                self._check_inside(accessor, size * parts, count)

    def _check_inside(self, accessor: Mapping[str, Any], size: int, count: int) -> None:
        view = self.thing("bufferViews", accessor["bufferView"])
        stride = _number(view, "byteStride", 0) or size
        if _number(accessor, "byteOffset", 0) + stride * (count - 1) + size > _number(view, "byteLength"):
            raise GlbError("The file counts more points than its data holds.")

    def _check_sparse(self, sparse: Any, size: int, count: int) -> None:
        if not isinstance(sparse, dict) or not 1 <= _number(sparse, "count") <= count:
            raise GlbError("The file changes points that it does not have.")
        for part in ("indices", "values"):
            one = sparse.get(part)
            if not isinstance(one, dict):
                raise GlbError("The file changes points that it does not have.")
            width = SIZES.get(one.get("componentType", 0), 0) if part == "indices" else size
            if not width:
                raise GlbError("The file counts its points in a way that cannot be.")
            self._check_inside(one, width, _number(sparse, "count"))

    def check_meshes(self) -> int:
        """Check points and triangles, and return how many triangles there are."""
        points = triangles = 0
        for mesh in self.things("meshes"):
            parts = mesh.get("primitives")
            if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
                raise GlbError("A mesh of the file has no parts.")
            for part in parts:
                here, corners = self._part(part)
                points, triangles = points + here, triangles + corners // 3
                if points > MOST_POINTS or triangles > MOST_TRIANGLES:
                    raise GlbError("The file has more than two million points or triangles; make it simpler.")
        if not triangles:
            raise GlbError("There is nothing to see in the file.")
        return triangles

    def _part(self, part: Mapping[str, Any]) -> tuple[int, int]:
        attributes = part.get("attributes")
        if not isinstance(attributes, dict) or "POSITION" not in attributes or len(attributes) > 32:
            raise GlbError("A mesh of the file has no points.")
        counts = {_number(self.thing("accessors", place), "count") for place in attributes.values()}
        if len(counts) != 1:
            raise GlbError("A mesh of the file has more of one thing than of another.")
        (count,) = counts
        if "material" in part:
            self.thing("materials", part["material"])
        corners = _number(self.thing("accessors", part["indices"]), "count") if "indices" in part else count
        return count, corners if _number(part, "mode", 4) in (4, 5, 6) else 0

    def check_images(self) -> None:
        """Check that textures are PNG or JPEG of sane size."""
        texels = 0
        for image in self.things("images"):
            view = self.thing("bufferViews", image.get("bufferView"))
            start = _number(view, "byteOffset", 0)
            width, height = picture_size(self.data[start : start + _number(view, "byteLength")])
            texels += width * height
            if not 0 < max(width, height) <= MOST_PIXELS or texels > MOST_TEXELS:
                raise GlbError("The file's pictures are larger than 4,096 pixels a side, or too many.")
        for texture in self.things("textures"):
            if "source" in texture:
                self.thing("images", texture["source"])

    def check_tree(self) -> None:
        """Check that nodes form trees: no node above itself, none with two parents, none too deep."""
        nodes = self.things("nodes")
        parents: dict[int, int] = {}
        for place, node in enumerate(nodes):
            if "mesh" in node:
                self.thing("meshes", node["mesh"])
            for child in _list(node, "children"):
                self.thing("nodes", child)
                if parents.setdefault(child, place) != place:
                    raise GlbError("The file hangs one thing on two others.")
        for place in range(len(nodes)):
            at, depth = place, 0
            while at in parents:
                at, depth = parents[at], depth + 1
                if depth > DEEPEST:
                    raise GlbError("The file hangs things on one another in a circle, or too deeply.")
        for scene in self.things("scenes"):
            for root in _list(scene, "nodes"):
                self.thing("nodes", root)


def picture_size(content: bytes) -> tuple[int, int]:
    """Return (width, height) [px] of a PNG or JPEG, read from its header alone.

    Raises
    ------
    GlbError
        It is neither, or its header is broken.
    """
    if content[:8] == b"\x89PNG\r\n\x1a\n" and content[12:16] == b"IHDR" and len(content) >= 24:
        width, height = struct.unpack_from(">II", content, 16)
        return int(width), int(height)
    if content[:3] == b"\xff\xd8\xff":
        return _jpeg_size(content)
    raise GlbError("A picture in the file is neither PNG nor JPEG.")


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", content, at + 5)
            return int(width), int(height)
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    raise GlbError("A picture in the file is broken.")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(thing: Mapping[str, Any], key: str, otherwise: int | None = None) -> int:
    value = thing.get(key, otherwise)
    if not _is_whole(value) or not 0 <= value <= 0xFFFFFFFF:
        raise GlbError("The file's %(key)s is no number that can be.", key=key)
    return int(value)


def _list(thing: Mapping[str, Any], key: str) -> list[int]:
    found = thing.get(key, [])
    if not isinstance(found, list) or len(found) > MOST_THINGS:
        raise GlbError("The file's %(key)s are no list.", key=key)
    wholes: Callable[[Any], bool] = _is_whole
    if not all(wholes(place) for place in found):
        raise GlbError("The file's %(key)s are no list.", key=key)
    return found
