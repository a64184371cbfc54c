"""A quilt, a bag, a bowl and a kite: things of cloth."""

from math import cos, pi, sin

from harmonia.science.weaving.palette import Colour
from harmonia.site.demo.drawn.canvas import (
    AMBER,
    BRICK,
    CORAL,
    CREAM,
    INDIGO,
    LEAF,
    LINEN,
    MIST,
    OAK,
    PINE,
    PLUM,
    TEAL,
    UMBER,
    Canvas,
    darker,
    lighter,
    mixed,
)
from harmonia.site.demo.drawn.outlines import Outline, Point, arc, box, ellipse, leaf, rotated, smooth
from harmonia.site.demo.drawn.scene import evening, hills, lemon, morning, paper

PATCH = 118  # [px]
STEEL_TIP: Colour = (220, 220, 214)
FLOWERS = (
    (446, 486), (590, 448), (738, 492), (510, 602), (664, 584), (420, 704), (574, 716), (722, 690), (806, 600),
    (380, 590), (810, 768), (656, 786), (486, 790),
)  # fmt: skip


def quilt(on: Canvas) -> None:
    """Work shirts as patches, on the line."""
    morning(on)
    hills(on, ((190, 212, 176), (160, 192, 140), (126, 168, 106)), 640)
    for x in (110, 1090):
        on.shape(box(x - 13, 84, 26, 790, 6), OAK, grain="wood_up", shade=0.08)
        on.shape(box(x - 46, 104, 92, 20, 6), darker(OAK, 0.15), grain="wood")
    on.line(
        smooth([(110, 112), (350, 140), (600, 148), (850, 140), (1090, 112)], closed=False),
        4,
        darker(UMBER, 0.3),
    )
    _patches(on)
    for x in (252, 425, 600, 775, 948):
        on.shape(box(x - 9, 116, 18, 54, 5), PINE, grain="wood_up", shade=0.1)
        on.line([(x - 9, 140), (x + 9, 140)], 3, darker(OAK, 0.4))


def _patches(on: Canvas) -> None:
    hem = [
        *[(x, _sag(x) + 144) for x in range(234, 968, 12)],
        *[(x, _sag(x) + 760 + 9 * sin(x / 55)) for x in range(966, 232, -12)],
    ]
    on.shape(hem, INDIGO, grain="cloth", shade=0.05)
    dyes = (
        INDIGO,
        MIST,
        LINEN,
        CORAL,
        TEAL,
        AMBER,
        lighter(INDIGO, 0.45),
        lighter(CORAL, 0.4),
        darker(INDIGO, 0.3),
    )
    order = (0, 4, 2, 6, 3, 1, 7, 2, 8, 5, 0, 4, 5, 6, 1, 3, 7, 8, 4, 3, 7, 0, 2, 6, 1, 8, 5, 4, 0, 2)
    for index, dye in enumerate(order):
        row, column = divmod(index, 6)
        x, y = 246 + column * PATCH, 156 + row * PATCH
        corners = [(x, y), (x + PATCH - 1, y), (x + PATCH - 1, y + PATCH - 1), (x, y + PATCH - 1)]
        patch: Outline = [(u, v + _sag(u) + row * sin(u / 55)) for u, v in corners]
        on.shape(patch, dyes[dye], grain="cloth", shade=0.08)
        _pattern(on, patch, dyes[dye], (row * 5 + column * 3) % 4)
        on.line([*patch, patch[0]], 1.5, darker(dyes[dye], 0.35), alpha=0.5)
    _pocket(on, 246 + 4 * PATCH, 156 + PATCH * 2 + 6)


def _sag(x: float) -> float:
    return 8 * (1 - ((x - 600) / 366) ** 2)


