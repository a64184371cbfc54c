"""The cloth: a thread for each public story, always the same, each in its own place."""

import io
import re
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.utils import translation
from PIL import Image

from harmonia.commons.alchemy import actions as alchemy
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from harmonia.commons.tapestry import queries
from tests.commons.tapestry.conftest import Tell

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Weave anew in each test."""
    cache.clear()


def links(svg: str) -> dict[str, str]:
    """Return address -> name of each thread."""
    return {a.attrib["href"]: a.attrib["aria-label"] for a in ElementTree.fromstring(svg).iter(f"{SVG}a")}


def places(svg: str) -> dict[str, str]:
    """Return address -> where its patch lies."""
    return dict(re.findall(r'<a (?:id="[^"]*" )?href="([^"]*)".*?transform="translate\(([^)]*)\)', svg))


def patch(svg: str, address: str) -> str:
    """Return one story's patch as it was drawn."""
    found = re.search(rf'<a href="{re.escape(address)}".*?</a>', svg, re.DOTALL)
    assert found
    return found[0]


def test_before_the_first_story_there_is_no_cloth_and_no_strip(db: None) -> None:
    assert [queries.cloth(), queries.strip(), queries.newest(), queries.threads()] == ["", "", "", []]


def test_each_story_is_a_link_with_a_name(tell: Tell) -> None:
    stool, lamp = tell("A stool from a bed frame", day=2), tell("A lamp", day=9, material="metal")

    assert links(queries.cloth()) == {
        f"/make/{stool.code}/": "Thread 1: A stool from a bed frame, told by Kiran in May 2026",
        f"/make/{lamp.code}/": "Thread 2: A lamp, told by Kiran in May 2026",
    }
    assert [thread.name for thread in queries.threads()] == sorted(links(queries.cloth()).values())


def test_the_same_stories_always_give_the_same_cloth(tell: Tell) -> None:
    for day in (1, 2, 9):
        tell(f"Thing {day}", day=day)
    first = queries.cloth()
    cache.clear()

    assert queries.cloth() == first


def test_a_new_story_leaves_every_other_where_it_was(tell: Tell) -> None:
    for day in (1, 2, 2, 9):
        tell("Thing", day=day)
    before = places(queries.cloth())
    new = tell("New", day=10)
    after = places(queries.cloth())

    assert {address: after[address] for address in before} == before
    assert set(after) - set(before) == {f"/make/{new.code}/"}


@pytest.mark.parametrize("which", [0, 2, 5])
def test_a_withdrawn_story_goes_and_every_other_keeps_its_place_number_and_pattern(
    tell: Tell, kiran: Person, which: int
) -> None:
    told = [tell(f"Thing {place}", day=day) for place, day in enumerate((1, 2, 3, 9, 10, 20))]
    before, gone = queries.cloth(), f"/make/{told[which].code}/"
    names = links(before)
    alchemy.withdraw_story(kiran, told[which].story)
    after = queries.cloth()

    assert places(after) == {address: place for address, place in places(before).items() if address != gone}
    assert links(after) == {address: name for address, name in names.items() if address != gone}
    assert all(patch(after, address) == patch(before, address) for address in places(after))


def test_of_a_withdrawn_or_hidden_story_nothing_is_left_but_bare_ground(
    tell: Tell, kiran: Person, theo: Person
) -> None:
    tell("A stool", day=1)
    lamp, chair = tell("A lamp", day=2), tell("A chair", day=3)
    alchemy.withdraw_story(kiran, lamp.story)
    alchemy.hide(theo, chair, reason="Names a neighbour")

    for svg in (queries.cloth(), queries.strip(), queries.newest()):
        assert not any(trace in svg for trace in ("lamp", "chair", lamp.code, chair.code, "gone:"))


def test_when_every_story_is_gone_the_loom_is_bare(tell: Tell, kiran: Person) -> None:
    alchemy.withdraw_story(kiran, tell("A stool").story)

    assert [queries.cloth(), queries.strip(), queries.newest()] == ["", "", ""]


