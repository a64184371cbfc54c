from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.weaving import DYES, Thread, photo_palette, told_apart, weave_patch
from harmonia.science.weaving.palette import oklab, oklab_array
from harmonia.science.weaving.vision import APART, VISIONS, distance, seen

channel = st.integers(0, 255)
colours = st.tuples(channel, channel, channel)


def test_red_and_green_that_a_protanope_mixes_up_are_near_each_other() -> None:
    """Check with a textbook pair: dark red beside olive, far apart for most eyes."""
    red, olive = (180, 60, 40), (100, 92, 32)

    assert np.linalg.norm(np.subtract(seen(red, "full"), seen(olive, "full"))) > 1.7 * APART
    assert distance(red, olive) < APART


@pytest.mark.parametrize("vision", sorted(VISIONS))
def test_greys_stay_grey_for_every_eye(vision: str) -> None:
    assert seen((128, 128, 128), vision) == pytest.approx(oklab((128, 128, 128)), abs=0.002)


@given(st.tuples(colours, colours, colours))
def test_three_yarns_are_told_apart_by_every_eye(yarns: tuple[tuple[int, int, int], ...]) -> None:
    apart = told_apart(yarns)

    assert apart[0] == yarns[0]
    assert all(distance(one, two) >= APART - 1e-9 for one, two in combinations(apart, 2))


def test_yarns_that_are_apart_already_stay_as_they_are() -> None:
    yarns = (DYES["indigo"], DYES["amber"], DYES["linen"])

    assert told_apart(yarns) == yarns


@given(colours)
def test_arrays_and_single_colours_have_the_same_oklab(colour: tuple[int, int, int]) -> None:
    np.testing.assert_allclose(oklab_array(np.array([colour], dtype=np.uint8))[0], oklab(colour), atol=1e-12)


def photo() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return a grey wall, a blue door and a small yellow lamp, with some noise."""
    wall = np.full((60, 80, 3), 128, dtype=np.int64)
    wall[20:60, 10:40] = (40, 70, 160)
    wall[5:15, 60:75] = (240, 190, 40)
    noise = np.random.default_rng(1).integers(-6, 7, wall.shape)
    return np.asarray(np.clip(wall + noise, 0, 255), dtype=np.uint8)


def test_a_photo_is_remembered_by_wall_door_and_lamp() -> None:
    palette = photo_palette(photo())
    near = [
        min(np.linalg.norm(np.subtract(oklab(colour), oklab(seen_there))) for colour in palette)
        for seen_there in ((128, 128, 128), (40, 70, 160), (240, 190, 40))
    ]

    assert len(palette) == 3
    assert max(near) < 0.06
    assert photo_palette(photo()) == palette


@given(st.integers(0, 30), st.integers(0, 2**32 - 1))
def test_any_photo_gives_colours_every_eye_tells_apart(side: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 3)).astype(np.uint8)

    assert all(distance(one, two) >= APART - 1e-9 for one, two in combinations(photo_palette(pixels), 2))


@given(st.text(), st.tuples(colours, colours))
def test_a_patch_is_dyed_from_its_photo_and_its_yarns_are_told_apart(
    seed: str, palette: tuple[tuple[int, int, int], ...]
) -> None:
    weft = weave_patch(Thread(seed, "paper", DYES["teal"], 0, "", palette)).weft_colours
    yarns = {tuple(colour) for colour in weft.tolist()}

    assert DYES["teal"] in yarns
    assert all(distance(one, two) >= APART - 1e-9 for one, two in combinations(sorted(yarns), 2))