def _pattern(on: Canvas, patch: Outline, colour: Colour, kind: int) -> None:
    x, y = patch[0]
    pale = lighter(colour, 0.5) if sum(colour) < 560 else mixed(colour, INDIGO, 0.45)
    if kind in (1, 2):
        on.shapes(
            [box(x + k * 17 + 5, y - 12, 5, PATCH + 30) for k in range(7)], pale, within=patch, alpha=0.7
        )
    if kind == 2:
        on.shapes(
            [box(x - 6, y + k * 17 + 5, PATCH + 12, 5) for k in range(8)], pale, within=patch, alpha=0.6
        )
    if kind == 3:
        on.shapes(
            [ellipse(x + 14 + u * 22 + v % 2 * 11, y + 12 + v * 19, 3.4) for u in range(5) for v in range(6)],
            pale,
            within=patch,
        )


def _pocket(on: Canvas, x: float, y: float) -> None:
    body: Outline = [
        (x + 20, y + 22),
        (x + 98, y + 22),
        (x + 98, y + 82),
        (x + 59, y + 104),
        (x + 20, y + 82),
    ]
    on.shape(body, darker(INDIGO, 0.1), grain="cloth", shade=0.08)
    on.shape(
        [(x + 16, y + 14), (x + 102, y + 14), (x + 102, y + 34), (x + 59, y + 48), (x + 16, y + 34)],
        lighter(INDIGO, 0.14),
        grain="cloth",
    )
    on.line([*body, body[0]], 1.5, LINEN, alpha=0.6)
    on.shape(ellipse(x + 59, y + 36, 6.5), CREAM, shade=0.1)


def bag(on: Canvas) -> None:
    """A bag of curtain cloth with the shopping in it."""
    paper(on, LEAF)
    _groceries(on)
    handle = smooth(
        [(470, 420), (480, 260), (540, 196), (600, 184), (660, 196), (720, 260), (730, 420)], closed=False
    )
    on.line(handle, 27, darker(UMBER, 0.25))
    on.line(handle, 20, UMBER)
    sides = [(392, 384), (600, 394), (808, 384), (826, 560), (846, 740), (820, 796), (600, 806), (380, 796)]
    body = smooth([*sides, (354, 740), (374, 560)])
    on.shape(body, PLUM, grain="cloth", shade=0.14)
    for x, y in FLOWERS:
        _flower(on, body, x, y)
    for x in (500, 700):
        on.line(
            smooth([(x, 420), (x + (x - 600) * 0.15, 540), (x - (x - 600) * 0.1, 640)], closed=False),
            5,
            darker(PLUM, 0.35),
            within=body,
            alpha=0.5,
        )
    upper = smooth([(386, 374), (600, 386), (814, 374)], closed=False)
    on.shape([*upper, *((x, y + 36) for x, y in reversed(upper))], darker(PLUM, 0.16), grain="cloth")
    on.shapes([box(398 + k * 27, 397 + 11 * sin(k * pi / 14.5), 14, 3) for k in range(15)], LINEN, alpha=0.85)
    for x in (470, 730):
        on.shape(box(x - 15, 384, 30, 66, 5), UMBER, grain="cloth", shade=0.1)
        on.shapes([ellipse(x, 402, 4), ellipse(x, 432, 4)], AMBER)
    lemon(on, 940, 760, 44)


def _groceries(on: Canvas) -> None:
    on.shape(
        rotated(smooth([(640, 150), (672, 128), (704, 150), (712, 430), (632, 430)]), (670, 430), 12),
        (206, 146, 82),
        shade=0.14,
    )
    for k in range(4):
        y = 176 + k * 54
        on.line(rotated([(650, y + 18), (694, y)], (670, 430), 12), 8, (244, 208, 150))
    for x, lean in ((486, -9), (546, -1)):
        for angle, green in (
            (-126, darker(LEAF, 0.3)),
            (-104, LEAF),
            (-76, darker(LEAF, 0.15)),
            (-54, darker(LEAF, 0.36)),
        ):
            on.shape(rotated(leaf(x, 268, 178, angle, 0.2), (x, 430), lean), green, shade=0.1)
        on.shape(
            rotated([(x - 24, 262), (x + 24, 262), (x + 21, 330), (x - 21, 330)], (x, 430), lean),
            lighter(LEAF, 0.35),
        )
        on.shape(
            rotated([(x - 21, 328), (x + 21, 328), (x + 22, 430), (x - 22, 430)], (x, 430), lean),
            (246, 244, 222),
            shade=0.1,
        )
    for k, green in enumerate((LEAF, darker(LEAF, 0.2), lighter(LEAF, 0.15), darker(LEAF, 0.1), LEAF)):
        on.shape(leaf(600 + k * 4, 410, 128 - abs(k - 2) * 12, -128 + k * 19, 0.6), green)


