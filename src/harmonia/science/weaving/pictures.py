"""A draft as pictures: one pixel a crossing for looms, colour for people, and back."""

import io
from warnings import catch_warnings, simplefilter

import numpy as np
from PIL import Image, UnidentifiedImageError

from harmonia.science.weaving.crossings import warp_paths, weft_paths
from harmonia.science.weaving.draft import LINEN, UMBER, Bools, Draft, DraftError, drawdown
from harmonia.science.weaving.shading import shaded

MOST_PIXELS = 50_000_000
MOST_STROKES = 4_000_000  # [crossings] in a drawing of lines; more would choke any program that opens it
CELL = 8  # [px] side of a crossing in a picture for people


def bitmap(draft: Draft, kind: str = "BMP") -> bytes:
    """Return a 1-bit BMP or TIFF, one pixel a crossing, first pick on top, black = warp raised."""
    return _bytes(Image.fromarray(~drawdown(draft)), kind)


def picture(draft: Draft, cell: int | None = None) -> bytes:
    """Return a PNG of the cloth, `cell` [px] a crossing; without one as large as 50 million pixels allow.

    From four pixels on threads are shaded; the middle of a crossing has the plain colour of what lies on top.
    """
    room = int((MOST_PIXELS / (draft.ends * draft.picks)) ** 0.5)
    return _bytes(Image.fromarray(shaded(draft, cell or min(max(room, 1), CELL))), "PNG")


def _bytes(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def draft_svg(draft: Draft) -> str:
    """Return an SVG of the cloth in its colours: warp below, weft floats above it.

    Raises
    ------
    DraftError
        More crossings than a drawing of lines can hold.
    """
    check_drawable(draft)
    width, height = CELL * draft.ends, CELL * draft.picks
    strokes = [
        *warp_paths(draft.warp_colours, CELL, height).items(),
        *weft_paths(drawdown(draft), draft.weft_colours, CELL, 0).items(),
    ]
    lines = "".join(f'<path d="{path}" stroke="{colour}"/>' for colour, path in strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" fill="none" stroke-width="{CELL}">{lines}</svg>\n'
    )


def check_drawable(draft: Draft) -> None:
    """Refuse a draft with too many crossings for a drawing of lines."""
    if draft.ends * draft.picks > MOST_STROKES:
        raise DraftError(
            f"{draft.ends} x {draft.picks} crossings are too many for a drawing of lines; "
            f"a picture (PNG) or a loom bitmap (BMP, TIFF) holds them."
        )


def read_bitmap(content: bytes) -> Draft:
    """Return the draft of a black-and-white picture: equal columns share a shaft, in order of appearance.

    Raises
    ------
    DraftError
        It is no picture, too large, or holds more than black and white.
    """
    with catch_warnings():
        simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=["BMP", "TIFF", "PNG"]) as image:
                raised = _black(image)
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, Warning) as error:
            if isinstance(error, DraftError):
                raise
            raise DraftError(f"The picture cannot be read: {error}.") from None
    return from_crossings(raised)


def _black(image: Image.Image) -> Bools:
    width, height = image.size
    if not width * height <= MOST_PIXELS:
        raise DraftError(f"The picture is {width} x {height} pixels, more than {MOST_PIXELS:,} in all.")
    grey = np.asarray(image.convert("L"))
    if not np.isin(grey, (0, 255)).all():
        raise DraftError("The picture holds more than black and white; one black pixel is one raised end.")
    return np.asarray(grey == 0)


def from_crossings(raised: Bools) -> Draft:
    """Return a draft that weaves (picks, ends) crossings with as few shafts as they need."""
    # Eight picks a byte: the columns sort in an eighth of the memory.
    columns = np.packbits(raised, axis=0)
    _, first, shaft = np.unique(columns, axis=1, return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))
    picks, ends = raised.shape
    return Draft(
        threading=(order[shaft.reshape(-1)] + 1).astype(np.int64),
        liftplan=np.ascontiguousarray(raised[:, np.sort(first)]),
        warp_colours=np.full((ends, 3), UMBER, dtype=np.uint8),
        weft_colours=np.full((picks, 3), LINEN, dtype=np.uint8),
    )
