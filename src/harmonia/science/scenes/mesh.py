"""Meshes: a relief of a picture, a piece of draped cloth."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.uint32]
Pixels = npt.NDArray[np.uint8]

FINEST = 160  # [points] of a grid's longer side: 50,000 triangles, which a telephone draws easily
DEPTH = 0.17  # how far a relief stands out, in units of its longer side
BORDER = 0.1  # share of a relief's side over which it falls to its edge


@dataclass(frozen=True, eq=False)
class Mesh:
    """Points (n, 3) and normals (n, 3) [m], y up, z towards the viewer; uv (n, 2), v down; triangles (m, 3).

    `texture` is a PNG or JPEG file.
    """

    name: str
    points: Floats
    normals: Floats
    uv: Floats
    triangles: Indices
    texture: bytes


def relief(pixels: Pixels, texture: bytes, name: str, finest: int = FINEST) -> Mesh:
    """Return a relief of a picture (height, width, 3): what differs from the edge's colour stands out, edges fall back.

    A guess of depth from one picture, not a measurement: enough to catch light from all sides of a hologram.
    """
    height, width = pixels.shape[:2]
    columns, rows = _grid(width, height, finest)
    light = _sampled(pixels, columns, rows)
    edge = np.concatenate((light[0], light[-1], light[:, 0], light[:, -1]))
    value = np.asarray(np.linalg.norm(light - np.median(edge, axis=0), axis=2), dtype=np.float32)
    smooth = _blurred(value, max(1, min(columns, rows) // 30))
    low, high = np.quantile(smooth, (0.25, 0.97))
    raised = np.clip((smooth - low) / max(high - low, 1e-6), 0, 1) * _falling(columns, rows)
    return _surface(raised * DEPTH, width, height, texture, name)


def drape(
    width: int, height: int, texture: bytes, name: str, *, folds: float = 2.5, depth: float = 0.05
) -> Mesh:
    """Return a hanging piece of cloth with soft folds that grow towards its lower edge."""
    columns, rows = _grid(width, height, 96)
    x, y = np.linspace(0, 1, columns)[None, :], np.linspace(0, 1, rows)[:, None]
    waves = np.sin(2 * np.pi * folds * x + 0.6 * y) + 0.35 * np.sin(
        2 * np.pi * 1.7 * folds * x + 2.0 - 0.9 * y
    )
    return _surface(depth * waves * (0.25 + 0.75 * y), width, height, texture, name)


def _grid(width: int, height: int, finest: int) -> tuple[int, int]:
    longer = max(width, height)
    return max(2, round(finest * width / longer)), max(2, round(finest * height / longer))


def _sampled(pixels: Pixels, columns: int, rows: int) -> Floats:
    """Return means (rows, columns, 3) 0-1 of the pixels around each point of a grid."""
    lines = np.linspace(0, len(pixels), rows + 1).astype(int)[:-1]
    across = np.linspace(0, pixels.shape[1], columns + 1).astype(int)[:-1]
    sums = np.add.reduceat(np.add.reduceat(pixels.astype(np.float64), lines, axis=0), across, axis=1)
    counts = (
        np.diff(np.append(lines, len(pixels)))[:, None] * np.diff(np.append(across, pixels.shape[1]))[None]
    )
    return np.asarray(sums / np.maximum(counts, 1)[..., None] / 255, dtype=np.float32)


def _blurred(values: Floats, radius: int) -> Floats:
    for _ in range(2):
        for axis in (0, 1):
            padded = np.pad(values, [(radius, radius) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
            sums = np.cumsum(np.insert(padded, 0, 0, axis=axis), axis=axis)
            ends = np.take(sums, range(2 * radius + 1, sums.shape[axis]), axis=axis)
            starts = np.take(sums, range(sums.shape[axis] - 2 * radius - 1), axis=axis)
            values = np.asarray((ends - starts) / (2 * radius + 1), dtype=np.float32)
    return values


def _falling(columns: int, rows: int) -> Floats:
    x, y = np.linspace(0, 1, columns)[None, :], np.linspace(0, 1, rows)[:, None]
    edge = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y)) / BORDER
    soft = np.clip(edge, 0, 1)
    return np.asarray(soft * soft * (3 - 2 * soft), dtype=np.float32)


def _surface(depths: npt.NDArray[np.floating], width: int, height: int, texture: bytes, name: str) -> Mesh:
    """Return the surface of a grid of depths (rows, columns); the longer side is 1 m."""
    rows, columns = depths.shape
    longer = max(width, height)
    u, v = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
    x, y = (u - 0.5) * width / longer, (0.5 - v) * height / longer
    along = np.gradient(depths, axis=1) / max(width / longer / (columns - 1), 1e-9)
    down = np.gradient(depths, axis=0) / max(height / longer / (rows - 1), 1e-9)
    normals = np.stack((-along, down, np.ones_like(depths)), axis=2)
    normals /= np.linalg.norm(normals, axis=2, keepdims=True)
    corner = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).reshape(-1)
    below = corner + columns
    two = np.stack((corner, below, corner + 1, corner + 1, below, below + 1), axis=1)
    return Mesh(
        name=name,
        points=np.stack((x, y, depths), axis=2).reshape(-1, 3).astype(np.float32),
        normals=normals.reshape(-1, 3).astype(np.float32),
        uv=np.stack((u, v), axis=2).reshape(-1, 2).astype(np.float32),
        triangles=two.reshape(-1, 3).astype(np.uint32),
        texture=texture,
    )