def _flower(on: Canvas, body: Outline, x: float, y: float) -> None:
    for k in range(5):
        angle = k * 2 * pi / 5 - pi / 2
        on.shape(ellipse(x + 15 * cos(angle), y + 15 * sin(angle), 12), lighter(PLUM, 0.7), within=body)
    on.shape(ellipse(x, y, 8), AMBER, within=body)
    on.shape(leaf(x + 24, y + 18, 32, 40), MIST, within=body, alpha=0.8)
    on.shape(leaf(x - 22, y + 20, 28, 140), MIST, within=body, alpha=0.8)


def bowl(on: Canvas) -> None:
    """A bowl of coiled cloth with pears."""
    paper(on, CORAL)
    rounds = (
        INDIGO,
        lighter(INDIGO, 0.3),
        LINEN,
        PLUM,
        TEAL,
        INDIGO,
        LINEN,
        lighter(PLUM, 0.3),
        INDIGO,
        TEAL,
    )
    on.shape(ellipse(600, 446, 320, 62), darker(INDIGO, 0.45), grain="cloth")
    for x, y, lean, green in ((486, 372, -14, False), (724, 374, 16, True), (604, 344, 4, False)):
        _pear(on, x, y, lean, green=green)
    for index, colour in enumerate(reversed(rounds)):
        level = len(rounds) - 1 - index
        width = 318 - 13 * level - 0.9 * level**2
        _coil(on, 476 + level * 29, width, colour)
    _coil(on, 448, 326, BRICK)


def _coil(on: Canvas, y: float, width: float, colour: Colour) -> None:
    # The near half of one round of cord, seen a little from above.
    upper = [(600 + width * cos(a), y + 46 * sin(a)) for a in (k * pi / 40 for k in range(41))]
    lower = [(u, v + 36) for u, v in reversed(upper)]
    cord = [*upper, *lower]
    on.shape(smooth([cord[k] for k in range(0, len(cord), 4)]), darker(colour, 0.28), grain="cloth")
    body = [(u, v + 2) for u, v in upper] + [(u, v - 8) for u, v in lower]
    on.shape(body, colour, grain="cloth", shade=0.1)
    on.line([(u, v + 9) for u, v in upper[2:-2]], 5, lighter(colour, 0.45), alpha=0.35)
    for k in range(2, 39, 3):
        u, v = upper[k]
        on.line([(u - 4, v + 5), (u + 6, v + 30)], 2.5, CREAM, alpha=0.55)


def _pear(on: Canvas, x: float, y: float, lean: float, *, green: bool) -> None:
    colour: Colour = (156, 184, 84) if green else (226, 184, 78)
    half: list[Point] = [
        (0, -148),
        (22, -140),
        (34, -104),
        (48, -66),
        (80, -20),
        (92, 36),
        (74, 90),
        (30, 112),
    ]
    right = [(x + u, y + v) for u, v in half]
    left = [(x - u, y + v) for u, v in reversed(half)]
    on.line(rotated([(x, y - 140), (x + 8, y - 186)], (x, y), lean), 8, UMBER)
    on.shape(rotated(leaf(x + 6, y - 160, 66, -14), (x, y), lean), darker(LEAF, 0.12))
    on.shape(rotated(smooth([*right, *left]), (x, y), lean), colour, shade=0.16)
    on.shape(rotated(ellipse(x + 40, y + 24, 38, 54), (x, y), lean), CORAL, alpha=0.14)
    on.shape(rotated(ellipse(x + 44, y + 26, 26, 40), (x, y), lean), CORAL, alpha=0.14)
    on.line(
        rotated(smooth([(x - 26, y - 96), (x - 40, y - 50), (x - 62, y)], closed=False), (x, y), lean),
        10,
        CREAM,
        alpha=0.5,
    )


