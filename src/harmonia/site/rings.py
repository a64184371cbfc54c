"""Growth rings of the Nexus as SVG: the same days always draw the same rings.

Today is the innermost ring and each older day lies outside it, so that what is new is bright and what is
past fades outwards. A ring never crosses its neighbour: each radius is the one inside it plus a width that
is above zero in every direction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from html import escape
from math import cos, pi, sin

VIEW = 1000
"""Side of the square drawing [1]."""

POINTS = 28
"""Directions in which a ring is given; between them the curve is smooth."""

HEART = 0.26
"""Radius of the innermost ring [share of the outermost one]."""

LONGEST_BREATH_S = 8.0
SHORTEST_BREATH_S = 4.0
MOTES_A_RING = 4


@dataclass(frozen=True)
class RingDay:
    """What one ring tells: `gas_m3` [m3/d], None where nobody read the meter."""

    day: date
    gas_m3: float | None
    stories: int = 0
    drop_offs: int = 0


Ring = list[float]


def breath_seconds(gas_m3_d: float, usual_m3_d: float) -> float:
    """Period of the breath [s]: 8 at rest, 6 at the usual gas rate, 4 at twice that rate and above."""
    share = gas_m3_d / usual_m3_d if usual_m3_d > 0 else 0.0
    return LONGEST_BREATH_S - 2.0 * min(max(share, 0.0), 2.0)


def breath_of(days: Sequence[RingDay]) -> float | None:
    """Period of the breath [s] of the newest reading against the mean of all; None without a reading."""
    read = [day.gas_m3 for day in days if day.gas_m3 is not None]
    return breath_seconds(read[-1], sum(read) / len(read)) if read else None


def _chance(*words: object) -> float:
    """A number in [0, 1) that depends on the words alone."""
    digest = blake2b("|".join(map(str, words)).encode(), digest_size=4).digest()
    return int.from_bytes(digest) / 2**32


def _widths(days: Sequence[RingDay]) -> list[float]:
    known = [day.gas_m3 for day in days if day.gas_m3 is not None and day.gas_m3 > 0]
    mean = sum(known) / len(known) if known else 1.0
    return [0.35 + min(max(day.gas_m3 or 0.0, 0.0) / mean, 3.0) for day in days]


def _swell(day: date, angle: float) -> float:
    """How much a day leans into a direction, in [-1, 1]; neighbouring days lean alike."""
    turn = day.toordinal() * 0.19
    waves = ((2, 0.32, 0.8), (3, 0.34, -0.7), (4, 0.14, 1.3), (5, 0.20, -1.1))
    return sum(weight * cos(k * angle + turn * drift + k) for k, weight, drift in waves)


def ring_radii(days: Sequence[RingDay]) -> list[Ring]:
    """Radius of each ring in POINTS directions [share of VIEW / 2], newest (last) day first.

    Strictly growing from ring to ring in every direction; the largest is 0.96.
    """
    newest_first = list(reversed(days))
    angles = [2 * pi * point / POINTS for point in range(POINTS)]
    widths = _widths(newest_first)
    heart = sum(widths) * HEART / (1 - HEART)
    rings: list[Ring] = []
    inner = [0.0] * POINTS
    for index, (day, width) in enumerate(zip(newest_first, widths, strict=True)):
        step, lean = (heart, 0.12) if index == 0 else (width, 0.66)
        inner = [
            radius + step * (1 + lean * _swell(day.day, angle))
            for radius, angle in zip(inner, angles, strict=True)
        ]
        rings.append(inner)
    reach = max((max(ring) for ring in rings), default=1.0)
    return [[0.96 * radius / reach for radius in ring] for ring in rings]


def _place(radius: float, angle: float) -> tuple[int, int]:
    half = VIEW / 2
    return round(half + half * radius * cos(angle)), round(half + half * radius * sin(angle))


def _path(ring: Ring) -> str:
    """A closed Catmull-Rom curve through the ring, as relative smooth Bézier pieces."""
    points = [_place(radius, 2 * pi * index / len(ring)) for index, radius in enumerate(ring)]
    count = len(points)

    def tangent(index: int) -> tuple[float, float]:
        (x0, y0), (x1, y1) = points[index - 1], points[(index + 1) % count]
        return (x1 - x0) / 6, (y1 - y0) / 6

    (x, y), (tx, ty) = points[0], tangent(0)
    pieces = [f"M{x} {y}"]
    for index in range(count):
        following = (index + 1) % count
        (nx, ny), (mx, my) = points[following], tangent(following)
        end = f"{round(nx - mx) - x} {round(ny - my) - y} {nx - x} {ny - y}"
        pieces.append(f"c{round(tx)} {round(ty)} {end}" if index == 0 else f"s{end}")
        (x, y), (tx, ty) = (nx, ny), (mx, my)
    return "".join(pieces).replace(" -", "-") + "z"


def _ring(day: RingDay, ring: Ring, age: float) -> str:
    kind = "day unread" if day.gas_m3 is None else "day told" if day.stories else "day"
    return f'<path class="{kind}" opacity="{1 - 0.8 * age**0.8:.2f}" d="{_path(ring)}"/>'


def _motes(day: RingDay, ring: Ring, age: float) -> str:
    """One mote a story and one a drop-off, up to four each, near the day's ring."""
    motes = []
    for kind, count in (("mote told", day.stories), ("mote", day.drop_offs)):
        for number in range(min(count, MOTES_A_RING)):
            angle = 2 * pi * _chance(day.day, kind, number)
            astray = 0.9 + 0.22 * _chance("r", day.day, kind, number)
            x, y = _place(min(ring[int(angle / (2 * pi) * len(ring))] * astray, 0.99), angle)
            size = 2.5 + 4.5 * _chance("s", day.day, kind, number)
            where = f'cx="{x}" cy="{y}" r="{size:.1f}"'
            motes.append(f'<circle class="{kind}" opacity="{1 - 0.6 * age:.2f}" {where}/>')
    return "".join(motes)


