"""Sheets of labels as PDF, for the printers and label papers people have at hand."""

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import segno
from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import PathPatch
from matplotlib.path import Path

MM = 1 / 25.4  # [inch]
MOST_LABELS = 500


@dataclass(frozen=True)
class Layout:
    """A sheet of labels [mm]: paper, how many across and down, one label, and where the first begins."""

    paper: tuple[float, float]
    across: int
    down: int
    label: tuple[float, float]
    first: tuple[float, float]  # from the left and from the top
    gap: float = 0.0  # between columns

    @property
    def labels(self) -> int:
        """How many labels one sheet has."""
        return self.across * self.down


LAYOUTS = {
    "a4-24": Layout((210, 297), 3, 8, (70, 37), (0, 0.5)),
    "a4-21": Layout((210, 297), 3, 7, (63.5, 38.1), (7.2, 15.1), gap=2.5),
    "letter-30": Layout((215.9, 279.4), 3, 10, (66.7, 25.4), (4.8, 12.7), gap=3.1),
}


@dataclass(frozen=True)
class Label:
    """What stands on one label."""

    code: str
    title: str
    address: str


def sheets(labels: Sequence[Label], layout: Layout, *, skip: int = 0) -> bytes:
    """Return label sheets as PDF, vector QR codes and all; `skip` leaves the used labels of the first sheet free.

    Raises ValueError for more than 500 labels.
    """
    if len(labels) > MOST_LABELS:
        raise ValueError("more than 500 labels")
    out = io.BytesIO()
    places = [None] * (skip % layout.labels) + list(labels)
    with PdfPages(out, metadata={"Title": "Labels", "Creator": "Harmonia"}) as pdf:
        for start in range(0, max(len(places), 1), layout.labels):
            figure = Figure(figsize=(layout.paper[0] * MM, layout.paper[1] * MM))
            FigureCanvasPdf(figure)
            for number, label in enumerate(places[start : start + layout.labels]):
                if label is not None:
                    _draw(figure, layout, number, label)
            pdf.savefig(figure)
    return out.getvalue()


def lines_of(layout: Layout) -> int:
    """Return how many lines of a title (8 pt, 3.4 mm) stand above the code, which begins 11.5 mm from below."""
    return min(4, int((layout.label[1] - 5 - 11.5) / 3.4))


def _draw(figure: Figure, layout: Layout, number: int, label: Label) -> None:
    row, column = divmod(number, layout.across)
    width, height = layout.label
    left = layout.first[0] + column * (width + layout.gap)
    bottom = layout.paper[1] - layout.first[1] - (row + 1) * height
    side = min(height - 4, 30.0)  # [mm], with quiet zone
    _draw_code(figure, layout, label.address, left + 2, bottom + (height - side) / 2, side)
    text = left + side + 4
    letters = max(8, int((width - side - 6) / 1.65))
    lines = textwrap.wrap(label.title if printable(label.title) else "", letters)[: lines_of(layout)]
    _say(figure, layout, text, bottom + height - 5, "\n".join(lines), 8)
    _say(figure, layout, text, bottom + 7.5, label.code, 12, va="baseline", weight="bold")
    address = label.address.partition("://")[2].rstrip("/").partition("/")[0]
    _say(figure, layout, text, bottom + 3.5, address[: int(letters * 1.3)], 6, va="baseline")


def _say(
    figure: Figure,
    layout: Layout,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    va: str = "top",
    weight: str = "normal",
) -> None:
    figure.text(
        x / layout.paper[0], y / layout.paper[1], text, fontsize=size, va=va, weight=weight, parse_math=False
    )


def _draw_code(figure: Figure, layout: Layout, address: str, x: float, y: float, side: float) -> None:
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=4)]
    cell = side / len(rows)
    corners: list[tuple[float, float]] = []
    for line, modules in enumerate(rows):
        for start, end in _runs(modules):
            x0, x1 = x + start * cell, x + end * cell
            y1 = y + side - line * cell
            corners += [(x0, y1 - cell), (x1, y1 - cell), (x1, y1), (x0, y1), (x0, y1 - cell)]
    scaled = [(a / layout.paper[0], b / layout.paper[1]) for a, b in corners]
    one = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    path = Path(scaled, one * (len(scaled) // 5))
    figure.add_artist(PathPatch(path, facecolor="black", linewidth=0, transform=figure.transFigure))


def _runs(modules: Sequence[int]) -> list[tuple[int, int]]:
    found, start = [], None
    for at, dark in enumerate([*modules, 0]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            found.append((start, at))
            start = None
    return found


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties())).get_charmap())


def printable(text: str) -> bool:
    """Whether the font of the sheets has every letter; a title it lacks is left out, the code stays."""
    return all(ord(letter) in _glyphs() for letter in text)
