"""A radio, a lamp, a clock and a drum: what machines became."""

from math import cos, pi, sin

from harmonia.science.weaving.palette import Colour
from harmonia.site.demo.drawn.canvas import (
    AMBER,
    BRICK,
    CORAL,
    CREAM,
    HEIGHT,
    INDIGO,
    INK,
    LEAF,
    LINEN,
    MIST,
    PINE,
    PLUM,
    STEEL,
    TEAL,
    WIDTH,
    Canvas,
    darker,
    lighter,
    mixed,
)
from harmonia.site.demo.drawn.outlines import Outline, Point, arc, box, ellipse, leaf, rotated, smooth
from harmonia.site.demo.drawn.scene import dusk, lemon, paper, sprig, table

LIGHT: Colour = (255, 222, 150)
IRON: Colour = (62, 62, 70)
VENEER: Colour = (150, 92, 60)


def radio(on: Canvas) -> None:
    """A wooden radio with a cloth grille and two unlike knobs."""
    dusk(on)
    for radius in (150, 215, 280):
        for start in (-58, 122):
            ring = arc(600, 470, 300 + radius, radius + 120, start - 8, start + 124 - 8)
            on.line(ring[2:-2], 4, LIGHT, alpha=0.34 - radius / 1400)
    on.line([(800, 300), (930, 92)], 7, STEEL)
    on.shape(ellipse(930, 92, 10), lighter(STEEL, 0.4), shade=0.2)
    on.shape(box(300, 752, 70, 30, 8), darker(VENEER, 0.6))
    on.shape(box(830, 752, 70, 30, 8), darker(VENEER, 0.6))
    on.shape(box(256, 292, 688, 472, 74), darker(VENEER, 0.3), grain="wood", shade=0.08)
    on.shape(box(256, 284, 688, 466, 74), VENEER, grain="wood", shade=0.14)
    on.line([(334, 291), (866, 291)], 4, lighter(VENEER, 0.5), alpha=0.6)
    _grille(on)
    _dial(on)
    _knob(on, 706, 640)
    _spool(on, 838, 640)


def _grille(on: Canvas) -> None:
    frame, cloth = box(302, 338, 310, 362, 44), box(314, 350, 286, 338, 34)
    on.shape(frame, darker(VENEER, 0.5), grain="wood")
    on.shape(cloth, LINEN, grain="cloth", shade=0.08)
    x, widths = 300, ((22, CORAL), (10, TEAL), (34, LINEN), (8, PLUM), (18, LINEN), (22, AMBER), (14, LINEN))
    while x < 610:
        for width, colour in widths:
            on.shape(box(x, 350, width, 338), colour, grain="cloth", within=cloth, alpha=0.92)
            x += width


def _dial(on: Canvas) -> None:
    on.glow(box(650, 350, 250, 190, 20), AMBER, 34, 0.55)
    on.shape(box(646, 346, 254, 196, 22), darker(VENEER, 0.5), grain="wood")
    face = box(656, 356, 234, 176, 16)
    on.shape(face, (250, 196, 92), shade=0.1)
    on.glow(ellipse(773, 470, 70, 50), (255, 240, 190), 28, 0.7)
    for radius, width in ((128, 3), (92, 2)):
        on.line(arc(773, 540, radius, radius, 205, 335), width, darker(BRICK, 0.3), within=face)
    for k in range(15):
        angle = (205 + k * 130 / 14) * pi / 180
        inner = 112 if k % 2 else 104
        tick = [(773 + r * cos(angle), 540 + r * sin(angle)) for r in (inner, 128)]
        on.line(tick, 3, darker(BRICK, 0.4), within=face)
    on.line([(773, 530), (818, 414)], 5, BRICK, within=face)
    on.line([(672, 372), (760, 366)], 5, CREAM, alpha=0.6)


def _knob(on: Canvas, x: float, y: float) -> None:
    on.shape(ellipse(x, y + 4, 52), darker(VENEER, 0.55))
    on.shape(ellipse(x, y, 48), INK, shade=0.2)
    on.shape(ellipse(x, y, 35), lighter(INK, 0.16), shade=0.2)
    on.line([(x, y - 10), (x, y - 32)], 6, LIGHT)


