"""More photos, a recording, care and another audience, told later and over the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.models import Artifact, Picture, Recording, Story
from harmonia.commons.alchemy.queries.search import things_found
from harmonia.commons.journal.models import Event
from harmonia.commons.people.models import Person
from tests.commons.alchemy import sounds
from tests.commons.alchemy.conftest import Make, fetched, jpeg

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def test_a_story_can_be_told_later_once(signed_in: SignIn, make: Make, kiran: Person) -> None:
    thing = make()
    address = reverse("story_new", args=[thing.code])
    form = {"story": "It wobbled.", "language": "en", "access": "public", "place_name": "Yard",
            "latitude": "48.8584", "longitude": "2.2945"}  # fmt: skip
    page = signed_in(kiran).post(address, form, follow=True).content.decode()

    assert "It wobbled." in page
    assert "Yard" in page
    assert "48.8584" not in page
    assert [story.code for story in queries.stories()] == [thing.code]
    assert signed_in(kiran).get(address).status_code == 404
    with pytest.raises(actions.Refused, match="told of it already"):
        actions.tell(kiran, thing, story="Again.", language="en")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"story": ""}, "This field is required"),
        ({"latitude": "48"}, "Give both latitude and longitude"),
        ({"latitude": "91", "longitude": "0"}, "less than or equal to 90"),
        ({"latitude": "nan", "longitude": "0"}, "Enter a number"),
        ({"access": "circle"}, "is not one of the available choices"),
    ],
)
def test_a_slip_in_a_later_story_keeps_what_was_typed(
    signed_in: SignIn, make: Make, kiran: Person, wrong: dict[str, str], sentence: str
) -> None:
    form = {"story": "It wobbled.", "language": "en", "access": "public", **wrong}
    answer = signed_in(kiran).post(reverse("story_new", args=[make().code]), form)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Story.objects.exists()


def test_a_story_is_written_anew_and_keeps_its_place_and_readers(
    signed_in: SignIn, make: Make, kiran: Person
) -> None:
    thing = make(story="It wobbeld.")
    before = Story.objects.get()
    address = reverse("story_words", args=[thing.code])
    browser = signed_in(kiran)
    assert "It wobbeld." in browser.get(address).content.decode()
    page = browser.post(address, {"story": "It wobbled.", "language": "es"}, follow=True).content.decode()
    after = Story.objects.get()

    assert "It wobbled." in page
    assert "wobbeld" not in page
    assert (after.language, after.access, after.told_at, after.woven_at) == (
        "es", before.access, before.told_at, before.woven_at,
    )  # fmt: skip
    assert [things_found(Artifact.objects.all(), word, kiran).count() for word in ("wobbled", "wobbeld")] == [
        1,
        0,
    ]
    assert "Its maker wrote it anew on" in page
    assert "(edition 2)" in page
    assert Event.objects.filter(kind="dyed", payload__story=after.pk).exists()
    assert "wobb" not in str(list(Event.objects.values_list("payload", flat=True)))


@pytest.mark.database
def test_the_database_keeps_words_that_no_entry_says_were_written_anew(make: Make, kiran: Person) -> None:
    story = make(story="Told.").story
    for change in ({"text": "Other."}, {"text": "Other.", "edition": 2}, {"edition": 2}):
        with pytest.raises(IntegrityError, match="so do other words"), transaction.atomic():
            Story.objects.filter(pk=story.pk).update(**change)
    actions.retell(kiran, story.artifact, story="Second.", language="en")
    actions.retell(kiran, story.artifact, story="Third.", language="en")
    with pytest.raises(IntegrityError, match="so do other words"), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(text="Other.")

    assert Story.objects.get().text == "Third."


def test_words_are_not_emptied_nor_written_over_a_story_that_was_taken_back(
    make: Make, kiran: Person
) -> None:
    thing = make(story="Told.")
    with pytest.raises(actions.Refused, match="no words"):
        actions.retell(kiran, thing, story="  ", language="en")
    assert Story.objects.get().text == "Told."
    actions.withdraw_story(kiran, Story.objects.get())
    with pytest.raises(actions.Refused, match="No story is told"):
        actions.retell(kiran, thing, story="Again.", language="en")


def test_up_to_six_photos_are_kept_in_their_order(signed_in: SignIn, make: Make, kiran: Person) -> None:
    thing = make(photo=jpeg(), alt="One")
    browser = signed_in(kiran)
    for number in range(2, 8):
        upload = SimpleUploadedFile("p.jpg", jpeg())
        form = {"photo": upload, "alt": f"Photo {number}", "access": "public"}
        answer = browser.post(reverse("picture_new", args=[thing.code]), form)

    assert answer.status_code == 422
    assert "Six photos" in answer.content.decode()
    page = browser.get(reverse("artifact", args=[thing.code])).content.decode()
    places = [page.index(f'alt="{alt}"') for alt in ("One", "Photo 2", "Photo 6")]
    assert places == sorted(places)
    assert 'type="image/avif"' in page
    assert Picture.objects.count() == 6


def test_a_recording_is_told_with_its_words_and_played_in_parts(
    client: Client, signed_in: SignIn, make: Make, kiran: Person
) -> None:
    thing = make()
    upload = SimpleUploadedFile("voice.exe", sounds.ogg(3), "application/x-evil")
    form = {"recording": upload, "transcript": "It was the cat.", "language": "en", "access": "public"}
    page = (
        signed_in(kiran).post(reverse("recording_new", args=[thing.code]), form, follow=True).content.decode()
    )
    name = Recording.objects.get().files()[0]
    client.logout()
    whole = fetched(client, name)
    part = client.get(reverse("media", args=[name]), headers={"range": "bytes=0-3"})
    tail = client.get(reverse("media", args=[name]), headers={"range": "bytes=-2"})
    past = client.get(reverse("media", args=[name]), headers={"range": "bytes=999999-"})

    assert "It was the cat." in page
    assert "<audio controls" in page
    assert (whole["Content-Type"], whole["Accept-Ranges"]) == ("audio/ogg", "bytes")
    assert (part.status_code, part.content, part["Content-Type"]) == (206, b"OggS", "audio/ogg")
    assert part["Content-Range"].startswith("bytes 0-3/")
    assert (tail.status_code, len(tail.content), past.status_code) == (206, 2, 416)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"recording": b"not sound"}, "no recording we can play"),
        ({"recording": sounds.wav(310)}, "longer than five minutes"),
        ({"transcript": ""}, "This field is required"),
    ],
)
def test_a_recording_that_cannot_be_kept_gets_a_sentence(
    signed_in: SignIn, make: Make, kiran: Person, wrong: dict[str, Any], sentence: str
) -> None:
    upload = SimpleUploadedFile("a.wav", wrong.pop("recording", sounds.wav()))
    form = {"recording": upload, "transcript": "Words", "language": "en", "access": "public", **wrong}
    answer = signed_in(kiran).post(reverse("recording_new", args=[make().code]), form)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Recording.objects.exists()


def test_techniques_and_care_are_written_anew_by_the_maker(
    signed_in: SignIn, make: Make, kiran: Person
) -> None:
    thing = make(techniques=["joinery", "carving"], care="Oil it.")
    form = {"care": "Wax it **twice**.", "techniques": ["weaving", "joinery"]}
    page = (
        signed_in(kiran).post(reverse("artifact_care", args=[thing.code]), form, follow=True).content.decode()
    )

    assert "<strong>twice</strong>" in page
    assert sorted(p.technique for p in thing.practices.all()) == ["joinery", "weaving"]


def test_the_audience_is_chosen_anew_for_words_photos_and_voice(
    client: Client, signed_in: SignIn, make: Make, kiran: Person, photo: bytes
) -> None:
    thing = make(story="It wobbled.", photo=photo)
    signed_in(kiran).post(reverse("artifact_share", args=[thing.code]), {"access": "habitat"})
    client.logout()

    page = client.get(reverse("artifact", args=[thing.code])).content.decode()
    assert "wobbled" not in page
    assert fetched(client, thing.pictures.get().files()[0]).status_code == 404
    assert queries.stories() == []


@pytest.mark.parametrize(
    "name",
    [
        "story_new",
        "story_words",
        "picture_new",
        "recording_new",
        "artifact_share",
        "artifact_care",
        "artifact_makers",
    ],
)
def test_nobody_else_tells_of_a_thing(
    client: Client, signed_in: SignIn, make: Make, lyra: Person, theo: Person, name: str
) -> None:
    thing = make(story="Mine.") if name in ("artifact_share", "story_words") else make()
    address = reverse(name, args=[thing.code])

    assert client.get(address).status_code == 302
    for person in (lyra, theo):
        assert signed_in(person).get(address).status_code == 404


def test_every_form_that_tells_says_first_what_can_never_be_called_back(
    signed_in: SignIn, make: Make, kiran: Person
) -> None:
    bare, told = make(), make(story="Told.")
    addresses = [reverse("artifact_new")]
    addresses += [reverse(name, args=[bare.code]) for name in ("story_new", "picture_new", "recording_new")]
    addresses += [reverse("artifact_share", args=[told.code])]
    for address in addresses:
        page = signed_in(kiran).get(address).content.decode()
        asked = page.index('name="access"')
        assert page.index("What can never be called back") < page.rindex('<button class="button">'), address
        for copy in ("printed", "loom files", "neighbouring habitats and kiosks", "lease ends", "backups"):
            assert copy in page, (address, copy)
        assert asked


def test_a_thing_made_of_an_older_one_is_offered_its_matter(
    signed_in: SignIn, make: Make, kiran: Person, theo: Person
) -> None:
    thing: Artifact = make(title="A wide bed")

    assert "A wide bed" in signed_in(kiran).get(reverse("artifact_new")).content.decode()
    page = signed_in(theo).get(reverse("artifact_new"), {"of": thing.code}).content.decode()
    assert "A wide bed" in page
