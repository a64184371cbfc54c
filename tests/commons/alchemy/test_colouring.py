"""Photos kept before their palettes were: looked at once, and only once."""

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from harmonia.commons.alchemy import actions, albums, colours, queries
from harmonia.commons.alchemy.models import Picture
from harmonia.commons.journal.models import Event
from tests.commons.alchemy.conftest import Make

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(make: Make, photo: bytes) -> Picture:
    """A photo of a public story as a version before kept it."""
    thing = make(story="Told.", photo=photo)
    Picture.objects.update(palette="")
    return thing.pictures.get()


def test_a_photo_without_a_palette_lends_its_one_colour(old: Picture) -> None:
    (story,) = queries.stories()

    assert (story.colour, story.palette) == (colours.parse(old.colour), ())


@pytest.mark.database
def test_its_palette_is_found_once_and_open_pages_are_told(old: Picture) -> None:
    assert [actions.find_colours(), actions.find_colours()] == [1, 0]
    old.refresh_from_db()
    (story,) = queries.stories()

    assert (story.colour, *story.palette) == colours.parse_all(old.palette)
    assert max(abs(a - b) for a, b in zip(story.colour, (0x8A, 0x3B, 0x12), strict=True)) < 12
    assert Event.objects.filter(topic="alchemy", kind="colours_found").count() == 1
    assert Event.objects.filter(topic="tapestry", kind="dyed").count() == 1


def test_a_photo_whose_file_is_gone_is_left_as_it_is(old: Picture) -> None:
    for name in old.files():
        default_storage.delete(f"{albums.FOLDER}/{name}")

    assert actions.find_colours() == 0
    assert Picture.objects.get().palette == ""


@pytest.mark.database
@pytest.mark.parametrize("palette", ["#11223", "112233x", "#112233 #44556"])
def test_the_database_keeps_whole_colours_only(old: Picture, palette: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.update(palette=palette)


@pytest.mark.database
def test_photos_still_go_only_with_an_entry_in_the_log(old: Picture) -> None:
    with pytest.raises(IntegrityError, match="taking back needs an entry"), transaction.atomic():
        old.delete()
