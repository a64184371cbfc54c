"""Write glTF 2.0 in its binary form, GLB. https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html"""

import json
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from harmonia.science.scenes.mesh import Mesh

MAGIC, VERSION = b"glTF", 2
JSON_CHUNK, BIN_CHUNK = b"JSON", b"BIN\x00"
FLOAT, UNSIGNED_INT = 5126, 5125
VERTICES, INDICES = 34_962, 34_963  # what a buffer view is for
PNG = b"\x89PNG\r\n\x1a\n"


def write_glb(meshes: Sequence[Mesh], *, title: str = "", rights: str = "") -> bytes:
    """Return meshes as one GLB file, each a node with its own texture, rough and without metal."""
    body = _Body()
    document: dict[str, Any] = {
        "asset": {"version": "2.0", "generator": "Harmonia", **({"copyright": rights} if rights else {})},
        "scene": 0,
        "scenes": [{"nodes": list(range(len(meshes))), **({"name": title} if title else {})}],
        "nodes": [{"mesh": place, "name": mesh.name} for place, mesh in enumerate(meshes)],
        "meshes": [
            {"name": mesh.name, "primitives": [body.primitive(mesh, n)]} for n, mesh in enumerate(meshes)
        ],
        "materials": [_material(place) for place in range(len(meshes))],
        "textures": [{"source": place, "sampler": 0} for place in range(len(meshes))],
        "samplers": [{"magFilter": 9729, "minFilter": 9987, "wrapS": 33_071, "wrapT": 33_071}],
        "images": [body.image(mesh.texture) for mesh in meshes],
    }
    document |= {
        "accessors": body.accessors,
        "bufferViews": body.views,
        "buffers": [{"byteLength": len(body.data)}],
    }
    return pack(document, bytes(body.data))


def pack(document: dict[str, Any], data: bytes) -> bytes:
    """Return a glTF document and its buffer as GLB."""
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    padded = data + bytes(-len(data) % 4)
    length = 12 + 8 + len(text) + 8 + len(padded)
    return b"".join(
        (
            struct.pack("<4sII", MAGIC, VERSION, length),
            struct.pack("<I4s", len(text), JSON_CHUNK),
            text,
            struct.pack("<I4s", len(padded), BIN_CHUNK),
            padded,
        )
    )


def _material(place: int) -> dict[str, Any]:
    return {
        "pbrMetallicRoughness": {
            "baseColorTexture": {"index": place},
            "metallicFactor": 0.0,
            "roughnessFactor": 0.9,
        },
        "doubleSided": True,
    }


class _Body:
    """The buffer, and what lies where in it."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.views: list[dict[str, Any]] = []
        self.accessors: list[dict[str, Any]] = []

    def primitive(self, mesh: Mesh, material: int) -> dict[str, Any]:
        points = self._floats(mesh.points, "VEC3", bounds=True)
        normals = self._floats(mesh.normals, "VEC3")
        uv = self._floats(mesh.uv, "VEC2")
        corners = np.ascontiguousarray(mesh.triangles.reshape(-1), dtype="<u4")
        view = self._view(corners.tobytes(), INDICES)
        self.accessors.append(
            {"bufferView": view, "componentType": UNSIGNED_INT, "count": len(corners), "type": "SCALAR"}
        )
        attributes = {"POSITION": points, "NORMAL": normals, "TEXCOORD_0": uv}
        return {"attributes": attributes, "indices": len(self.accessors) - 1, "material": material}

    def image(self, content: bytes) -> dict[str, Any]:
        kind = "image/png" if content.startswith(PNG) else "image/jpeg"
        return {"bufferView": self._view(content, None), "mimeType": kind}

    def _floats(self, values: npt.NDArray[np.float32], shape: str, *, bounds: bool = False) -> int:
        held = np.ascontiguousarray(values, dtype="<f4")
        accessor = {
            "bufferView": self._view(held.tobytes(), VERTICES),
            "componentType": FLOAT,
            "count": len(held),
            "type": shape,
        }
        if bounds:
            accessor |= {"min": held.min(axis=0).tolist(), "max": held.max(axis=0).tolist()}
        self.accessors.append(accessor)
        return len(self.accessors) - 1

    def _view(self, content: bytes, target: int | None) -> int:
        self.data += bytes(-len(self.data) % 4)
        view = {"buffer": 0, "byteOffset": len(self.data), "byteLength": len(content)}
        self.views.append(view | ({"target": target} if target else {}))
        self.data += content
        return len(self.views) - 1
