"""A sheet that takes flat, slightly textured shapes one over the other."""

import io
from collections.abc import Sequence
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from scipy.ndimage import fourier_gaussian

from harmonia.science.weaving.palette import DYES, Colour
from harmonia.site.demo.drawn.outlines import Point

WIDTH, HEIGHT = 1200, 900  # [px]
SCALE = 2  # drawn twice as large, then halved: smooth edges
TILE = 768
QUALITY = 80

INK: Colour = (44, 40, 46)
UMBER: Colour = (112, 78, 56)
OAK: Colour = (190, 142, 92)
PINE: Colour = (222, 182, 128)
STEEL: Colour = (150, 164, 170)
CREAM: Colour = (250, 242, 226)
TEAL, INDIGO, PLUM, CORAL = DYES["teal"], DYES["indigo"], DYES["plum"], DYES["coral"]
BRICK, AMBER, LEAF, MIST, LINEN = DYES["brick"], DYES["amber"], DYES["leaf"], DYES["mist"], DYES["linen"]

Tones = NDArray[np.float32]  # (height, width), around 1
Area = NDArray[np.float32]  # (height, width, 3), 0 to 255


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return a colour with a share (0 to 1) of another."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lighter(colour: Colour, share: float = 0.25) -> Colour:
    """Return a colour on its way to cream."""
    return mixed(colour, CREAM, share)


def darker(colour: Colour, share: float = 0.25) -> Colour:
    """Return a colour on its way to ink."""
    return mixed(colour, INK, share)


