"""Pepper's ghost in a pyramid: four sheets at 45 degrees over a flat screen, and what to cut."""

from dataclasses import dataclass
from math import sqrt

OPENING_MM = 8.0  # the small square that stands on, or hangs over, the middle of the screen


@dataclass(frozen=True, slots=True)
class Pyramid:
    """A truncated pyramid of four equal trapezoids: base and opening are its squares' sides [mm].

    A sheet at 45 degrees shows what lies `d` from the middle as standing `d` high above the middle, so the
    pyramid is half as high as it is wide.
    """

    base_mm: float
    opening_mm: float = OPENING_MM

    @property
    def height_mm(self) -> float:
        """Return how high it stands [mm]."""
        return (self.base_mm - self.opening_mm) / 2

    @property
    def slant_mm(self) -> float:
        """Return the height of one trapezoid, measured along the sheet [mm]."""
        return self.height_mm * sqrt(2)

    def trapezoid(self) -> list[tuple[float, float]]:
        """Return the corners of one sheet [mm], its long side from (0, 0)."""
        inset = (self.base_mm - self.opening_mm) / 2
        return [
            (0.0, 0.0),
            (self.base_mm, 0.0),
            (self.base_mm - inset, self.slant_mm),
            (inset, self.slant_mm),
        ]


# The shorter side of what people lay it on [mm]; a CD case gives sheets up to about 120 mm.
SCREENS = {"phone": 62.0, "cd": 112.0, "tablet": 140.0}
