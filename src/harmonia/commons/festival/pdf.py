"""The pyramid to cut out, as a PDF that is true to scale."""

from io import BytesIO
from math import cos, pi, sin
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from harmonia.science.scenes import Pyramid

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MM = 1 / 25.4  # [inch]
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
MARGIN = 12.0  # [mm]
RULER = 100.0  # [mm]


def template(pyramid: Pyramid, paper: str = "a4") -> bytes:
    """Return one page: a sheet to cut four times, a ruler to check the printer with, and a few words."""
    # matplotlib takes a moment and 40 MB to load: only where somebody prints.
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.figure import Figure
    from matplotlib.patches import Polygon

    width, height = PAPERS[paper]
    figure = Figure(figsize=(width * MM, height * MM))
    FigureCanvasPdf(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    axes.axis("off")
    _words(axes, pyramid, height)
    foot = 78.0
    left = (width - pyramid.base_mm) / 2
    corners = [(left + x, foot + y) for x, y in pyramid.trapezoid()]
    axes.add_patch(Polygon(corners, closed=True, fill=False, linewidth=0.8, edgecolor="black"))
    axes.text(width / 2, foot - 5, f"{pyramid.base_mm:.0f} mm", ha="center", va="top", fontsize=9)
    axes.text(width / 2, foot + pyramid.slant_mm / 2, _("cut four of these"), ha="center", fontsize=11)
    axes.text(
        width / 2,
        foot + pyramid.slant_mm + 3,
        f"{pyramid.opening_mm:.0f} mm",
        ha="center",
        va="bottom",
        fontsize=9,
    )
    _net(axes, width)
    _ruler(axes)
    out = BytesIO()
    figure.savefig(out, format="pdf", metadata={"CreationDate": None, "Title": _("Pyramid for holograms")})
    return out.getvalue()


def _words(axes: "Axes", pyramid: Pyramid, height: float) -> None:
    lines = [
        _("Print at 100 %, without fitting to the page, then measure the ruler below."),
        _(
            "Trace the sheet four times onto clear plastic, an old CD case for instance. Score, then snap or cut."
        ),
        _("Tape the four slanting edges together. It stands %(height).0f mm high, each face at 45 degrees.")
        % {"height": pyramid.height_mm},
        _("Set its small square on the middle of the picture, and darken the room."),
    ]
    axes.text(MARGIN, height - 20, _("A pyramid for holograms"), fontsize=22, va="top")
    for number, line in enumerate(lines):
        axes.text(MARGIN, height - 36 - 8 * number, f"{number + 1}.  {line}", fontsize=9.5, va="top")


def _net(axes: "Axes", width: float) -> None:
    """Draw, small, how the four sheets stand on the screen."""
    from matplotlib.patches import Polygon

    middle, low, size = (width - 30, 44.0), 3.0, 14.0
    for turn in range(4):
        angle = pi / 2 * turn
        points = [(-size, size), (size, size), (low, low), (-low, low)]
        turned = [
            (middle[0] + x * cos(angle) - y * sin(angle), middle[1] + x * sin(angle) + y * cos(angle))
            for x, y in points
        ]
        axes.add_patch(Polygon(turned, closed=True, fill=False, linewidth=0.6, edgecolor="0.4"))


def _ruler(axes: "Axes") -> None:
    left, foot = MARGIN, 34.0
    axes.plot([left, left + RULER], [foot, foot], color="black", linewidth=0.8)
    for mm in range(0, int(RULER) + 1, 10):
        axes.plot(
            [left + mm, left + mm], [foot, foot + (4 if mm % 50 == 0 else 2.5)], color="black", linewidth=0.8
        )
    axes.text(
        left, foot - 3, _("This line is 100 mm long if your printer kept the scale."), fontsize=9, va="top"
    )
