import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.weaving import DYES, Thread, cloth_svg, drawdown, strip_svg, weave_patch
from harmonia.science.weaving.cloth import CELL
from harmonia.science.weaving.patch import ENDS, PICKS
from tests.science.weaving.svg import crossings

SVG = "{http://www.w3.org/2000/svg}"
MATERIALS = ["paper", "textile", "wood", "metal", "glass", "plastic", "electronics", "food", "wool", "moss"]


def stories(count: int, days: int = 84) -> list[Thread]:
    dyes = list(DYES.values())
    return [
        Thread(f"story-{n}", MATERIALS[n % 10], dyes[n * 7 % 10], n * days // max(count, 1), f"Story {n}")
        for n in range(count)
    ]


def weave(threads: list[Thread]) -> str:
    return cloth_svg(threads, link=lambda thread: f"/stories/{thread.seed}?from=cloth&a=1", title="Our cloth")


def links(svg: str) -> dict[str, str]:
    found = ElementTree.fromstring(svg).iter(f"{SVG}a")
    return {link.get("aria-label", ""): ElementTree.tostring(link, "unicode") for link in found}


def test_the_same_stories_always_give_the_same_cloth_and_strip() -> None:
    assert weave(stories(30)) == weave(stories(30))
    assert strip_svg(stories(30)) == strip_svg(stories(30))


def test_every_story_is_a_link_with_its_name_in_reading_order_of_bands() -> None:
    names = list(links(weave(stories(30))))

    assert sorted(names) == sorted(thread.name for thread in stories(30))
    assert [int(name.split()[1]) // 10 for name in names] == sorted(
        int(name.split()[1]) // 10 for name in names
    )


@settings(max_examples=20)
@given(st.integers(1, 40))
def test_a_new_story_changes_only_its_own_place(count: int) -> None:
    before = links(weave(stories(40, days=280)[:count]))
    after = links(weave(stories(40, days=280)[: count + 1]))

    assert before.items() <= after.items()
    assert len(after) - len(before) == (count < 40)


def test_a_withdrawn_story_of_another_band_moves_nothing() -> None:
    threads = stories(30)
    kept = links(cloth_svg(threads[1:], link=lambda thread: "/", since=0))
    whole = links(cloth_svg(threads, link=lambda thread: "/", since=0))
    later = {thread.name for thread in threads if thread.day >= 28}

    assert {name: whole[name] for name in later} == {name: kept[name] for name in later}


@pytest.mark.parametrize("material", MATERIALS)
def test_a_patch_on_the_page_is_the_drawdown_of_its_draft(material: str) -> None:
    thread = Thread("bench", material, DYES["coral"], 0, "A bench")
    (link,) = links(weave([thread])).values()

    np.testing.assert_array_equal(drawdown(weave_patch(thread)), crossings(link, PICKS, ENDS, CELL))


def test_names_and_addresses_are_escaped() -> None:
    svg = cloth_svg(
        [Thread("x", "wood", (1, 2, 3), 0, '<script>"&')],
        link=lambda thread: '/"><script>',
        title="<b>",
        prefix='"x',
    )
    link = next(ElementTree.fromstring(svg).iter(f"{SVG}a"))

    assert link.get("href") == '/"><script>'
    assert link.get("aria-label") == '<script>"&'
    assert "<script>" not in svg


def test_nothing_breaks_a_strict_content_security_policy() -> None:
    svg = weave(stories(12)) + strip_svg(stories(12))

    assert re.findall(r"\sstyle=|<style|<script|\son\w+=|data:", svg) == []


def test_a_cloth_of_sixty_stories_stays_under_400_kb_and_a_strip_under_30() -> None:
    plain = [Thread(f"s{n}", "paper", DYES["teal"], n, f"Story {n}") for n in range(60)]

    assert max(len(weave(plain)), len(weave(stories(60)))) < 400_000
    assert max(len(strip_svg(plain)), len(strip_svg(stories(60)))) < 30_000


def test_before_the_first_story_there_is_undyed_cloth() -> None:
    assert links(weave([])) == {}
    assert "<path" in weave([])
    assert "<path" in strip_svg([])


def test_the_strip_is_hidden_from_screen_readers_and_fills_any_width() -> None:
    root = ElementTree.fromstring(strip_svg(stories(3)))

    assert (root.get("aria-hidden"), root.get("width")) == ("true", "100%")


def test_a_narrow_page_gets_fewer_lanes() -> None:
    svg = cloth_svg(stories(6), width=360, link=lambda thread: "/")

    assert ElementTree.fromstring(svg).get("width") == "320"
