import io

import numpy as np
import pytest
from hypothesis import given
from PIL import Image

from harmonia.science.weaving import (
    Draft,
    DraftError,
    bitmap,
    draft_svg,
    drawdown,
    from_crossings,
    picture,
    read_bitmap,
    read_wif,
    write_wif,
)
from harmonia.science.weaving.pictures import CELL
from tests.science.weaving.drafts import drafts
from tests.science.weaving.svg import crossings


@pytest.mark.parametrize("kind", ["BMP", "TIFF"])
@given(draft=drafts())
def test_a_loom_bitmap_and_back_holds_the_same_crossings(kind: str, draft: Draft) -> None:
    np.testing.assert_array_equal(drawdown(draft), drawdown(read_bitmap(bitmap(draft, kind))))


@given(drafts())
def test_raster_svg_and_wif_describe_the_same_crossings(draft: Draft) -> None:
    wif = drawdown(read_wif(write_wif(draft)))

    np.testing.assert_array_equal(wif, drawdown(read_bitmap(bitmap(draft))))
    np.testing.assert_array_equal(wif, crossings(draft_svg(draft), draft.picks, draft.ends, CELL))


@given(drafts())
def test_the_picture_shows_the_colour_of_the_thread_on_top(draft: Draft) -> None:
    image = np.asarray(Image.open(io.BytesIO(picture(draft, 1))).convert("RGB"))
    raised = drawdown(draft)[:, :, None]

    np.testing.assert_array_equal(
        np.where(raised, draft.warp_colours[None], draft.weft_colours[:, None]), image
    )


@pytest.mark.parametrize("cell", [4, 5, 8])
@given(draft=drafts())
def test_a_shaded_picture_shows_that_colour_in_the_middle_of_each_crossing(cell: int, draft: Draft) -> None:
    image = np.asarray(Image.open(io.BytesIO(picture(draft, cell))).convert("RGB"))
    raised = drawdown(draft)[:, :, None]
    middle = image[cell // 2 :: cell, cell // 2 :: cell].astype(np.int64)

    assert image.shape == (draft.picks * cell, draft.ends * cell, 3)
    np.testing.assert_allclose(
        np.where(raised, draft.warp_colours[None], draft.weft_colours[:, None]), middle, atol=1
    )


@pytest.mark.parametrize("kind", ["BMP", "TIFF"])
def test_a_loom_bitmap_has_one_bit_a_crossing_and_black_where_the_warp_is_raised(kind: str) -> None:
    draft = from_crossings(np.array([[True, False, False], [False, True, False]]))
    image = Image.open(io.BytesIO(bitmap(draft, kind)))

    assert (image.mode, image.size) == ("1", (3, 2))
    assert np.asarray(image.convert("L")).tolist() == [[0, 255, 255], [255, 0, 255]]


def test_a_cloth_too_large_for_lines_is_refused_as_a_drawing() -> None:
    draft = from_crossings(np.ones((4, 2_000_000), dtype=np.bool_))

    with pytest.raises(DraftError, match="too many for a drawing of lines"):
        draft_svg(draft)


def test_crossings_take_as_few_shafts_as_they_need_in_order_of_appearance() -> None:
    draft = from_crossings(np.array([[True, False, True], [False, True, False]]))

    assert draft.threading.tolist() == [1, 2, 1]


@pytest.mark.parametrize("content", [b"", b"BM nothing", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(DraftError, match="The picture cannot be read"):
        read_bitmap(content)


def test_a_picture_with_grey_is_no_draft() -> None:
    out = io.BytesIO()
    Image.new("L", (4, 4), 100).save(out, "BMP")

    with pytest.raises(DraftError, match="more than black and white"):
        read_bitmap(out.getvalue())


def test_a_picture_too_large_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (60_000, 1_000)).save(out, "PNG")

    with pytest.raises(DraftError, match="60000 x 1000 pixels"):
        read_bitmap(out.getvalue())