def _spool(on: Canvas, x: float, y: float) -> None:
    on.shape(ellipse(x, y + 4, 52), darker(VENEER, 0.55))
    on.shape(ellipse(x, y, 50), PINE, grain="wood", shade=0.16)
    on.shape(ellipse(x, y, 38), TEAL, grain="cloth", shade=0.1)
    for radius in (36, 33, 30, 27):
        on.line(ellipse(x, y, radius), 1.5, darker(TEAL, 0.3), alpha=0.7)
    on.shape(ellipse(x, y, 23), lighter(PINE, 0.3), grain="wood", shade=0.1)
    on.shape(ellipse(x, y, 8), darker(PINE, 0.7))


def lamp(on: Canvas) -> None:
    """A lamp of a chainring, a frame tube and a bell, over a book."""
    dusk(on)
    on.glow([(770, 330), (900, 330), (1080, 740), (560, 740)], LIGHT, 44, 0.42)
    on.shape([(776, 336), (902, 336), (1050, 742), (600, 742)], LIGHT, alpha=0.17, shade=0.3)
    on.shape(ellipse(826, 742, 236, 44), LIGHT, alpha=0.3)
    _chainring(on, 400, 736)
    stem = smooth(
        [(400, 716), (396, 560), (372, 400), (420, 236), (560, 150), (716, 158), (812, 222)], closed=False
    )
    on.line(stem, 32, darker(TEAL, 0.25))
    on.line(stem, 25, TEAL)
    on.line([(x - 5, y - 5) for x, y in stem], 6, MIST, alpha=0.55)
    for at in (16, 46):
        x, y = stem[at]
        u, v = stem[at + 5]
        on.line([(x, y), (u, v)], 36, CREAM)
        on.line([(x, y), (u, v)], 24, CORAL)
    _bell(on)
    _book(on)


def _chainring(on: Canvas, x: float, y: float) -> None:
    teeth: Outline = []
    for k in range(88):
        angle, reach = k * 2 * pi / 88, (1.0 if k % 4 in (0, 1) else 0.93)
        teeth.append((x + 190 * reach * cos(angle), y + 56 * reach * sin(angle)))
    on.shape([(u, v + 15) for u, v in teeth], darker(STEEL, 0.55), grain="metal")
    on.shape(teeth, STEEL, grain="metal", shade=0.16)
    on.line(ellipse(x, y, 158, 44), 3, darker(STEEL, 0.45), alpha=0.6)
    holes = []
    for k in range(5):
        middle = k * 72 + 90
        holes.append(
            [*arc(x, y, 140, 38, middle - 24, middle + 24), *arc(x, y, 78, 20, middle + 18, middle - 18)]
        )
    on.shapes(holes, (70, 52, 58))
    on.shape(ellipse(x, y - 4, 52, 17), darker(STEEL, 0.3), grain="metal")
    on.shape(ellipse(x, y - 12, 46, 14), lighter(STEEL, 0.3), grain="metal", shade=0.2)


def _bell(on: Canvas) -> None:
    middle: Point = (840, 320)
    dome = [*arc(840, 330, 134, 138, 180, 360), (974, 340), (706, 340)]
    on.shape(rotated(box(822, 168, 36, 40, 8), middle, 0), darker(AMBER, 0.4), grain="metal")
    on.shape(dome, AMBER, grain="metal", shade=0.2)
    on.line(arc(840, 330, 104, 108, 192, 250), 12, CREAM, alpha=0.6)
    on.line(arc(840, 330, 104, 108, 258, 268), 12, CREAM, alpha=0.5)
    on.shape(ellipse(840, 340, 134, 22), darker(AMBER, 0.3), grain="metal")
    on.shape(ellipse(840, 343, 116, 16), LIGHT)
    on.glow(ellipse(840, 346, 90, 12), (255, 246, 214), 16, 0.8)
    on.shape(ellipse(840, 180, 24, 12), lighter(AMBER, 0.3), grain="metal", shade=0.2)


def _book(on: Canvas) -> None:
    on.shape(box(716, 742, 236, 22, 6), darker(INDIGO, 0.1), grain="cloth")
    on.shape(box(728, 722, 216, 22, 3), lighter(LINEN, 0.4))
    on.shape(box(716, 704, 236, 22, 6), INDIGO, grain="cloth")
    on.shape(box(736, 684, 196, 20, 3), lighter(LINEN, 0.4))
    on.line([(740, 691), (928, 691)], 1.5, darker(LINEN, 0.3))
    on.line([(740, 697), (928, 697)], 1.5, darker(LINEN, 0.3))
    on.shape(box(726, 668, 216, 18, 6), CORAL, grain="cloth", shade=0.06)
    on.line([(732, 671), (936, 671)], 3, CREAM, alpha=0.5)