@pytest.mark.parametrize("access", ["habitat", "only_me"])
def test_a_story_that_is_not_for_everybody_is_no_thread(tell: Tell, access: str) -> None:
    tell("A stool", access=access)

    assert queries.threads() == []


def test_when_a_person_leaves_their_name_goes_from_the_cloth(tell: Tell, kiran: Person) -> None:
    tell("A stool")
    assert "Kiran" in queries.cloth()
    people.leave(kiran)

    assert "Kiran" not in queries.cloth()
    assert [thread.name for thread in queries.threads()] == ["Thread 1: A stool, told in May 2026"]


def test_when_a_person_takes_another_name_the_cloth_says_it_at_once(tell: Tell, kiran: Person) -> None:
    tell("A stool")
    assert "Kiran" in queries.cloth()
    people.rename(kiran, name="Kai", language="en")

    assert "told by Kai" in queries.cloth()


def test_the_cloth_speaks_the_language_of_the_reader(tell: Tell) -> None:
    tell("A stool")
    assert "May 2026" in queries.cloth()
    with translation.override("es"):
        assert "mayo" in queries.cloth().lower()


def test_a_title_cannot_break_out_of_the_drawing(tell: Tell) -> None:
    attack = tell('"></a><script>alert(1)</script><a href="gone:x')
    svg = queries.cloth(mine=[attack.code])

    assert "<script" not in svg
    assert list(links(svg)) == [f"/make/{attack.code}/"]


def test_ones_own_threads_have_a_bright_edge_and_an_id_to_jump_to(tell: Tell, lyra: Person) -> None:
    tell("A stool", day=1)
    own = tell("A lamp", day=2, person=lyra)
    tree = ElementTree.fromstring(queries.cloth(mine=queries.threads_of(lyra)))
    marked = [a for a in tree.iter(f"{SVG}a") if "id" in a.attrib]

    assert [a.attrib["id"] for a in marked] == [f"mine-{own.code}"]
    assert [rect.attrib["stroke"] for a in marked for rect in a.iter(f"{SVG}rect")] == [queries.MINE]
    assert "id=" not in patch(queries.cloth(), f"/make/{own.code}/")


def test_the_newest_cloth_holds_at_most_twelve_stories(tell: Tell) -> None:
    told = [tell(f"Thing {day}", day=day) for day in range(1, 15)]

    assert set(links(queries.newest())) == {f"/make/{thing.code}/" for thing in told[-12:]}


def test_the_strip_is_small_and_hidden_from_screen_readers(tell: Tell) -> None:
    for day in range(1, 20):
        tell(f"Thing {day}", day=day)

    assert len(queries.strip()) < 30_000
    assert 'aria-hidden="true"' in queries.strip()


@pytest.mark.database
def test_a_story_is_woven_in_the_colours_of_its_photo_and_takes_no_other_place(tell: Tell) -> None:
    tell("A stool", day=2)
    before = places(queries.cloth())
    stool = patch(queries.cloth(), next(iter(before)))
    bag = tell("A bag", day=9, material="textiles", photo=photograph(), alt="A purple bag before a pale wall")
    (thread,) = (place.thread for place in queries.woven() if place.code == bag.code)
    yarns = [thread.colour, *thread.palette]

    assert [max(abs(a - b) for a, b in zip(*pair, strict=True)) for pair in zip(yarns, (PURPLE, AMBER, WALL), strict=True)
            ] == pytest.approx([0, 0, 0], abs=10)  # fmt: skip
    assert patch(queries.cloth(), next(iter(before))) == stool
    assert places(queries.cloth()).items() > before.items()


PURPLE, AMBER, WALL = (128, 74, 130), (232, 163, 48), (236, 226, 204)


def photograph() -> bytes:
    picture = Image.new("RGB", (300, 200), WALL)
    picture.paste(PURPLE, (110, 60, 190, 150))
    picture.paste(AMBER, (130, 20, 170, 60))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
