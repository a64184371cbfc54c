"""One deposit's way drawn from top to bottom, so that it reads on a phone: bars are places, bands are what went on.

Pure geometry in a drawing VIEW wide: names and figures stand beside the bars, all of it again in the table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

VIEW = 360.0
SLOT = 112.0  # room for a bar's words, below which no column shrinks
GAP = 10.0
BAR = 12.0
STEP = 116.0  # from a row of bars to the next
TOP = 40.0  # room for the words over the first bar
IN_A_ROW = 3
THINNEST = 1.5


@dataclass(frozen=True)
class Node:
    """A place: `rank` says what comes before what, `tone` is a colour's name, `here` [g] is what stayed."""

    key: str
    name: str
    rank: int
    tone: str
    here: float


@dataclass(frozen=True)
class Bar:
    """A place as drawn: its corner, its width, the part of it that stayed, and the words over it."""

    name: str
    tone: str
    x: float
    y: float
    width: float
    stayed: float
    grams: float
    here: float


@dataclass(frozen=True)
class Band:
    """What went from bar to bar: the outline of a closed curve, and its tone."""

    outline: str
    tone: str


@dataclass(frozen=True)
class Sankey:
    """A whole drawing."""

    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    height: float


def sankey(nodes: Sequence[Node], flows: Mapping[tuple[str, str], float]) -> Sankey:
    """Lay a drawing out. What went forth and back between two places is netted; back flows that remain are left out."""
    rank = {node.key: node.rank for node in nodes}
    net = {
        (a, b): grams - flows.get((b, a), 0.0)
        for (a, b), grams in flows.items()
        if a in rank and b in rank and rank[a] < rank[b] and grams > flows.get((b, a), 0.0)
    }
    size = {node.key: _size(node, net) for node in nodes}
    rows = _rows([node for node in nodes if size[node.key] > 0])
    scale = min((_scale([size[node.key] for node in row]) for row in rows), default=1.0)
    bars = _bars(rows, size, scale)
    return Sankey(
        tuple(bars.values()), tuple(_bands(net, bars, scale)), TOP + len(rows) * STEP - STEP + 2 * BAR
    )


def _size(node: Node, net: Mapping[tuple[str, str], float]) -> float:
    into = sum(grams for (_a, b), grams in net.items() if b == node.key)
    out = sum(grams for (a, _b), grams in net.items() if a == node.key)
    return max(into, out + node.here)


def _rows(nodes: Sequence[Node]) -> list[list[Node]]:
    rows: list[list[Node]] = []
    for rank in sorted({node.rank for node in nodes}):
        same = [node for node in nodes if node.rank == rank]
        rows += [same[begin : begin + IN_A_ROW] for begin in range(0, len(same), IN_A_ROW)]
    return rows


def _scale(sizes: Sequence[float]) -> float:
    """Return the largest scale [1/g] at which a row fits: small bars keep room for their words."""
    room = VIEW - GAP * (len(sizes) - 1)
    low, high = 0.0, room / max(sizes)
    for _ in range(40):
        middle = (low + high) / 2
        fits = sum(max(SLOT, size * middle) for size in sizes) <= room
        low, high = (middle, high) if fits else (low, middle)
    return low


def _bars(rows: Sequence[Sequence[Node]], size: Mapping[str, float], scale: float) -> dict[str, Bar]:
    bars = {}
    for number, row in enumerate(rows):
        slots = [max(SLOT, size[node.key] * scale) for node in row]
        x = (VIEW - sum(slots) - GAP * (len(row) - 1)) / 2
        for node, slot in zip(row, slots, strict=True):
            width = max(size[node.key] * scale, THINNEST)
            stayed = min(width, max(node.here * scale, THINNEST)) if node.here > 0 else 0.0
            y = TOP + number * STEP
            bars[node.key] = Bar(node.name, node.tone, x, y, width, stayed, size[node.key], node.here)
            x += slot + GAP
    return bars


def _bands(net: Mapping[tuple[str, str], float], bars: Mapping[str, Bar], scale: float) -> list[Band]:
    # Bands leave and arrive in the order of where they go, so that they cross as little as may be.
    leaving = {key: bar.x + bar.stayed for key, bar in bars.items()}
    arriving = {key: bar.x for key, bar in bars.items()}
    begin, end = {}, {}
    for a, b in sorted(net, key=lambda edge: (bars[edge[0]].x, bars[edge[1]].x)):
        begin[a, b] = leaving[a]
        leaving[a] += net[a, b] * scale
    for a, b in sorted(net, key=lambda edge: (bars[edge[1]].x, bars[edge[0]].x)):
        end[a, b] = arriving[b]
        arriving[b] += net[a, b] * scale
    return [
        Band(
            _curve(begin[a, b], bars[a].y + BAR, end[a, b], bars[b].y, max(net[a, b] * scale, THINNEST)),
            bars[b].tone,
        )
        for a, b in net
    ]


def _curve(x0: float, y0: float, x1: float, y1: float, width: float) -> str:
    middle = (y0 + y1) / 2
    return (
        f"M{x0:.1f} {y0:.1f}C{x0:.1f} {middle:.1f} {x1:.1f} {middle:.1f} {x1:.1f} {y1:.1f}"
        f"H{x1 + width:.1f}C{x1 + width:.1f} {middle:.1f} {x0 + width:.1f} {middle:.1f} {x0 + width:.1f} {y0:.1f}Z"
    )