class Canvas:
    """1200 by 900 px; the seed fixes every grain of it."""

    def __init__(self, seed: int) -> None:
        self.dice = np.random.default_rng(seed)
        self._sheet = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))

    def any_of(self, choices: Sequence[Colour]) -> Colour:
        """Return one colour of several."""
        return choices[int(self.dice.integers(len(choices)))]

    def near(self, value: float, spread: float) -> float:
        """Return a number at most `spread` away."""
        return float(self.dice.uniform(value - spread, value + spread))

    def shape(
        self,
        outline: Sequence[Point],
        colour: Colour,
        *,
        grain: str = "paper",
        shade: float = 0.06,
        alpha: float = 1.0,
        within: Sequence[Point] | None = None,
    ) -> None:
        """Fill an outline: lighter by `shade` at its upper left, darker at its lower right."""
        self.shapes([outline], colour, grain=grain, shade=shade, alpha=alpha, within=within)

    def shapes(
        self,
        outlines: Sequence[Sequence[Point]],
        colour: Colour,
        *,
        grain: str = "paper",
        shade: float = 0.0,
        alpha: float = 1.0,
        within: Sequence[Point] | None = None,
    ) -> None:
        """Fill several outlines as one shape; much faster than one by one."""
        mask = _Mask([point for outline in outlines for point in outline], 0)
        for outline in outlines:
            mask.polygon(outline)
        self._fill(mask.clip(within), colour, grain, shade, alpha)

    def line(
        self,
        points: Sequence[Point],
        width: float,
        colour: Colour,
        *,
        grain: str = "paper",
        alpha: float = 1.0,
        within: Sequence[Point] | None = None,
    ) -> None:
        """Draw a line with round ends."""
        self._fill(_Mask(points, width).stroke(points, width).clip(within), colour, grain, 0.0, alpha)

    def glow(self, outline: Sequence[Point], colour: Colour, blur: float, alpha: float) -> None:
        """Lay soft light over an area; `blur` is how far it spreads [px]."""
        small = Image.new("L", (WIDTH // 4, HEIGHT // 4))
        ImageDraw.Draw(small).polygon([(x / 4, y / 4) for x, y in outline], fill=round(255 * alpha))
        soft = small.filter(ImageFilter.GaussianBlur(blur / 4)).resize(
            self._sheet.size, Image.Resampling.BICUBIC
        )
        self._sheet.paste(Image.new("RGB", self._sheet.size, colour), (0, 0), soft)

    def wash(self, stops: Sequence[tuple[float, Colour]], top: float, bottom: float) -> None:
        """Fill from y `top` to y `bottom` [px] with colours that pass into each other."""
        rows = np.arange(round(top * SCALE), round(bottom * SCALE))
        share = (rows / SCALE - top) / (bottom - top)
        heights = [height for height, _ in stops]
        column = np.stack([np.interp(share, heights, [c[k] for _, c in stops]) for k in range(3)], axis=1)
        tones = self._grain("paper", len(rows), WIDTH * SCALE)
        tones += 1
        area = tones[:, :, None] * column[:, None, :].astype(np.float32)
        self._sheet.paste(_picture(area), (0, int(rows[0])))

    def jpeg(self) -> bytes:
        """Return the sheet as a JPEG file."""
        out = io.BytesIO()
        small = self._sheet.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        small.save(out, "JPEG", quality=QUALITY, optimize=True)
        return out.getvalue()

    def _fill(self, mask: "_Mask", colour: Colour, grain: str, shade: float, alpha: float) -> None:
        width, height = mask.image.size
        down = np.linspace(0.6 * shade, -0.6 * shade, height, dtype=np.float32)
        across = np.linspace(0.4 * shade, -0.4 * shade, width, dtype=np.float32)
        tones = self._grain(grain, height, width)
        tones += (1 + down)[:, None]
        tones += across
        area = _picture(tones[:, :, None] * np.array(colour, np.float32))
        shown = mask.image if alpha == 1 else mask.image.point([round(value * alpha) for value in range(256)])
        self._sheet.paste(area, mask.corner, shown)

    def _grain(self, name: str, height: int, width: int) -> Tones:
        tile = _tile(name)
        down, across = self.dice.integers(0, TILE, 2)
        rows = (np.arange(height) + down) % TILE
        columns = (np.arange(width) + across) % TILE
        return tile[np.ix_(rows, columns)]


class _Mask:
    # Where a shape covers its own corner of the sheet, as large as it needs to be.

    def __init__(self, points: Sequence[Point], margin: float) -> None:
        xs, ys = [x * SCALE for x, _ in points], [y * SCALE for _, y in points]
        edge = margin * SCALE + 2
        self.corner = (int(min(xs) - edge), int(min(ys) - edge))
        size = (int(max(xs) + edge) - self.corner[0] + 1, int(max(ys) + edge) - self.corner[1] + 1)
        self.image = Image.new("L", size)

    def polygon(self, outline: Sequence[Point]) -> Self:
        ImageDraw.Draw(self.image).polygon(self._placed(outline), fill=255)
        return self

    def stroke(self, points: Sequence[Point], width: float) -> Self:
        pen, placed, radius = ImageDraw.Draw(self.image), self._placed(points), width * SCALE / 2
        pen.line(placed, fill=255, width=max(1, round(width * SCALE)), joint="curve")
        for x, y in (placed[0], placed[-1]):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        return self

    def clip(self, outline: Sequence[Point] | None) -> Self:
        if outline is not None:
            inside = Image.new("L", self.image.size)
            ImageDraw.Draw(inside).polygon(self._placed(outline), fill=255)
            self.image = ImageChops.darker(self.image, inside)
        return self

    def _placed(self, points: Sequence[Point]) -> list[Point]:
        left, top = self.corner
        return [(x * SCALE - left, y * SCALE - top) for x, y in points]


# Per grain: (spread down, spread across [px], strength) of each layer of noise.
_GRAINS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "paper": ((1.2, 1.2, 0.009), (50, 50, 0.005)),
    "wood": ((2.2, 90, 0.022), (10, 160, 0.026)),
    "wood_up": ((90, 2.2, 0.022), (160, 10, 0.026)),
    "cloth": ((1, 6, 0.022), (6, 1, 0.022), (30, 30, 0.012)),
    "metal": ((1.5, 60, 0.012), (60, 60, 0.01)),
}


@cache
def _tile(name: str) -> Tones:
    # One grain serves all pictures; the canvas's own dice choose where in it each shape lies.
    dice = np.random.default_rng(list(_GRAINS).index(name))
    tile = np.zeros((TILE, TILE), np.float32)
    for down, across, strength in _GRAINS[name]:
        waves = np.fft.rfft2(dice.standard_normal((TILE, TILE), np.float32))
        noise = np.fft.irfft2(fourier_gaussian(waves, (down, across), n=TILE, axis=1))
        tile += (noise * (strength / noise.std())).astype(np.float32)
    return tile


def _picture(area: Area) -> Image.Image:
    np.clip(area, 0, 255, out=area)
    return Image.fromarray(area.astype(np.uint8))
