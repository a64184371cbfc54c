"""A chime, lanterns and a birdhouse: what hangs outside."""

from math import sin

from harmonia.science.weaving.palette import Colour
from harmonia.site.demo.drawn.canvas import (
    AMBER,
    CORAL,
    CREAM,
    INDIGO,
    INK,
    LEAF,
    LINEN,
    MIST,
    OAK,
    PINE,
    PLUM,
    TEAL,
    UMBER,
    WIDTH,
    Canvas,
    darker,
    lighter,
    mixed,
)
from harmonia.site.demo.drawn.outlines import Outline, arc, box, ellipse, leaf, moved, rotated, smooth
from harmonia.site.demo.drawn.scene import evening, hills, morning, trunk_brown

GLASS_GREEN: Colour = (88, 168, 118)
GLASS_BROWN: Colour = (184, 112, 58)
GLASS_BLUE: Colour = (84, 138, 206)


def chime(on: Canvas) -> None:
    """Jar lids on five threads under a stick."""
    morning(on)
    for _ in range(9):
        x, y = on.near(600, 560), on.near(470, 380)
        on.shape(leaf(x, y, on.near(48, 10), on.near(20, 40)), on.any_of((LEAF, AMBER, CORAL)), alpha=0.6)
    for y in (300, 520, 700):
        breeze = smooth([(60, y), (180, y - 22), (300, y + 6), (400, y - 12)], closed=False)
        on.line(breeze, 3, TEAL, alpha=0.22)
        on.line(moved(breeze, 740, 50), 3, TEAL, alpha=0.22)
    on.line(smooth([(600, 0), (596, 60), (600, 96)], closed=False), 4, UMBER)
    on.line([(600, 92), (330, 168)], 3.5, UMBER)
    on.line([(600, 92), (870, 168)], 3.5, UMBER)
    lids = (CORAL, TEAL, AMBER, PLUM, INDIGO, lighter(CORAL, 0.4), LEAF, LINEN)
    for thread in range(5):
        x = 350 + thread * 125
        count = (3, 4, 5, 4, 3)[thread]
        _thread(on, x, count, thread, [lids[(thread * 3 + k * 2) % 8] for k in range(count)])
    stick = smooth(
        [
            (284, 164),
            (450, 156),
            (620, 166),
            (780, 156),
            (916, 162),
            (918, 182),
            (780, 180),
            (620, 190),
            (450, 180),
            (286, 188),
        ]
    )
    on.shape(stick, OAK, grain="wood", shade=0.1)
    on.line([(300, 169), (900, 167)], 3, CREAM, alpha=0.4)
    on.shapes([box(343 + k * 125, 154, 14, 38, 4) for k in range(5)], UMBER)


def _thread(on: Canvas, x: float, count: int, thread: int, colours: list[Colour]) -> None:
    sway = [(x + 9 * sin((y - 170) / 170 + thread), y) for y in range(172, 172 + 118 * count + 66, 10)]
    on.line(sway, 2.5, darker(UMBER, 0.2))
    for k, colour in enumerate(colours):
        y = 258 + k * 118
        u = x + 9 * sin((y - 170) / 170 + thread)
        _lid(on, u, y, (43, 50, 46)[(k + thread) % 3], colour)
        on.shape(ellipse(u, y - 59, 8), lighter(PINE, 0.2) if (k + thread) % 2 else AMBER, shade=0.2)
    end = sway[-1]
    on.shape(leaf(end[0], end[1] - 6, 54, 86), darker(LEAF, 0.12))


