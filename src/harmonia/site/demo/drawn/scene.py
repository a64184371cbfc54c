"""The ground a thing stands on: light of the day, a table or hills, and small company."""

from collections.abc import Sequence

from harmonia.science.weaving.palette import Colour
from harmonia.site.demo.drawn.canvas import (
    AMBER,
    CORAL,
    CREAM,
    HEIGHT,
    INDIGO,
    LEAF,
    LINEN,
    MIST,
    OAK,
    PLUM,
    TEAL,
    WIDTH,
    Canvas,
    darker,
    lighter,
    mixed,
)
from harmonia.site.demo.drawn.outlines import Outline, Point, box, ellipse, leaf, smooth

TABLE = 655  # where the table begins [px]


def paper(on: Canvas, halo: Colour = AMBER) -> None:
    """Warm paper, a pale disc behind the thing, a table of honey-coloured wood."""
    on.wash(((0, (250, 242, 225)), (1, (240, 222, 190))), 0, HEIGHT)
    on.shape(ellipse(600, 410, 330), mixed((246, 232, 206), halo, 0.24), shade=0.03)
    table(on, (205, 160, 108))


def dusk(on: Canvas) -> None:
    """An evening from indigo to coral, a pale moon, a dark table."""
    _evening(on, TABLE)
    on.shape(ellipse(600, 410, 330), (232, 176, 148), shade=0.05, alpha=0.2)
    table(on, (84, 60, 66))


def morning(on: Canvas) -> None:
    """A pale green morning without a table."""
    on.wash(((0, (214, 230, 216)), (0.6, (240, 238, 216)), (1, (246, 228, 196))), 0, HEIGHT)
    on.shape(ellipse(600, 400, 330), (252, 244, 218), shade=0.03, alpha=0.75)


def evening(on: Canvas) -> None:
    """The same evening without a table."""
    _evening(on, HEIGHT)


def _evening(on: Canvas, bottom: float) -> None:
    stops = ((0, (38, 50, 84)), (0.45, (88, 68, 112)), (0.8, (176, 104, 112)), (1, (230, 150, 112)))
    on.wash(stops, 0, bottom)


def table(on: Canvas, colour: Colour) -> None:
    """A table with boards, and a woven runner along its edge."""
    on.shape(box(-4, TABLE, WIDTH + 8, HEIGHT - TABLE + 4), colour, grain="wood", shade=0.08)
    on.line([(0, TABLE), (WIDTH, TABLE)], 4, lighter(colour, 0.3), alpha=0.7)
    for y in (700, 768):
        on.line([(0, y), (WIDTH, y)], 2, darker(colour, 0.35), alpha=0.5)
    _runner(on, 832)


def _runner(on: Canvas, y: float) -> None:
    dyes = (TEAL, CORAL, INDIGO, AMBER, PLUM, LEAF, LINEN, MIST)
    on.shape(box(-4, y, WIDTH + 8, 80), (58, 48, 54), grain="cloth")
    x = -4.0
    while x < WIDTH:
        width = 12.0 * int(on.dice.integers(6, 13))
        one, two = on.any_of(dyes), on.any_of(dyes)
        slant = int(on.dice.choice((-1, 1)))
        _twill(on, x, y, width, (one, two), slant)
        x += width


def _twill(on: Canvas, x: float, y: float, width: float, weft: Sequence[Colour], slant: int) -> None:
    field = box(x, y, width, 80)
    for rows, colour in ((range(6), weft[0]), (range(6, 11), weft[1])):
        floats = []
        for row in rows:
            start = x + (slant * row * 6) % 24 - 24
            floats += [box(start + k * 24, y + 4 + row * 6, 15, 4.5) for k in range(round(width / 24) + 2)]
        on.shapes(floats, colour, within=field)


def hills(on: Canvas, colours: Sequence[Colour], top: float) -> None:
    """Hills one behind the other, the nearest last."""
    for index, colour in enumerate(colours):
        y = top + index * 75
        ridge: list[Point] = [(x, on.near(y, 34)) for x in range(-100, WIDTH + 200, 150)]
        on.shape(
            [*smooth(ridge, closed=False), (WIDTH + 100, HEIGHT + 4), (-100, HEIGHT + 4)], colour, shade=0.04
        )


def sprig(on: Canvas, root: Point, tip: Point, colour: Colour, leaves: int = 4, length: float = 46) -> None:
    """A stem with leaves on both sides."""
    (x, y), (u, v) = root, tip
    bend = ((x + u) / 2 + (v - y) * 0.08, (y + v) / 2)
    on.line(smooth([root, bend, tip], closed=False), 4, darker(colour, 0.2))
    for k in range(leaves):
        share = 0.3 + 0.7 * (k + 0.5) / leaves
        px, py = x + (u - x) * share, y + (v - y) * share
        size = length * (1.1 - 0.35 * share)
        on.shape(leaf(px, py, size, on.near(-30, 10)), colour)
        on.shape(leaf(px, py, size, on.near(-150, 10)), lighter(colour, 0.16))
    on.shape(leaf(u, v + 6, length * 0.8, -90), lighter(colour, 0.1))


def lemon(on: Canvas, x: float, y: float, size: float = 38) -> None:
    """A lemon lying on its side."""
    ring: Outline = [
        (x - size * 1.25, y),
        (x - size * 0.9, y - size * 0.5),
        (x, y - size * 0.82),
        (x + size * 0.9, y - size * 0.5),
        (x + size * 1.25, y - 2),
        (x + size * 0.9, y + size * 0.5),
        (x, y + size * 0.82),
        (x - size * 0.9, y + size * 0.5),
    ]
    on.shape(smooth(ring), (240, 196, 72), shade=0.12)
    on.line(
        smooth(
            [(x - size * 0.6, y - size * 0.4), (x, y - size * 0.6), (x + size * 0.4, y - size * 0.5)],
            closed=False,
        ),
        5,
        CREAM,
        alpha=0.55,
    )


def trunk_brown() -> Colour:
    """Return the brown of bark."""
    return darker(OAK, 0.45)
