import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.weaving.palette import DYES, companions, oklab, on_dark_warp, srgb

channel = st.integers(0, 255)


@given(st.tuples(channel, channel, channel))
def test_oklab_and_back_is_the_same_colour(colour: tuple[int, int, int]) -> None:
    assert srgb(*oklab(colour)) == pytest.approx(colour, abs=1)


def test_oklab_of_red_is_the_published_one() -> None:
    """Check against the value of sRGB red that Ottosson's reference implementation gives."""
    assert oklab((255, 0, 0)) == pytest.approx((0.62796, 0.22486, 0.12585), abs=1e-4)


@given(st.tuples(channel, channel, channel))
def test_every_storys_colour_stands_out_from_the_dark_warp(colour: tuple[int, int, int]) -> None:
    assert oklab(on_dark_warp(colour))[0] >= 0.5


@given(st.sampled_from(sorted(DYES)))
def test_companions_differ_in_lightness_so_that_colour_blind_eyes_tell_them_apart(name: str) -> None:
    lightness = oklab(DYES[name])[0]

    assert companions(DYES[name])
    assert all(abs(oklab(dye)[0] - lightness) > 0.09 for dye in companions(DYES[name]))
