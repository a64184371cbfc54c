import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from harmonia.science.weaving import STRUCTURES, Draft, Limits, auto_bind, check, drawdown, from_crossings
from harmonia.science.weaving.floats import SELVEDGE_PICKS, selvedge_runs
from tests.science.weaving.drafts import drafts

FLOATS = {"weft float", "warp float"}
limits = st.builds(Limits, st.integers(1, 12), st.sampled_from([0.4, 1.0, 3.3, 10.0, 100.0]))


def names(draft: Draft, allowed: Limits | None = None) -> set[str]:
    return {finding.name for finding in check(draft, allowed)}


def loose(draft: Draft) -> list[int]:
    return [max(picks, SELVEDGE_PICKS) for _, _, picks in selvedge_runs(drawdown(draft))]


@st.composite
def blocks(draw: st.DrawFn) -> Draft:
    """Draw a cloth of solid rectangles, full of long floats both ways."""
    picks, ends = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    raised = draw(arrays.arrays(np.bool_, (6, 6))).repeat(7, axis=0).repeat(7, axis=1)
    return from_crossings(raised[:picks, :ends])


@given(blocks() | drafts(), limits)
def test_no_float_limit_is_broken_once_floats_are_bound(draft: Draft, allowed: Limits) -> None:
    assert not names(auto_bind(draft, allowed), allowed) & FLOATS


@given(blocks() | drafts(), limits)
def test_binding_leaves_no_edge_looser_than_it_was(draft: Draft, allowed: Limits) -> None:
    assert all(
        after <= before for before, after in zip(loose(draft), loose(auto_bind(draft, allowed)), strict=True)
    )


@given(blocks(), limits)
def test_binding_gives_every_pick_a_shed(draft: Draft, allowed: Limits) -> None:
    assert draft.ends == 1 or "empty shed" not in names(auto_bind(draft, allowed), allowed)


@given(blocks() | drafts(), limits)
def test_what_is_bound_needs_no_more_binding_and_keeps_yarns_and_places(
    draft: Draft, allowed: Limits
) -> None:
    bound = auto_bind(draft, allowed)

    assert auto_bind(bound, allowed) is bound
    np.testing.assert_array_equal(draft.warp_colours, bound.warp_colours)
    np.testing.assert_array_equal(draft.weft_spacing_mm, bound.weft_spacing_mm)
    assert (draft.picks, draft.ends, draft.title) == (bound.picks, bound.ends, bound.title)


def test_a_sound_draft_is_left_alone() -> None:
    draft = from_crossings(np.indices((12, 12)).sum(axis=0) % 2 == 0)

    assert auto_bind(draft) is draft


def test_a_threading_that_weaves_tabby_keeps_its_shafts() -> None:
    overshot = STRUCTURES["overshot"]
    plan = np.zeros((24, 4), dtype=np.bool_)
    plan[np.arange(24) % 12 < 6, :2] = True
    draft = Draft(
        threading=np.array(overshot.threading),
        liftplan=plan,
        warp_colours=np.zeros((32, 3), dtype=np.uint8),
        weft_colours=np.zeros((24, 3), dtype=np.uint8),
    )
    bound = auto_bind(draft, Limits(float_threads=5))

    assert "weft float" in names(draft, Limits(float_threads=5))
    np.testing.assert_array_equal(draft.threading, bound.threading)
    assert bound.shafts == 4
    assert not names(bound, Limits(float_threads=5)) & FLOATS


def test_few_crossings_change_and_they_are_scattered() -> None:
    """A solid field of 40 ends and 40 picks, floats of 10 at most: a satin, not a line."""
    draft = from_crossings(np.zeros((40, 40), dtype=np.bool_))
    ties = drawdown(auto_bind(draft))

    assert 3 * 40 <= ties.sum() <= 8 * 40
    assert ties.sum(axis=0).max() <= 14


@pytest.mark.scale
def test_a_loom_of_2640_ends_is_bound() -> None:
    draw = np.random.default_rng(3)
    raised = draw.random((400, 106)).__lt__(0.5).repeat(25, axis=0).repeat(25, axis=1)[:, :2640]
    ends, picks = raised.shape[1], raised.shape[0]
    draft = Draft(
        threading=np.arange(1, ends + 1),
        liftplan=raised,
        warp_colours=np.zeros((ends, 3), dtype=np.uint8),
        weft_colours=np.zeros((picks, 3), dtype=np.uint8),
    )

    assert not names(auto_bind(draft)) & FLOATS
