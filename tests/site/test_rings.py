"""The growth rings: honest, repeatable, and never crossing."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from harmonia.site.rings import RingDay, breath_of, breath_seconds, ring_radii, rings_svg

SVG = "{http://www.w3.org/2000/svg}"
FIRST = date(2026, 9, 1)

gas = st.none() | st.floats(min_value=-5, max_value=500, allow_nan=False)
days = st.lists(st.tuples(gas, st.integers(0, 9), st.integers(0, 90)), max_size=60).map(
    lambda rows: [RingDay(FIRST + timedelta(n), *row) for n, row in enumerate(rows)]
)


def drawn(*ring_days: RingDay, breath_s: float | None = None, title: str = "Rings") -> ElementTree.Element:
    svg = rings_svg(ring_days, breath_s=breath_s, title=title, description="Each ring is a day.")
    return ElementTree.fromstring(svg)


def classes(element: ElementTree.Element, tag: str) -> list[str | None]:
    return [found.get("class") for found in element.iter(tag)]


@given(days)
def test_a_ring_lies_outside_the_one_before_it_in_every_direction(ring_days: list[RingDay]) -> None:
    rings = ring_radii(ring_days)

    assert all(
        inner < outer for before, after in pairwise(rings) for inner, outer in zip(before, after, strict=True)
    )
    assert all(0 < radius <= 0.9600001 for ring in rings for radius in ring)


@given(days, st.none() | st.floats(min_value=0, max_value=100))
def test_any_days_make_well_formed_svg_with_one_path_a_day(
    ring_days: list[RingDay], breath_s: float | None
) -> None:
    svg = drawn(*ring_days, breath_s=breath_s)

    assert max(len(ring_days), 1) == len(list(svg.iter("path")))


@given(days)
def test_the_same_days_draw_the_same_rings(ring_days: list[RingDay]) -> None:
    first = rings_svg(ring_days, breath_s=5, title="Rings", description="Days")

    assert first == rings_svg(list(ring_days), breath_s=5, title="Rings", description="Days")


def test_a_day_with_more_gas_has_a_wider_ring() -> None:
    lean, rich = RingDay(FIRST, 1.0), RingDay(FIRST, 2.0)
    today = RingDay(FIRST + timedelta(1), 1.0)
    narrow, wide = ring_radii([rich, lean, today]), ring_radii([lean, rich, today])

    def share(rings: list[list[float]]) -> float:
        return sum(rings[1]) / sum(rings[0])

    assert share(narrow) < share(wide)


def test_a_day_with_a_story_is_amber_and_a_day_without_a_reading_is_dotted() -> None:
    svg = drawn(RingDay(FIRST, 1.0), RingDay(FIRST, 1.0, stories=2), RingDay(FIRST, None, stories=1))

    assert classes(svg, "path") == ["day", "day told", "day unread"]


def test_each_story_and_drop_off_is_a_mote_up_to_four_of_a_kind() -> None:
    svg = drawn(RingDay(FIRST, 1.0, stories=1, drop_offs=90))

    assert ["heart", "mote told", *["mote"] * 4] == classes(svg, "circle")


def test_no_days_draw_one_quiet_ring_that_holds_still() -> None:
    svg = drawn()

    assert classes(svg, "path") == ["day unread"]
    assert svg.get("class") == "rings"


def test_the_breath_is_named_in_quarter_seconds_between_four_and_eight() -> None:
    named = [drawn(breath_s=seconds).get("class") for seconds in (0.5, 5.1, 6.0, 99.0)]

    assert [f"rings breathing breath-{quarters}" for quarters in (16, 20, 24, 32)] == named


def test_the_breath_quickens_with_the_gas_and_stays_slow() -> None:
    assert [breath_seconds(gas, 2.0) for gas in (0.0, 2.0, 4.0, 40.0)] == [8.0, 6.0, 4.0, 4.0]
    assert breath_seconds(3.0, 0.0) == 8.0


def test_the_newest_reading_sets_the_breath_and_no_reading_sets_none() -> None:
    steady = [RingDay(FIRST, 2.0), RingDay(FIRST, 2.0), RingDay(FIRST, None)]

    assert breath_of(steady) == 6.0
    assert breath_of([RingDay(FIRST, None)]) is None


def test_the_template_tag_takes_plain_tuples() -> None:
    page = Template("{% load look %}{% rings days title='Rings' %}").render(
        Context({"days": [(FIRST, 2.0, 1, 0), (FIRST, 2.0, 0, 3)]})
    )

    assert 'class="rings breathing breath-24"' in page
    assert page.count('class="day told"') == 1


def test_a_screen_reader_gets_the_title_and_markup_in_it_stays_text() -> None:
    svg = drawn(title='Rings of <Mill & "Yard">')

    assert svg.get("role") == "img"
    assert svg.findtext("title") == 'Rings of <Mill & "Yard">'


def test_nothing_in_the_drawing_needs_inline_style_or_a_fixed_colour() -> None:
    svg = rings_svg([RingDay(FIRST, 1.0, 1, 1)], breath_s=5, title="Rings", description="Days")

    assert re.findall(r'style=|#[0-9a-f]{3,6}"|rgb\(', svg) == []
