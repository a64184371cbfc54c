"""Read crossings back from the paths of an SVG: a judge that knows nothing of how they were drawn."""

import re
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt

STEP = re.compile(r"([MmHhVvz])([-\d. ]*)")


def horizontal_strokes(path: str) -> list[tuple[float, float, float]]:
    """Return (x from, x to, y) of every horizontal stroke of path data."""
    x = y = 0.0
    strokes = []
    for command, text in STEP.findall(path):
        numbers = [float(number) for number in text.split()]
        if command == "M":
            x, y = numbers
        elif command == "m":
            x, y = x + numbers[0], y + numbers[1]
        elif command == "h":
            strokes.append((x, x + numbers[0], y))
            x += numbers[0]
        elif command == "v":
            y += numbers[0]
    return strokes


def crossings(svg: str, picks: int, ends: int, cell: int) -> npt.NDArray[np.bool_]:
    """Return (picks, ends), True = warp on top, False where a weft stroke passes over the end's middle."""
    raised = np.ones((picks, ends), dtype=np.bool_)
    for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}path"):
        for left, right, y in horizontal_strokes(element.get("d", "")):
            for end in range(ends):
                if left < (end + 0.5) * cell < right:
                    raised[int(y // cell), end] = False
    return raised
