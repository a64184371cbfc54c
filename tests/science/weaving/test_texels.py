"""Texels and tiles show the crossings and colours of the drafts, and nothing that is gone."""

import io
import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from harmonia.science.weaving import DYES, Thread, drawdown, texels, tiles, weave_fabric, weave_patch
from harmonia.science.weaving.ground import BARE_WEFT, SEASONS
from harmonia.science.weaving.patch import ENDS, PICKS
from harmonia.science.weaving.places import bands
from harmonia.science.weaving.texels import Texels

MATERIALS = ["paper", "textile", "wood", "metal", "glass", "plastic", "electronics", "food", "wool", "moss"]


def stories(count: int, days: int = 9) -> list[Thread]:
    dyes = list(DYES.values())
    return [
        Thread(f"s{n}", MATERIALS[n % 10], dyes[n * 7 % 10], n * days, f"Story {n}") for n in range(count)
    ]


def laid(threads: list[Thread], lanes: int = 6) -> Texels:
    return texels.lay(bands(threads, lanes, 0), lanes)


def test_texels_are_the_crossings_and_colours_of_every_patch() -> None:
    threads = stories(20)
    cloth = laid(threads)

    for number, seed in enumerate(cloth.seeds):
        place = cloth.place(seed)
        assert place is not None
        draft = weave_patch(threads[int(seed[1:])], lane=place[1])
        crossing, stripe = cloth.kinds[number]
        np.testing.assert_array_equal(texels.unpack(cloth.crossings[crossing]), drawdown(draft))
        np.testing.assert_array_equal(cloth.yarns[number, cloth.stripes[stripe]], draft.weft_colours)


def test_texels_and_the_loom_s_arrays_are_one_cloth() -> None:
    threads = stories(20)
    cloth, fabric = laid(threads), weave_fabric(threads, since=0)

    assert (cloth.picks, cloth.ends) == fabric.raised.shape
    for row, lane in np.argwhere(cloth.cells >= 0).tolist():
        top = int(cloth.tops[row])
        there = fabric.raised[top : top + PICKS, lane * ENDS : (lane + 1) * ENDS]
        crossing = cloth.kinds[cloth.cells[row, lane], 0]
        np.testing.assert_array_equal(texels.unpack(cloth.crossings[crossing]), there)
    np.testing.assert_array_equal(cloth.warp, fabric.warp_colours)


def test_what_many_patches_share_is_kept_once() -> None:
    cloth = laid(stories(600, days=1))

    assert len(cloth.kinds) == 600
    assert len(cloth.crossings) < 150


def test_a_browser_can_read_what_is_encoded() -> None:
    cloth = laid(stories(9))
    content = texels.encode(cloth)
    start = 8 + int.from_bytes(content[4:8], "little")
    header = json.loads(content[8:start])
    at = start + header["arrays"]["cells"]

    assert content[:4] == texels.MAGIC
    assert all(place % 4 == 0 for place in header["arrays"].values())
    np.testing.assert_array_equal(
        np.frombuffer(content, "<i4", cloth.cells.size, at).reshape(cloth.cells.shape), cloth.cells
    )


def test_an_empty_cloth_is_ground_in_the_colours_of_the_year() -> None:
    cloth = texels.bare(2, 3)

    assert (cloth.picks, cloth.ends, cloth.seeds) == (96, 64, ())
    assert len(texels.encode(cloth)) < 2_000
    assert set(map(tuple, cloth.grounds.tolist())) <= {*SEASONS, BARE_WEFT}


def test_the_deepest_tile_is_one_patch_and_the_first_the_whole_cloth() -> None:
    cloth = laid(stories(12))
    whole = tiles.levels(cloth)

    assert (whole[0].columns, whole[0].rows) == (1, 1)
    assert (whole[-1].cell, whole[-1].columns) == (8, 6)
    assert all(b.width in (2 * a.width, 2 * a.width - 1) for a, b in pairwise(whole))


def test_tiles_are_the_same_bytes_every_time() -> None:
    deepest = len(tiles.levels(laid(stories(12)))) - 1

    assert tiles.tile(laid(stories(12)), deepest, 0, 0) == tiles.tile(laid(stories(12)), deepest, 0, 0)


def test_tiles_beside_one_another_make_up_the_picture() -> None:
    cloth = laid(stories(12))
    level = next(n for n, at in enumerate(tiles.levels(cloth)) if at.columns == 3)
    at = tiles.levels(cloth)[level]
    whole = tiles.draw(cloth, at.cell, 0, 0, at.width, at.height)
    tile = np.asarray(Image.open(io.BytesIO(tiles.tile(cloth, level, 1, 0))))

    np.testing.assert_array_equal(tile, whole[: tile.shape[0], tiles.TILE : tiles.TILE + tile.shape[1]])


@pytest.mark.parametrize("cell", [8, 4])
def test_every_crossing_wears_the_colour_of_the_yarn_on_top(cell: float) -> None:
    cloth = laid(stories(3))
    picture = texels.linear(tiles.draw(cloth, cell, 0, 0, int(cloth.ends * cell), int(PICKS * cell)))
    step = int(cell)
    middle = picture[step // 2 :: step, step // 2 :: step].astype(float)
    row, lane = np.argwhere(cloth.cells >= 0)[0].tolist()
    patch = cloth.cells[row, lane]
    raised = texels.unpack(cloth.crossings[cloth.kinds[patch, 0]])
    warp = texels.linear(cloth.warp[lane * ENDS : (lane + 1) * ENDS])[None]
    weft = texels.linear(cloth.yarns[patch, cloth.stripes[cloth.kinds[patch, 1]]])[:, None]
    yarn = np.where(raised[..., None], warp, weft)
    seen = middle[:PICKS, lane * ENDS : (lane + 1) * ENDS]
    # Light changes how bright a yarn is, never which hue it has.
    hue = seen / seen.sum(axis=2, keepdims=True) - yarn / yarn.sum(axis=2, keepdims=True)

    assert np.abs(hue).max() < 0.05


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 30))
def test_a_new_story_renames_only_the_tiles_it_lies_on(count: int) -> None:
    before, after = laid(stories(40, days=1)[:count]), laid(stories(40, days=1)[: count + 1])
    level = len(tiles.levels(after)) - 1
    at = tiles.levels(after)[level]
    place = after.place(f"s{count}")
    assert place is not None
    shared = range(min(before.rows, after.rows))
    renamed = [
        (row, column)
        for row in shared
        for column in range(at.columns)
        if tiles.tile_name(before, len(tiles.levels(before)) - 1, column, row)
        != tiles.tile_name(after, level, column, row)
    ]

    assert set(renamed) <= {place}


def test_there_is_no_tile_beyond_the_cloth() -> None:
    with pytest.raises(IndexError):
        tiles.tile(laid(stories(3)), 0, 1, 0)


def test_near_and_far_the_cloth_is_equally_bright() -> None:
    cloth = laid(stories(24, days=2))
    near = texels.linear(tiles.draw(cloth, 8, 0, 0, 1024, 768)).mean()
    far = texels.linear(tiles.draw(cloth, 0.5, 0, 0, 64, 48)).mean()

    assert far == pytest.approx(near, rel=0.03)
