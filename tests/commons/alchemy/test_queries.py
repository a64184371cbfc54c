"""Who sees what of a thing, its photo and its story."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import File

from harmonia.commons.alchemy import actions, colours, queries
from harmonia.commons.alchemy.models import Picture, Story
from harmonia.commons.alchemy.queries import ArtifactView, Viewer
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger.models import Action, Holder, Substance
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.alchemy.conftest import Make

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def seen(code: str, viewer: Viewer) -> ArtifactView:
    found = queries.artifact(code, viewer)
    assert found is not None
    return found


def opened(picture: Picture, viewer: Viewer) -> list[bool]:
    files: list[File[bytes] | None] = [queries.file(name, viewer) for name in picture.files()]
    for file in files:
        if file:
            file.close()
    return [file is not None for file in files]


@pytest.mark.parametrize(
    ("access", "visitor", "neighbour", "maker"),
    [("public", True, True, True), ("habitat", False, True, True), ("only_me", False, False, True)],
)
def test_access_holds_for_story_and_photo_alike(
    make: Make,
    kiran: Person,
    lyra: Person,
    photo: bytes,
    access: str,
    visitor: bool,
    neighbour: bool,
    maker: bool,
) -> None:
    thing = make(story="It wobbled.", photo=photo, access=access)

    for viewer, may in ((NOBODY, visitor), (lyra, neighbour), (kiran, maker)):
        view = seen(thing.code, viewer)
        assert (view.story is not None, view.picture is not None) == (may, may)
        assert opened(thing.pictures.get(), viewer) == [may] * 4
    assert (len(queries.stories()) == 1) == visitor


def test_what_a_minor_made_shows_no_photo_name_or_place_in_public(
    make: Make, noor: Person, lyra: Person, photo: bytes
) -> None:
    thing = make(noor, story="I sanded it.", photo=photo, access="public")
    public, inside = seen(thing.code, NOBODY), seen(thing.code, lyra)

    assert (public.maker, public.picture, [m.place for m in public.materials]) == (None, None, [None])
    assert public.story is not None
    assert opened(thing.pictures.get(), NOBODY) == [False] * 4
    assert (inside.maker, [m.place for m in inside.materials]) == ("Noor", ["Gate"])
    assert opened(thing.pictures.get(), lyra) == [True] * 4
    (thread,) = queries.stories()
    assert thread.teller is None
    assert thread.colour == colours.of_material("wood")


def test_a_minors_photo_stays_inside_after_they_have_left(make: Make, noor: Person, photo: bytes) -> None:
    thing = make(noor, photo=photo, access="public")
    people.leave(noor)

    public = seen(thing.code, NOBODY)
    assert (public.maker, public.picture, [m.place for m in public.materials]) == (None, None, [None])
    assert opened(thing.pictures.get(), NOBODY) == [False] * 4


def test_a_hidden_thing_is_seen_by_its_maker_and_facilitators_only(
    make: Make, kiran: Person, lyra: Person, theo: Person, photo: bytes
) -> None:
    thing = make(story="It wobbled.", photo=photo)
    actions.hide(theo, thing, reason="Names a neighbour")

    assert [queries.artifact(thing.code, viewer) for viewer in (NOBODY, lyra)] == [None, None]
    assert opened(thing.pictures.get(), lyra) == [False] * 4
    assert seen(thing.code, kiran).hidden_because == "Names a neighbour"
    assert seen(thing.code, theo).is_hidden


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-",
        "x",
        "../harmonia.sqlite3",
        "{name}",
        "{name}-480",
        "{name}-481.webp",
        "{name}-480.webp/..",
        "alchemy/{name}-480.webp",
        "{name}-480.webp\x00",
    ],
)
def test_only_the_exact_name_of_a_file_is_served(make: Make, photo: bytes, name: str) -> None:
    picture = make(photo=photo).pictures.get()

    assert queries.file(name.format(name=picture.name), NOBODY) is None


def test_stories_come_in_the_order_they_were_told_with_what_the_cloth_needs(
    make: Make, yard: Holder, metal: Substance, photo: bytes
) -> None:
    later = make(
        title="A lamp",
        story="Later.",
        at=datetime(2026, 5, 9, 10, tzinfo=UTC),
        materials=[(yard, metal, 300)],
    )
    first = make(story="First.", at=datetime(2026, 5, 2, 10, tzinfo=UTC), photo=photo, language="es")
    make(title="No story")

    stool, lamp = queries.stories()
    assert (stool.code, stool.number, stool.teller, stool.language, stool.material) == (
        first.code,
        1,
        "Kiran",
        "es",
        "wood",
    )
    assert (lamp.code, lamp.number, lamp.material, lamp.colour) == (
        later.code,
        2,
        "metal",
        colours.of_material("metal"),
    )
    assert (stool.colour, *stool.palette) == colours.parse_all(first.pictures.get().palette)
    assert stool.colour != colours.of_material("wood")
    assert lamp.palette == ()


def test_a_withdrawn_story_leaves_the_others_their_numbers(make: Make, kiran: Person) -> None:
    for hour in (1, 2, 3):
        make(title=f"Thing {hour}", story="Told.", at=datetime(2026, 5, 2, hour, tzinfo=UTC))
    actions.withdraw_story(kiran, Story.objects.order_by("told_at")[1])

    assert [(view.number, view.title) for view in queries.stories()] == [(1, "Thing 1"), (3, "Thing 3")]


def test_what_lies_at_workshops_and_points_is_offered_and_nothing_else(
    yard: Holder, wood: Substance, metal: Substance
) -> None:
    workshop = ledger.open_holder("workshop", "Workshop", Holder.Kind.WORKSHOP)
    ledger.book(
        Action.TRANSFER,
        [ledger.Posting(yard, wood, -700), ledger.Posting(workshop, wood, 700)],
        recorder=None,
    )

    offered = [(s.holder.code, s.substance.code, s.grams) for s in queries.sources()]
    assert offered == [("workshop", "wood", 700), ("gate", "metal", 2000), ("gate", "wood", 9300)]


def test_a_thing_whose_movement_was_reversed_counts_no_matter(make: Make, kiran: Person) -> None:
    thing = make()
    ledger.reverse(thing.movement, recorder=None, reason="typed twice")

    assert (seen(thing.code, kiran).materials, seen(thing.code, kiran).grams) == ((), 0)
    assert list(queries.gallery(NOBODY, queries.Narrowed(material="wood"))) == []


def test_the_gallery_asks_the_database_a_fixed_number_of_times(
    make: Make, photo: bytes, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for number in range(6):
        make(title=f"Thing {number}", story="Told.", photo=photo)

    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        queries.seen(queries.gallery(NOBODY), NOBODY)
