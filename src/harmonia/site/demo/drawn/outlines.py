"""Outlines as points (x, y) [px] on a sheet of 1200 by 900."""

from collections.abc import Iterable, Sequence
from math import cos, hypot, pi, sin

Point = tuple[float, float]
Outline = list[Point]


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> Outline:
    """Return a rectangle by its upper left corner, with round corners if asked."""
    if not radius:
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    corners = (
        (x + width - radius, y + radius, -90),
        (x + width - radius, y + height - radius, 0),
        (x + radius, y + height - radius, 90),
        (x + radius, y + radius, 180),
    )
    return [point for cx, cy, start in corners for point in arc(cx, cy, radius, radius, start, start + 90)]


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> Outline:
    """Return part of an ellipse; angles [deg] run clockwise from the right."""
    steps = max(8, round(abs(end - start) / 5))
    angles = [(start + (end - start) * step / steps) * pi / 180 for step in range(steps + 1)]
    return [(cx + rx * cos(angle), cy + ry * sin(angle)) for angle in angles]


def ellipse(cx: float, cy: float, rx: float, ry: float | None = None) -> Outline:
    """Return an ellipse by centre and half-axes; a circle without the second."""
    return arc(cx, cy, rx, rx if ry is None else ry, 0, 360)


def smooth(points: Sequence[Point], *, closed: bool = True) -> Outline:
    """Return a Catmull-Rom curve through the points."""
    count = len(points)
    ring = list(points) if closed else [points[0], *points, points[-1]]
    spans = range(count) if closed else range(1, count)
    found: Outline = []
    for index in spans:
        before, start, end, after = (
            (ring[(index + offset) % count] for offset in (-1, 0, 1, 2))
            if closed
            else (ring[index + offset] for offset in (-1, 0, 1, 2))
        )
        found += [_between(before, start, end, after, step / 12) for step in range(12)]
    return found if closed else [*found, points[-1]]


def _between(before: Point, start: Point, end: Point, after: Point, t: float) -> Point:
    x, y = (
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(before, start, end, after, strict=True)
    )
    return x, y


def turned(top: Point, bottom: Point, radii: Sequence[float]) -> Outline:
    """Return a post as a lathe turns it: radii [px] at even distances from top to bottom."""
    dx, dy = bottom[0] - top[0], bottom[1] - top[1]
    length = hypot(dx, dy)
    nx, ny = dy / length, -dx / length
    last = len(radii) - 1
    axis = [(top[0] + dx * k / last, top[1] + dy * k / last) for k in range(last + 1)]
    right = [(x + nx * r, y + ny * r) for (x, y), r in zip(axis, radii, strict=True)]
    left = [(x - nx * r, y - ny * r) for (x, y), r in zip(axis, radii, strict=True)]
    return [*smooth(right, closed=False), *reversed(smooth(left, closed=False))]


def leaf(x: float, y: float, length: float, angle: float, width: float = 0.42) -> Outline:
    """Return a leaf by its stem end, length [px] and direction [deg]."""
    turn = angle * pi / 180
    half = length * width / 2
    upper = [(length * t, -half * sin(pi * t**0.8)) for t in (k / 10 for k in range(11))]
    lower = [(length * t, half * sin(pi * t**0.8)) for t in (k / 10 for k in range(10, -1, -1))]
    return [
        (x + u * cos(turn) - v * sin(turn), y + u * sin(turn) + v * cos(turn)) for u, v in [*upper, *lower]
    ]


def moved(outline: Iterable[Point], dx: float, dy: float) -> Outline:
    """Return an outline somewhere else."""
    return [(x + dx, y + dy) for x, y in outline]


def rotated(outline: Iterable[Point], about: Point, angle: float) -> Outline:
    """Return an outline turned clockwise by an angle [deg]."""
    c, s = cos(angle * pi / 180), sin(angle * pi / 180)
    ax, ay = about
    return [(ax + (x - ax) * c - (y - ay) * s, ay + (x - ax) * s + (y - ay) * c) for x, y in outline]