def clock(on: Canvas) -> None:
    """A pan on the kitchen wall, buttons for hours, a fork and a spoon for hands."""
    on.wash(((0, (226, 236, 222)), (1, (246, 232, 200))), 0, HEIGHT)
    lines: list[Outline] = [box(0, y, WIDTH, 3) for y in range(20, 700, 106)]
    for row in range(7):
        lines += [box(x, 20 + (row - 1) * 106, 3, 106) for x in range(-40 + row % 2 * 80, WIDTH, 160)]
    on.shapes(lines, (206, 212, 194), alpha=0.8)
    table(on, (205, 160, 108))
    on.shape(ellipse(600, 44, 13), darker(STEEL, 0.4))
    handle = smooth([(576, 210), (582, 140), (572, 60), (600, 26), (628, 60), (618, 140), (624, 210)])
    on.shape(handle, IRON, grain="metal", shade=0.14)
    on.shape(ellipse(600, 62, 14, 18), (216, 224, 206))
    on.shape(ellipse(600, 60, 8), AMBER, shade=0.2)
    on.shape(ellipse(600, 400, 232), darker(IRON, 0.4), grain="metal")
    on.shape(ellipse(600, 396, 228), lighter(IRON, 0.1), grain="metal", shade=0.2)
    on.shape(ellipse(600, 398, 200), darker(IRON, 0.12), grain="metal", shade=-0.14)
    on.line(arc(600, 396, 216, 216, 195, 262), 5, CREAM, alpha=0.35)
    for hour in range(12):
        _button(on, hour)
    _fork(on)
    _spoon(on)
    on.shape(ellipse(600, 396, 15), AMBER, shade=0.2)
    _cup(on)
    lemon(on, 800, 752)
    lemon(on, 884, 764, 34)


def _button(on: Canvas, hour: int) -> None:
    colours = (CORAL, LINEN, TEAL, AMBER, PLUM, MIST, CORAL, INDIGO, LEAF, LINEN, TEAL, AMBER)
    angle = (hour * 30 - 90) * pi / 180
    x, y, size = 600 + 163 * cos(angle), 396 + 163 * sin(angle), 25 if hour % 3 == 0 else 19
    on.shape(ellipse(x, y, size), colours[hour], shade=0.1)
    on.line(ellipse(x, y, size * 0.72), 2, darker(colours[hour], 0.35), alpha=0.8)
    on.shapes(
        [ellipse(x + u, y + v, 2.8) for u, v in ((-5, -5), (5, -5), (-5, 5), (5, 5))], darker(IRON, 0.2)
    )


def _fork(on: Canvas) -> None:
    # The long hand: drawn upright, then turned to ten past.
    tines = [box(587 + k * 8.4, 250, 4.4, 54, 2) for k in range(4)]
    bowl = smooth(
        [(585, 296), (617, 296), (614, 322), (604, 334), (603, 346), (597, 346), (596, 334), (587, 322)]
    )
    shaft: Outline = [(597, 330), (603, 330), (606, 440), (594, 440)]
    for part in (shaft, bowl, *tines):
        on.shape(rotated(part, (600, 396), 60), lighter(STEEL, 0.35), grain="metal", shade=0.05)


def _spoon(on: Canvas) -> None:
    shaft: Outline = [(597, 350), (603, 350), (606, 430), (594, 430)]
    on.shape(rotated(shaft, (600, 396), -58), lighter(STEEL, 0.45), grain="metal")
    on.shape(
        rotated(ellipse(600, 330, 18, 26), (600, 396), -58), lighter(STEEL, 0.45), grain="metal", shade=0.12
    )
    on.shape(
        rotated(ellipse(600, 331, 11, 18), (600, 396), -58), lighter(STEEL, 0.1), grain="metal", shade=-0.1
    )