def kite(on: Canvas) -> None:
    """A kite of umbrella cloth over hills with lit windows."""
    evening(on)
    on.shapes(
        [ellipse(on.near(600, 580), on.near(150, 130), on.near(2, 1)) for _ in range(40)], CREAM, alpha=0.6
    )
    crescent = [*arc(206, 190, 62, 62, -90, 90), *arc(206, 190, 26, 62, 90, -90)]
    on.shape(rotated(crescent, (206, 190), 28), (250, 226, 178), shade=0.04)
    hills(on, ((120, 72, 104), (84, 56, 92), (52, 42, 72)), 668)
    _roofs(on)
    middle: Point = (640, 330)
    tail = smooth(
        [(566, 566), (520, 626), (560, 680), (520, 744), (420, 762), (350, 716), (270, 730)], closed=False
    )
    on.line(smooth([middle, (830, 560), (990, 760), (1060, 920)], closed=False), 2.5, CREAM, alpha=0.6)
    on.line(tail, 4, LINEN)
    for k, at in enumerate(range(8, len(tail) - 4, 14)):
        _bow(on, tail[at], (CORAL, AMBER, TEAL, LINEN, lighter(PLUM, 0.3))[k % 5], k * 47)
    top, bottom, left, right = (708, 96), (566, 566), (430, 258), (868, 344)
    for one, other, colour in (
        (top, left, CORAL),
        (top, right, AMBER),
        (bottom, left, TEAL),
        (bottom, right, INDIGO),
    ):
        # Umbrella cloth is cut with a hollow edge between its ribs.
        hollow = (
            (one[0] + other[0]) / 2 * 0.94 + middle[0] * 0.06,
            (one[1] + other[1]) / 2 * 0.94 + middle[1] * 0.06,
        )
        edge = smooth([one, hollow, other], closed=False)
        on.shape([middle, *edge], colour, grain="cloth", shade=0.1)
        inner = [(x + (middle[0] - x) * 0.22, y + (middle[1] - y) * 0.22) for x, y in edge]
        on.line(inner, 3, CREAM, alpha=0.55)
    for one, other in ((top, bottom), (left, right)):
        on.line([one, middle, other], 7, darker(UMBER, 0.3))
    for point in (top, bottom, left, right):
        on.shape(ellipse(*point, 9), STEEL_TIP, shade=0.2)
    on.shape(ellipse(*middle, 13), AMBER, shade=0.2)


def _bow(on: Canvas, at: Point, colour: Colour, turn: float) -> None:
    x, y = at
    for side in (-1, 1):
        wing: Outline = [(x, y), (x + side * 34, y - 20), (x + side * 30, y), (x + side * 34, y + 20)]
        on.shape(rotated(wing, at, turn), colour, grain="cloth", shade=0.1)
    on.shape(ellipse(x, y, 7), darker(colour, 0.3))


def _roofs(on: Canvas) -> None:
    dark: Colour = (34, 30, 52)
    for x, y, width in ((60, 810, 130), (210, 834, 110), (356, 806, 120), (690, 826, 140), (856, 800, 110)):
        on.shape([(x, y), (x + width / 2, y - 58), (x + width, y)], mixed(dark, PLUM, 0.25), shade=0.05)
        on.shape(box(x + 10, y - 2, width - 20, 110), dark)
        for k in range(2):
            window = box(x + 26 + k * (width - 76), y + 20, 22, 28, 3)
            if (x // 10 + k) % 3:
                on.glow(window, AMBER, 14, 0.5)
                on.shape(window, (255, 212, 128))
            else:
                on.shape(window, mixed(dark, INDIGO, 0.4))
