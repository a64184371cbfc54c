from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from harmonia.science.weaving import (
    BARE,
    DYES,
    Fabric,
    Thread,
    check,
    cloth_svg,
    drawdown,
    from_crossings,
    weave_fabric,
    weave_patch,
)
from harmonia.science.weaving.cloth import CELL
from harmonia.science.weaving.ground import ground
from harmonia.science.weaving.patch import ENDS, PICKS
from harmonia.science.weaving.places import DAYS
from tests.science.weaving.svg import crossings

MATERIALS = ["paper", "textile", "wood", "metal", "glass", "plastic", "electronics", "food", "garden", "moss"]


@st.composite
def told(draw: st.DrawFn) -> list[Thread]:
    """Draw stories in the order they arrive, some on the same day, some after quiet weeks."""
    days = sorted(draw(st.lists(st.integers(0, 60), min_size=1, max_size=14)))
    seeds = draw(st.lists(st.text(min_size=1), min_size=len(days), max_size=len(days), unique=True))
    kind = st.tuples(st.sampled_from(MATERIALS), st.sampled_from(sorted(DYES)))
    kinds = draw(st.lists(kind, min_size=len(days), max_size=len(days)))
    return [
        Thread(seed, material, DYES[dye], day, seed)
        for seed, day, (material, dye) in zip(seeds, days, kinds, strict=True)
    ]


def wide(fabric: Fabric) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Return (picks, ends) whose story each crossing is."""
    return fabric.stories.repeat(ENDS, axis=1)


@given(told())
def test_the_same_stories_always_give_the_same_cloth(threads: list[Thread]) -> None:
    one, two = weave_fabric(threads), weave_fabric(list(threads))

    np.testing.assert_array_equal(one.raised, two.raised)
    np.testing.assert_array_equal(one.weft_colours, two.weft_colours)
    np.testing.assert_array_equal(one.stories, two.stories)


@given(told())
def test_one_new_story_changes_only_its_own_place(threads: list[Thread]) -> None:
    assume(len(threads) > 1)  # before the first story there is bare loom, not cloth
    before, after = weave_fabric(threads[:-1], since=0), weave_fabric(threads, since=0)
    new = len(threads) - 1
    older = after.stories[: before.picks] != new

    assert (after.stories == new).sum() == PICKS
    np.testing.assert_array_equal(
        before.raised[older.repeat(ENDS, axis=1)], after.raised[: before.picks][older.repeat(ENDS, axis=1)]
    )
    np.testing.assert_array_equal(before.weft_colours[older], after.weft_colours[: before.picks][older])
    np.testing.assert_array_equal(before.stories[older], after.stories[: before.picks][older])
    assert set(np.unique(after.stories[before.picks :])) <= {BARE, new}


@settings(max_examples=15)
@given(told())
def test_the_page_and_the_fabric_show_the_same_crossings(threads: list[Thread]) -> None:
    fabric = weave_fabric(threads, lanes=3)
    svg = cloth_svg(threads, width=480, link=lambda thread: f"#{threads.index(thread)}")
    for link in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}a"):
        mine = wide(fabric) == int(link.get("href", "")[1:])
        text = ElementTree.tostring(link, "unicode")

        np.testing.assert_array_equal(
            fabric.raised[mine].reshape(PICKS, ENDS), crossings(text, PICKS, ENDS, CELL)
        )


@given(told())
def test_time_runs_down_the_warp_and_each_story_lies_in_it_once(threads: list[Thread]) -> None:
    fabric = weave_fabric(threads)
    first = [int(np.flatnonzero((fabric.stories == place).any(axis=1))[0]) for place in range(len(threads))]
    bands = [(thread.day - threads[0].day) // DAYS for thread in threads]

    assert first == sorted(first)
    assert all(first[a] < first[a + 1] for a in range(len(first) - 1) if bands[a] < bands[a + 1])


@pytest.mark.parametrize("material", MATERIALS)
def test_a_storys_place_in_the_fabric_is_the_drawdown_of_its_draft(material: str) -> None:
    thread = Thread("bench", material, DYES["coral"], 0, "A bench")
    fabric = weave_fabric([thread], lanes=3)
    (lane,) = np.flatnonzero((fabric.stories == 0).any(axis=0))
    draft = weave_patch(thread, lane=int(lane))

    np.testing.assert_array_equal(drawdown(draft), fabric.raised[wide(fabric) == 0].reshape(PICKS, ENDS))
    np.testing.assert_array_equal(draft.weft_colours, fabric.weft_colours[:, lane])
    np.testing.assert_array_equal(draft.warp_colours, fabric.warp_colours[lane * ENDS : (lane + 1) * ENDS])


def test_before_the_first_story_the_ground_waits() -> None:
    fabric = weave_fabric([], lanes=2)

    assert (fabric.stories == BARE).all()
    np.testing.assert_array_equal(ground(PICKS, 2 * ENDS), fabric.raised)


def test_a_story_a_month_comes_by_every_lane() -> None:
    threads = [Thread(f"s{month}", "wood", DYES["teal"], DAYS * month, "") for month in range(24)]

    assert (weave_fabric(threads, lanes=6).stories >= 0).any(axis=0).all()


def test_the_ground_turns_through_the_seasons_and_is_woven_without_long_floats() -> None:
    threads = [Thread(f"s{day}", "wood", DYES["teal"], day, "") for day in (0, 364)]
    fabric = weave_fabric(threads, lanes=4)
    bare = fabric.weft_colours[fabric.stories == BARE]

    assert len(np.unique(bare, axis=0)) == 12
    assert {finding.name for finding in check(from_crossings(ground(48, 48)))} <= {"uncaught selvedge"}


def test_a_loom_of_single_ends_weaves_the_fabric() -> None:
    fabric = weave_fabric([Thread("a", "wood", DYES["teal"], 0, "A")], lanes=2)

    np.testing.assert_array_equal(fabric.raised, drawdown(fabric.draft("Our cloth")))