def _drawing(days: Sequence[RingDay]) -> str:
    if not days:
        quiet = _path([0.5 + 0.02 * cos(3 * 2 * pi * point / POINTS) for point in range(POINTS)])
        return f'<path class="day unread" d="{quiet}"/>'
    rings = ring_radii(days)
    oldest = max(len(days) - 1, 1)
    newest_first = enumerate(zip(reversed(days), rings, strict=True))
    numbered = [(day, ring, number / oldest) for number, (day, ring) in newest_first]
    lines = "".join(_ring(*each) for each in reversed(numbered))
    return lines + "".join(_motes(*each) for each in numbered)


def _breath_class(breath_s: float | None) -> str:
    if breath_s is None:
        return ""
    quarters = round(4 * min(max(breath_s, SHORTEST_BREATH_S), LONGEST_BREATH_S))
    return f" breathing breath-{quarters}"


def rings_svg(days: Sequence[RingDay], *, breath_s: float | None, title: str, description: str) -> str:
    """An inline SVG of the days, oldest first; colours come from the stylesheet's `.rings`.

    `breath_s` [s] is drawn to the nearest quarter second between 4 and 8; None holds still. An empty
    sequence draws one quiet dotted ring. Both texts are escaped here.
    """
    return (
        f'<svg class="rings{_breath_class(breath_s)}" viewBox="0 0 {VIEW} {VIEW}" role="img">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        '<defs><radialGradient id="rings-heart"><stop class="heart-inner" offset="0"/>'
        '<stop class="heart-middle" offset=".45"/><stop class="heart-outer" offset="1"/>'
        "</radialGradient></defs>"
        f'<circle class="heart" cx="{VIEW // 2}" cy="{VIEW // 2}" r="{VIEW // 2}" fill="url(#rings-heart)"/>'
        f'<g class="body">{_drawing(days)}</g></svg>'
    )
