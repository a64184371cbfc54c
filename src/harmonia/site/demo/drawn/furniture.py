"""A stool, a bench and a duck: things of wood."""

from harmonia.science.weaving.palette import Colour
from harmonia.site.demo.drawn.canvas import (
    AMBER,
    CORAL,
    CREAM,
    INDIGO,
    INK,
    LEAF,
    MIST,
    OAK,
    PINE,
    STEEL,
    TEAL,
    UMBER,
    WIDTH,
    Canvas,
    darker,
    lighter,
)
from harmonia.site.demo.drawn.outlines import Point, arc, box, ellipse, moved, smooth, turned
from harmonia.site.demo.drawn.scene import paper, sprig

BEDPOST = (15, 19, 22, 14, 12, 20, 25, 20, 12, 14, 22, 24, 21, 17, 14, 12, 11, 15, 12)
WALNUT: Colour = (134, 88, 58)


def stool(on: Canvas) -> None:
    """Three turned legs, a seat of strips, a jug with a sprig."""
    paper(on, TEAL)
    legs: tuple[tuple[Point, Point, Colour], ...] = (
        ((600, 420), (606, 736), darker(WALNUT, 0.2)),
        ((494, 420), (434, 806), WALNUT),
        ((706, 420), (766, 806), WALNUT),
    )
    for top, bottom, colour in legs[:1]:
        on.shape(turned(top, bottom, [r * 0.85 for r in BEDPOST]), colour, grain="wood_up", shade=0.1)
    on.shape(turned((460, 644), (740, 644), (7, 9, 11, 13, 11, 9, 7)), lighter(WALNUT, 0.12), grain="wood")
    for top, bottom, colour in legs[1:]:
        on.shape(turned(top, bottom, BEDPOST), colour, grain="wood_up", shade=0.1)
        for share in (0.205, 0.53):
            x, y = top[0] + (bottom[0] - top[0]) * share, top[1] + (bottom[1] - top[1]) * share
            on.line([(x - 11, y - 2), (x + 11, y + 2)], 3, darker(WALNUT, 0.5), alpha=0.6)
    on.shape(ellipse(742, 644, 9), STEEL, grain="metal")
    _seat(on)
    _jug(on)


def _seat(on: Canvas) -> None:
    top, rim = ellipse(600, 398, 186, 52), 42
    side = [*arc(600, 398, 186, 52, 180, 0), *arc(600, 398 + rim, 186, 52, 0, 180)]
    strips = (PINE, OAK, lighter(PINE), WALNUT, PINE, lighter(OAK, 0.12), PINE, OAK)
    width = 372 / len(strips)
    for index, colour in enumerate(strips):
        x = 414 + index * width
        on.shape(box(x, 380, width + 1, 130), darker(colour, 0.24), grain="wood_up", within=side)
        on.shape(box(x, 340, width + 1, 130), colour, grain="wood_up", shade=0.05, within=top)
        on.line([(x, 340), (x, 510)], 1.5, darker(colour, 0.5), alpha=0.5, within=top)
    on.line(arc(600, 398, 186, 52, 20, 160), 3, CREAM, alpha=0.45)


def _jug(on: Canvas) -> None:
    for tip, green in (
        ((560, 196), LEAF),
        ((642, 168), darker(LEAF, 0.22)),
        ((600, 214), lighter(LEAF, 0.2)),
    ):
        sprig(on, (604, 300), tip, green, 3, 44)
    half = [(576, 278), (572, 296), (556, 322), (550, 352), (560, 384), (576, 396)]
    other = [(1206 - x, y) for x, y in reversed(half)]
    on.line(smooth([(640, 300), (676, 312), (670, 352), (646, 368)], closed=False), 11, darker(INDIGO, 0.12))
    body = [*smooth(half, closed=False), *smooth(other, closed=False)]
    on.shape(body, INDIGO, shade=0.14)
    on.shape(box(540, 318, 130, 9), MIST, within=body, alpha=0.9)
    on.shape(box(540, 332, 130, 4), MIST, within=body, alpha=0.9)
    on.line(smooth([(578, 304), (566, 330), (565, 358)], closed=False), 6, CREAM, alpha=0.35)
    on.shape(ellipse(603, 278, 27, 6), darker(INDIGO, 0.4))


def bench(on: Canvas) -> None:
    """A door laid on its side as a back, a plank to sit on, a cushion and a bucket."""
    on.wash(((0, (246, 232, 206)), (1, (236, 214, 176))), 0, 690)
    for x, y, width in ((90, 120, 92), (236, 226, 80), (960, 100, 96), (1040, 300, 84), (120, 420, 84)):
        on.shape(box(x, y, width, 34, 5), (224, 198, 158), alpha=0.7)
    on.shape(box(-4, 690, WIDTH + 8, 220), (176, 160, 136), shade=0.08)
    for x in range(-40, WIDTH, 118):
        for row in range(3):
            stone = smooth(
                moved(
                    [(8, 8), (60, 4), (106, 10), (108, 56), (58, 62), (6, 56)],
                    x + row % 2 * 58,
                    702 + row * 68,
                )
            )
            on.shape(stone, on.any_of(((190, 174, 150), (200, 184, 158), (182, 166, 144))), shade=0.05)
    _door(on)
    _bench_seat(on)
    _cushion(on)
    _bucket(on)