def _lid(on: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    on.shape(ellipse(x, y, size), darker(colour, 0.22), grain="metal", shade=0.1)
    on.shape(ellipse(x - 1, y - 1, size - 5), colour, grain="metal", shade=0.14)
    on.line(ellipse(x, y, size - 12), 2.5, lighter(colour, 0.5), alpha=0.7)
    on.shape(ellipse(x, y, size - 18), lighter(colour, 0.14), grain="metal", shade=-0.1)
    on.line(arc(x, y, size - 7, size - 7, 200, 262), 4.5, CREAM, alpha=0.7)
    on.shape(ellipse(x, y - size + 9, 3), INK)


def lantern(on: Canvas) -> None:
    """Three bottles with a flame in each."""
    evening(on)
    for k in range(7):
        step = box(-4 + k * 70, 872 - k * 44, WIDTH + 8, 50)
        on.shape(step, mixed((62, 48, 72), (104, 74, 92), k / 7), shade=0.03)
        on.line([(-4 + k * 70, 872 - k * 44), (WIDTH, 872 - k * 44)], 3, (206, 138, 118), alpha=0.35)
    on.shape(box(-4, 66, WIDTH + 8, 26), (52, 42, 54), grain="wood", shade=0.06)
    on.line([(0, 67), (WIDTH, 67)], 3, (232, 168, 140), alpha=0.5)
    for x, drop, glass in ((300, 90, GLASS_GREEN), (600, 210, GLASS_BROWN), (900, 130, GLASS_BLUE)):
        _bottle(on, x, drop, glass)


def _bottle(on: Canvas, x: float, drop: float, glass: Colour) -> None:
    y = drop + 80
    half = [(25, 0), (27, 16), (24, 24), (27, 110), (44, 152), (84, 196), (96, 240), (96, 436)]
    body: Outline = [(x - u, y + v) for u, v in smooth(half, closed=False)]
    body += [(2 * x - u, v) for u, v in reversed(body)]
    on.glow(ellipse(x, y + 330, 150, 190), AMBER, 60, 0.42)
    on.line([(x, 80), (x, y - 60)], 3.5, (206, 190, 176))
    on.line(
        [(x - 27, y + 22), (x - 30, y - 20), (x, y - 62), (x + 30, y - 20), (x + 27, y + 22)],
        4,
        (206, 190, 176),
    )
    on.shape(body, glass, alpha=0.62, shade=0.12)
    on.shape(ellipse(x, y + 436, 96, 17), lighter(glass, 0.2), alpha=0.7)
    on.glow(ellipse(x, y + 318, 44, 76), (255, 214, 120), 30, 0.85)
    on.shape(box(x - 27, y + 362, 54, 76, 6), (250, 236, 206), shade=0.06)
    on.line([(x, y + 362), (x, y + 346)], 4, INK)
    flame = smooth(
        [
            (x, y + 252),
            (x + 20, y + 306),
            (x + 15, y + 346),
            (x, y + 354),
            (x - 15, y + 346),
            (x - 20, y + 306),
        ]
    )
    on.shape(flame, (255, 186, 74), shade=-0.1)
    on.shape(smooth([(x, y + 294), (x + 10, y + 326), (x, y + 350), (x - 10, y + 326)]), (255, 244, 206))
    on.line(
        smooth([(x - 18, y + 40), (x - 19, y + 108), (x - 36, y + 160)], closed=False), 7, CREAM, alpha=0.45
    )
    on.line(
        smooth([(x - 70, y + 216), (x - 78, y + 250), (x - 78, y + 400)], closed=False), 9, CREAM, alpha=0.4
    )
    on.line([(x + 80, y + 250), (x + 80, y + 410)], 4, CREAM, alpha=0.2)
    on.shape(box(x - 30, y + 14, 60, 14, 5), (206, 190, 176), grain="metal", shade=0.1)
    on.line(arc(x, y + 436, 96, 17, 0, 180), 4, lighter(glass, 0.5), alpha=0.8)


def birdhouse(on: Canvas) -> None:
    """A drawer as a house on a branch, and who might move in."""
    morning(on)
    hills(on, ((196, 216, 184), (170, 200, 152)), 720)
    branch = smooth(
        [
            (-30, 640),
            (200, 676),
            (480, 706),
            (760, 696),
            (1010, 640),
            (1230, 560),
            (1230, 600),
            (1010, 684),
            (760, 740),
            (480, 752),
            (200, 716),
            (-30, 700),
        ]
    )
    on.shape(branch, trunk_brown(), grain="wood", shade=0.1)
    on.line(smooth([(760, 716), (900, 780), (960, 850)], closed=False), 17, trunk_brown())
    _box_house(on)
    _bird(on)
    greens = (LEAF, darker(LEAF, 0.2), lighter(LEAF, 0.2), mixed(LEAF, TEAL, 0.4))
    for k in range(26):
        x = -10 + k * 49
        if 330 < x < 960:
            continue
        y = 668 + 40 * sin(x / 320) - max(0, x - 900) * 0.3
        for angle in (on.near(-70, 30), on.near(80, 30)):
            on.shape(leaf(x, y, on.near(80, 14), angle), greens[(k + int(angle > 0)) % 4])
    for k in range(5):
        on.shape(leaf(900 + k * 15, 778 + k * 17, 66, 20 + (k % 2) * 90), greens[k % 4])
    for x, y in ((1082, 700), (126, 764)):
        on.shape(
            smooth([(x, y - 34), (x + 16, y), (x + 32, y + 34), (x, y + 62), (x - 32, y + 34), (x - 16, y)]),
            (226, 190, 84),
            shade=0.14,
        )


def _box_house(on: Canvas) -> None:
    front: Outline = [(430, 330), (600, 226), (770, 330), (758, 716), (442, 716)]
    on.shape(front, PINE, grain="wood", shade=0.08)
    for y in (326, 424, 522, 620):
        on.line([(430, y), (770, y)], 2.5, darker(OAK, 0.25), alpha=0.6, within=front)
    on.shapes([ellipse(x, y, 4) for y in (374, 472, 570, 668) for x in (462, 738)], darker(OAK, 0.45))
    on.shape(ellipse(600, 440, 64), darker(PINE, 0.3), grain="wood", shade=-0.1)
    on.shape(ellipse(600, 440, 56), (66, 48, 44))
    on.shape(ellipse(600, 580, 33), darker(AMBER, 0.35), grain="metal")
    on.shape(ellipse(600, 576, 28), AMBER, grain="metal", shade=0.22)
    on.shape(ellipse(591, 566, 8), CREAM, alpha=0.7)
    roof: Outline = [
        (372, 360),
        (590, 206),
        (600, 202),
        (610, 206),
        (828, 360),
        (806, 386),
        (600, 244),
        (394, 386),
    ]
    on.shape(roof, CORAL, shade=0.16)
    on.shape([(372, 360), (394, 386), (600, 244), (600, 262), (400, 402), (366, 370)], darker(CORAL, 0.25))
    on.shape([(828, 360), (806, 386), (600, 244), (600, 262), (800, 402), (834, 370)], darker(CORAL, 0.35))
    on.line([(400, 352), (596, 214)], 6, CREAM, alpha=0.5)


def _bird(on: Canvas) -> None:
    feather: Colour = (142, 94, 66)
    on.shape(rotated(leaf(912, 586, 120, -48, 0.34), (912, 586), 0), darker(feather, 0.2))
    for x in (866, 886):
        on.line([(x, 640), (x + 2, 690)], 4, darker(UMBER, 0.3))
    body = smooth(
        [
            (790, 566),
            (812, 524),
            (852, 512),
            (892, 534),
            (932, 578),
            (920, 628),
            (874, 652),
            (824, 640),
            (796, 606),
        ]
    )
    on.shape(body, feather, shade=0.14)
    on.shape(smooth([(800, 590), (830, 596), (862, 640), (840, 648), (812, 628)]), LINEN, within=body)
    on.shape(
        smooth([(858, 572), (906, 570), (940, 606), (902, 622), (866, 610)]), darker(feather, 0.25), shade=0.1
    )
    on.line(smooth([(876, 590), (904, 594), (924, 606)], closed=False), 3, LINEN, alpha=0.5)
    on.shape([(794, 556), (752, 560), (796, 576)], AMBER)
    on.line(arc(824, 552, 24, 20, 200, 330), 4, LINEN, alpha=0.9)
    on.shape(ellipse(822, 556, 7), INK)
    on.shape(ellipse(820, 554, 2.4), MIST)
