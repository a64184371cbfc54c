"""Dye-pot colours, and the few colour sums the cloth needs, in OKLab.

Ottosson (2020), A perceptual color space for image processing. https://bottosson.github.io/posts/oklab/
"""

from collections.abc import Iterable
from functools import lru_cache
from math import cbrt, dist, hypot

import numpy as np

from harmonia.science.weaving.draft import Colours, Floats

Colour = tuple[int, int, int]

DYES: dict[str, Colour] = {
    "teal": (42, 150, 136),
    "indigo": (56, 92, 145),
    "plum": (128, 74, 130),
    "coral": (226, 128, 102),
    "brick": (196, 82, 56),
    "amber": (232, 163, 48),
    "leaf": (126, 172, 82),
    "mist": (173, 212, 196),
    "linen": (236, 221, 190),
    "rose": (206, 120, 142),
}
GREY, LEAST_VIVID = 0.02, 0.08  # chroma in OKLab
GAMUT = 0.002  # how far outside 0-1 a channel may lie and still round to a colour of the screen

CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
OPPONENTS = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def linear_rgb(colour: Colour) -> tuple[float, float, float]:
    """Return the light of an sRGB colour 0-255, each channel 0-1."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return red, green, blue


def oklab(colour: Colour) -> tuple[float, float, float]:
    """Return (lightness 0-1, green-red, blue-yellow) of an sRGB colour 0-255."""
    return oklab_of_linear(*linear_rgb(colour))


def oklab_of_linear(red: float, green: float, blue: float) -> tuple[float, float, float]:
    """Return (lightness 0-1, green-red, blue-yellow) of light, each channel 0-1."""
    long, middle, short = (cbrt(r * red + g * green + b * blue) for r, g, b in CONES)
    lightness, green_red, blue_yellow = (x * long + y * middle + z * short for x, y, z in OPPONENTS)
    return lightness, green_red, blue_yellow


def oklab_array(pixels: Colours) -> Floats:
    """Return (pixels, 3) OKLab of (pixels, 3) sRGB 0-255."""
    light = np.array([_linear(value / 255) for value in range(256)])[pixels]
    return np.asarray(np.cbrt(light @ np.array(CONES).T) @ np.array(OPPONENTS).T)


def srgb(lightness: float, green_red: float, blue_yellow: float) -> Colour:
    """Return the nearest sRGB colour 0-255 of an OKLab colour, channel by channel."""
    red, green, blue = (_channel(value) for value in _linear_of(lightness, green_red, blue_yellow))
    return red, green, blue


def dyed(lightness: float, green_red: float, blue_yellow: float) -> Colour:
    """Return the sRGB colour of this lightness and hue, as vivid as it can be."""
    for vivid in range(20, 0, -1):
        share = vivid / 20
        light = _linear_of(lightness, share * green_red, share * blue_yellow)
        if all(-GAMUT <= value <= 1 + GAMUT for value in light):
            return srgb(lightness, share * green_red, share * blue_yellow)
    return srgb(lightness, 0.0, 0.0)


def _linear_of(lightness: float, green_red: float, blue_yellow: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    middle = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _channel(value: float) -> int:
    bounded = min(max(value, 0.0), 1.0)
    curved = 12.92 * bounded if bounded <= 0.0031308 else 1.055 * bounded ** (1 / 2.4) - 0.055
    return round(255 * curved)


@lru_cache(maxsize=1024)
def on_dark_warp(colour: Colour) -> Colour:
    """Return a colour that stands out from the dark warp: lightness in 0.52-0.9, hue kept, no duller than dye.

    A photo's browns and beiges gain vividness; a true grey stays grey.
    """
    lightness, green_red, blue_yellow = oklab(colour)
    vivid = hypot(green_red, blue_yellow)
    gain = max(LEAST_VIVID / vivid, 1.0) if vivid > GREY else 1.0
    return dyed(min(max(lightness, 0.52), 0.9), gain * green_red, gain * blue_yellow)


def binder(colour: Colour) -> Colour:
    """Return the dark, quiet shade of a colour that a binding pick wears under its pattern."""
    lightness, green_red, blue_yellow = oklab(colour)
    return srgb(0.36 + 0.12 * lightness, 0.55 * green_red, 0.55 * blue_yellow)


@lru_cache(maxsize=1024)
def companions(colour: Colour) -> tuple[Colour, ...]:
    """Return the dyes that a person, colour-blind too, tells from `colour`: they differ in lightness."""
    lightness = oklab(colour)[0]
    apart = [dye for dye in DYES.values() if abs(oklab(dye)[0] - lightness) > 0.09]
    return tuple(sorted(apart, key=lambda dye: dist(oklab(dye), oklab(colour))))


def hex_colour(colour: Iterable[int]) -> str:
    """Return `#rrggbb`."""
    return "#" + "".join(f"{int(channel):02x}" for channel in colour)
