"""How colours look to colour-blind eyes, and how to keep yarns apart for everyone.

Machado, Oliveira, Fernandes (2009), A physiologically-based model for simulation of color vision
deficiency. IEEE TVCG 15(6). https://doi.org/10.1109/TVCG.2009.113 (their matrices at full severity, applied
to linear RGB).
"""

from functools import lru_cache
from math import dist

from harmonia.science.weaving.palette import Colour, dyed, linear_rgb, oklab, oklab_of_linear

Matrix = tuple[tuple[float, float, float], ...]

VISIONS: dict[str, Matrix] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
APART = 0.09  # in OKLab: about as far as two neighbouring cards of a yarn dealer
LEVELS = tuple(level / 100 for level in range(48, 95, 2))  # lightness a yarn may take to stand apart
VIVIDNESS = (1.0, 0.5, 0.0)  # a blue that bright is hardly blue: then rather greyer than mixed up


@lru_cache(maxsize=4096)
def seen(colour: Colour, vision: str) -> tuple[float, float, float]:
    """Return a colour in OKLab as an eye of one kind of VISIONS sees it."""
    linear = linear_rgb(colour)
    red, green, blue = (
        min(max(sum(weight * value for weight, value in zip(row, linear, strict=True)), 0.0), 1.0)
        for row in VISIONS[vision]
    )
    return oklab_of_linear(red, green, blue)


def distance(one: Colour, two: Colour) -> float:
    """Return how far apart two colours are in OKLab for the eye that tells them apart worst."""
    return min(dist(seen(one, vision), seen(two, vision)) for vision in VISIONS)


@lru_cache(maxsize=4096)
def told_apart(colours: tuple[Colour, ...]) -> tuple[Colour, ...]:
    """Return colours that everyone tells apart: the first as it is, each other one lighter or darker if needed.

    Hue is kept, and lightness moves as little as it can; greyer only where that is not enough. Of more than
    four colours some may stay close.
    """
    chosen: list[Colour] = []
    for colour in colours:
        chosen.append(_moved(colour, chosen))
    return tuple(chosen)


def _moved(colour: Colour, others: list[Colour]) -> Colour:
    def room(candidate: Colour) -> float:
        return min((distance(candidate, other) for other in others), default=1.0)

    if room(colour) >= APART:
        return colour
    lightness, green_red, blue_yellow = oklab(colour)
    levels = sorted(LEVELS, key=lambda level: abs(level - lightness))
    candidates = [
        dyed(level, share * green_red, share * blue_yellow) for share in VIVIDNESS for level in levels
    ]
    far = next((one for one in candidates if room(one) >= APART), None)
    return far or max(candidates, key=room)