def _cup(on: Canvas) -> None:
    on.line(arc(424, 716, 30, 32, -80, 80), 12, darker(TEAL, 0.15))
    body = smooth(
        [(312, 680), (316, 730), (334, 774), (368, 784), (402, 774), (420, 730), (424, 680)], closed=False
    )
    on.shape(body, TEAL, shade=0.14)
    on.shape(box(300, 716, 140, 8), CREAM, within=body, alpha=0.85)
    on.shape(ellipse(368, 680, 56, 13), lighter(TEAL, 0.4))
    on.shape(ellipse(368, 682, 48, 9), darker(VENEER, 0.4))


def planter(on: Canvas) -> None:
    """A washing machine's drum full of mint, two bees."""
    paper(on, LEAF)
    _mint(on, back=True)
    drum = [*arc(600, 770, 226, 48, 0, 180), *arc(600, 430, 226, 48, 180, 360)]
    on.shape(drum, STEEL, grain="metal", shade=0.05)
    for x, width, colour, alpha in (
        (374, 56, darker(STEEL, 0.35), 0.5),
        (446, 46, CREAM, 0.5),
        (516, 18, CREAM, 0.3),
        (700, 60, darker(STEEL, 0.2), 0.4),
        (760, 70, darker(STEEL, 0.4), 0.55),
    ):
        on.shape(box(x, 380, width, 450), colour, grain="metal", within=drum, alpha=alpha)
    holes = []
    for row in range(9):
        for k in range(13):
            angle = (10 + k * 13.3 + row % 2 * 6.6) * pi / 180
            middle = (600 - 226 * cos(angle), 486 + row * 30 + 46 * sin(angle))
            holes.append(ellipse(*middle, 6.5 * max(0.25, sin(angle)), 6.5))
    on.shapes(holes, darker(STEEL, 0.75), within=drum)
    for y in (454, 766):
        band = [*arc(600, y - 14, 228, 48, 0, 180), *arc(600, y + 8, 228, 48, 180, 0)]
        on.shape(band, lighter(STEEL, 0.28), grain="metal", shade=0.05)
    on.shape(ellipse(600, 430, 226, 46), darker(STEEL, 0.4), grain="metal")
    on.shape(ellipse(600, 434, 212, 40), (74, 54, 46))
    _mint(on, back=False)
    for x, y, turn in ((300, 236, 1), (934, 330, -1)):
        _bee(on, x, y, turn)


def _mint(on: Canvas, *, back: bool) -> None:
    greens: tuple[Colour, ...] = ((74, 134, 84), (96, 158, 92), LEAF, (58, 112, 82))
    count, reach = (9, 300) if back else (11, 210)
    for k in range(count):
        share = k / (count - 1) * 2 - 1
        root = (600 + share * (150 if back else 190), 438 if back else 446)
        tip = (
            600 + share * (250 if back else 290) + on.near(0, 14),
            430 - reach * (1 - 0.55 * share**2) + on.near(0, 22),
        )
        green = greens[(k + back) % 4] if not back else darker(greens[k % 4], 0.16)
        sprig(on, root, tip, green, 5, 58)
        if back and k % 2 == 0:
            for row in range(5):
                for side in (-1, 0, 1):
                    on.shape(
                        ellipse(tip[0] + side * (11 - row * 1.6), tip[1] - 22 - row * 12, 7),
                        lighter(PLUM, 0.35 + 0.08 * row),
                    )
    if not back:
        for k in range(16):
            x = 410 + k * 25.5
            on.shape(
                leaf(x, 448 + 26 * sin(k * pi / 15), on.near(66, 8), on.near(90 + (x - 600) * -0.16, 24)),
                greens[k % 4],
            )


def _bee(on: Canvas, x: float, y: float, turn: int) -> None:
    on.line(
        smooth(
            [
                (x - turn * 150, y + 40),
                (x - turn * 110, y - 4),
                (x - turn * 70, y + 20),
                (x - turn * 34, y + 2),
            ],
            closed=False,
        ),
        2.5,
        INK,
        alpha=0.3,
    )
    for angle in (-118, -72):
        on.shape(leaf(x, y - 10, 38, angle, 0.7), mixed(MIST, TEAL, 0.15), alpha=0.9)
    body = ellipse(x, y, 28, 19)
    on.shape(body, AMBER, shade=0.1)
    for offset in (-10, 4):
        on.shape(box(x + offset, y - 24, 7, 48), INK, within=body)
    on.shape(ellipse(x + turn * 24, y - 2, 12), INK)