def _door(on: Canvas) -> None:
    for x in (262, 898):
        on.shape(box(x, 268, 40, 520, 8), darker(OAK, 0.28), grain="wood_up", shade=0.1)
    on.shape(box(236, 252, 728, 246, 12), TEAL, grain="wood", shade=0.07)
    for x in (266, 497, 728):
        on.shape(box(x, 282, 206, 186, 4), darker(TEAL, 0.3), grain="wood")
        on.shape(box(x + 5, 288, 201, 180, 4), lighter(TEAL, 0.1), grain="wood", shade=0.05)
        on.shape(box(x + 26, 308, 158, 140, 4), TEAL, grain="wood", shade=0.08)
        on.line([(x + 28, 310), (x + 182, 310)], 3, MIST, alpha=0.7)
        on.line([(x + 28, 310), (x + 28, 446)], 3, MIST, alpha=0.5)
    on.shape(ellipse(485, 376, 7), lighter(AMBER, 0.2), shade=0.2)
    on.line([(250, 258), (950, 258)], 4, MIST, alpha=0.6)


def _bench_seat(on: Canvas) -> None:
    on.shape(box(262, 590, 40, 220, 6), darker(OAK, 0.12), grain="wood_up", shade=0.1)
    on.shape(box(898, 590, 40, 220, 6), darker(OAK, 0.12), grain="wood_up", shade=0.1)
    on.shape([(240, 544), (960, 544), (1004, 592), (196, 592)], PINE, grain="wood", shade=0.04)
    on.line([(220, 567), (980, 567)], 2.5, darker(OAK, 0.35), alpha=0.7)
    on.shape(box(196, 592, 808, 36, 6), OAK, grain="wood", shade=0.06)
    on.line([(200, 593), (1000, 593)], 3, CREAM, alpha=0.5)
    for x in (286, 914):
        on.shape(ellipse(x, 610, 6), darker(STEEL, 0.3))


def _cushion(on: Canvas) -> None:
    ring: list[Point] = [
        (300, 446),
        (400, 436),
        (500, 446),
        (512, 500),
        (504, 566),
        (400, 576),
        (298, 566),
        (288, 504),
    ]
    body = smooth(ring)
    on.shape(body, CORAL, grain="cloth", shade=0.12)
    for k in range(7):
        x = 300 + k * 34
        on.line(
            smooth([(x, 430), (x - 4, 506), (x, 582)], closed=False),
            5,
            lighter(CORAL, 0.55),
            within=body,
            alpha=0.7,
        )
    on.shape(ellipse(400, 508, 8), darker(CORAL, 0.35))


def _bucket(on: Canvas) -> None:
    on.line(arc(1078, 640, 60, 80, 190, 350), 5, darker(STEEL, 0.35))
    on.shape([(1014, 640), (1142, 640), (1124, 806), (1032, 806)], AMBER, grain="metal", shade=0.12)
    on.shape(ellipse(1078, 806, 46, 10), darker(AMBER, 0.1))
    on.shape(ellipse(1078, 640, 64, 15), darker(AMBER, 0.45))
    on.shape([(1016, 664), (1140, 664), (1139, 676), (1018, 676)], lighter(AMBER, 0.35), alpha=0.7)
    for x, angle in ((1040, 636), (1072, 628), (1106, 636)):
        on.shape(ellipse(x, angle, 22, 15), LEAF if x != 1072 else CORAL, shade=0.1)


def toy(on: Canvas) -> None:
    """A duck that rolls, its string and bead."""
    paper(on, CORAL)
    cord = ((430, 566), (340, 690), (262, 738), (196, 712), (236, 676), (286, 716), (222, 790), (130, 762))
    on.line(smooth(cord, closed=False), 5, darker(CORAL, 0.1))
    on.shape(ellipse(118, 758, 27), WALNUT, grain="wood", shade=0.18)
    on.shape(ellipse(110, 749, 7), CREAM, alpha=0.5)
    ring: list[Point] = [
        (420, 300), (440, 238), (508, 210), (574, 240), (590, 312), (572, 372), (620, 400), (716, 404), (800, 372),
        (862, 316), (880, 330), (868, 430), (826, 540), (740, 612), (610, 636), (480, 618), (404, 556), (386, 480),
        (420, 412), (446, 366),
    ]  # fmt: skip
    on.shape(smooth(ring), PINE, grain="wood", shade=0.1)
    on.line(arc(508, 306, 76, 76, 205, 262), 8, CREAM, alpha=0.45)
    bill = ((424, 290), (366, 304), (322, 326), (330, 342), (380, 350), (428, 336))
    on.shape(smooth(bill), UMBER, grain="wood", shade=0.08)
    on.line(smooth([(334, 333), (380, 330), (424, 316)], closed=False), 3, INK, alpha=0.5)
    on.shape(ellipse(490, 286, 14), INK)
    on.shape(ellipse(485, 281, 4.5), CREAM)
    _wing(on)
    for x in (500, 744):
        _cap(on, x, 690)


def _wing(on: Canvas) -> None:
    wing = smooth(
        [(560, 452), (640, 436), (740, 440), (812, 418), (790, 490), (724, 544), (640, 556), (574, 520)]
    )
    on.shape(wing, (162, 108, 68), grain="wood", shade=0.1)
    for k in range(3):
        y = 476 + k * 26
        on.line(
            smooth([(600 + k * 12, y), (680, y + 8), (786 - k * 22, y - 22)], closed=False),
            4,
            PINE,
            alpha=0.7,
            within=wing,
        )


def _cap(on: Canvas, x: float, y: float) -> None:
    on.shape(ellipse(x, y, 76), darker(INDIGO, 0.15))
    ribs = [
        [*arc(x, y, 76, 76, k * 10, k * 10 + 5), *arc(x, y, 68, 68, k * 10 + 5, k * 10)] for k in range(36)
    ]
    on.shapes(ribs, lighter(INDIGO, 0.25))
    on.shape(ellipse(x, y, 62), INDIGO, shade=0.12)
    on.line(arc(x, y, 50, 50, 200, 290), 5, MIST, alpha=0.6)
    on.shape(ellipse(x, y, 12), STEEL, grain="metal", shade=0.2)
