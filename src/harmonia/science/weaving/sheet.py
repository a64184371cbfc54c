"""A draft as a page for the wall beside the loom: threading on top, lifts at the side, the cloth between."""

import io
from warnings import catch_warnings, simplefilter

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from harmonia.science.weaving.draft import Bools, Draft
from harmonia.science.weaving.shading import shaded

INCH = 25.4  # [mm]
MARGIN = 12.0  # [mm]
GAP = 2.0  # [mm] between the parts
LARGEST_CELL, SMALLEST_CELL = 4.0, 0.3  # [mm] side of a crossing
PAGE = 269.0  # [mm] what the longer side of A4 leaves free
MOST_MARKS = 60  # shafts or treadles with a column of their own; a jacquard's thousands say nothing on paper
MOST_PIXELS = 16_000_000
INK = "#2b2320"


def draft_pdf(draft: Draft) -> bytes:
    """Return a PDF of one page, as large as the draft needs: no longer than A4 while crossings stay legible.

    Up to 60 shafts are drawn with their threading and lift plan; the cloth is a picture, shaded, first pick on
    top as in our other pictures. The same draft always gives the same bytes.
    """
    shafts = draft.shafts if draft.shafts <= MOST_MARKS else 0
    longest = max(draft.ends, draft.picks) + shafts
    cell = float(np.clip(PAGE / longest, SMALLEST_CELL, LARGEST_CELL))
    width, height = draft.ends * cell, draft.picks * cell
    side = shafts * cell + GAP if shafts else 0.0
    page = (width + side + 2 * MARGIN, height + side + 2 * MARGIN + GAP)
    figure = Figure(figsize=(page[0] / INCH, page[1] / INCH))
    cloth = _axes(figure, page, (MARGIN, MARGIN), (width, height))
    room = int((MOST_PIXELS / (draft.ends * draft.picks)) ** 0.5)
    cloth.imshow(shaded(draft, int(np.clip(room, 1, 8))), interpolation="none", aspect="auto")
    if shafts:
        above, beside = MARGIN + height + GAP, MARGIN + width + GAP
        threading = draft.threading[None, :] == np.arange(shafts, 0, -1)[:, None]
        _grid(_axes(figure, page, (MARGIN, above), (width, shafts * cell)), threading)
        _grid(_axes(figure, page, (beside, MARGIN), (shafts * cell, height)), draft.liftplan)
    title = draft.title or f"{draft.ends} ends, {draft.picks} picks, {draft.shafts} shafts"
    # Dollar signs would begin a formula.
    figure.text(
        MARGIN / page[0], 1 - MARGIN / 2 / page[1], title.replace("$", r"\$"), color=INK, va="center", size=9
    )
    return _bytes(figure, title)


def _axes(
    figure: Figure, page: tuple[float, float], corner: tuple[float, float], size: tuple[float, float]
) -> Axes:
    """Return bare axes at a place on the page, all in mm."""
    left, bottom, width, height = (*corner, *size)
    axes = figure.add_axes((left / page[0], bottom / page[1], width / page[0], height / page[1]))
    axes.set_axis_off()
    return axes


def _grid(axes: Axes, marks: Bools) -> None:
    """Draw marks (rows, columns) as squares on paper, first row on top."""
    rows, columns = marks.shape
    axes.pcolormesh(
        np.arange(columns + 1), np.arange(rows + 1), marks, cmap="binary", vmin=0, vmax=1.1,
        edgecolors="#cfc6b2", linewidth=0.2,
    )  # fmt: skip
    axes.set_xlim(0, columns)
    axes.set_ylim(rows, 0)


def _bytes(figure: Figure, title: str) -> bytes:
    out = io.BytesIO()
    with catch_warnings():
        simplefilter("ignore")  # a letter the font lacks is drawn as a box; the file still names it
        figure.savefig(
            out, format="pdf", metadata={"Title": title, "Creator": "Harmonia", "CreationDate": None}
        )
    return out.getvalue()
