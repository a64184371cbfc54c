"""Matter becomes a thing, a thing gets a story, and both can be refused or taken back."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.models import Artifact, Moderation, Picture, Story, Withdrawal
from harmonia.commons.journal import queries as journal
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder, Movement, Substance
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.alchemy.conftest import Make

pytestmark = pytest.mark.django_db


def test_making_moves_grams_from_the_point_into_the_things_own_holder(
    make: Make, yard: Holder, wood: Substance, metal: Substance
) -> None:
    thing = make(materials=[(yard, wood, 3200), (yard, metal, 400)])

    assert books.stock(thing.holder) == {wood: 3200, metal: 400}
    assert books.stock(yard) == {wood: 6800, metal: 1600}
    assert thing.material == wood
    assert thing.holder.kind == Holder.Kind.ARTIFACT


def test_more_than_is_there_is_refused_with_place_and_amount_and_nothing_is_saved(
    make: Make, yard: Holder, wood: Substance, settings: object
) -> None:
    before = Movement.objects.count()
    with pytest.raises(
        actions.Refused, match=r"Gate has 10\skg of Broken wood, not 10.001\skg. Nothing was saved"
    ):
        make(materials=[(yard, wood, 6000), (yard, wood, 4001)])

    assert Movement.objects.count() == before
    assert not Artifact.objects.exists()
    assert not Holder.objects.filter(kind=Holder.Kind.ARTIFACT).exists()


@pytest.mark.parametrize("grams", [0, -1, -10_000])
def test_a_material_that_weighs_nothing_or_less_is_refused(
    make: Make, yard: Holder, wood: Substance, grams: int
) -> None:
    with pytest.raises(actions.Refused, match="at least 1 gram"):
        make(materials=[(yard, wood, grams)])

    assert books.grams_of(yard, wood) == 10_000


def test_matter_cannot_be_taken_out_of_a_digester_or_the_air(make: Make, wood: Substance) -> None:
    with pytest.raises(actions.Refused, match="an older thing"):
        make(materials=[(books.holder("air"), wood, 5)])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": "   "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "A \u202eloots"}, "title"),
        ({"materials": []}, "at least one material"),
        ({"story": "x" * 20_001}, "20,000"),
        ({"access": "martians"}, "who may read"),
        ({"language": "../en"}, "language"),
        ({"photo": b"", "alt": "x"}, "empty"),
    ],
)
def test_what_cannot_be_told_is_refused_with_a_sentence_and_nothing_is_saved(
    make: Make, wrong: dict[str, object], sentence: str
) -> None:
    with pytest.raises(actions.Refused, match=rf"(?s){sentence}.*Nothing was saved"):
        make(**wrong)

    assert not Artifact.objects.exists()


def test_a_photo_without_words_for_those_who_cannot_see_it_is_refused(make: Make, photo: bytes) -> None:
    with pytest.raises(actions.Refused, match="what the photo shows"):
        make(photo=photo, alt="  ")


def test_the_same_key_makes_one_thing(make: Make, yard: Holder, wood: Substance) -> None:
    assert make(key="form-1") == make(key="form-1")

    assert books.grams_of(yard, wood) == 9500


def test_a_photo_is_kept_in_a_few_widths_under_a_name_nobody_can_guess(make: Make, photo: bytes) -> None:
    picture = Picture.objects.get(artifact=make(photo=photo))

    assert picture.widths == [480, 640]
    assert len(picture.name) == 32
    assert all(default_storage.exists(f"alchemy/{name}") for name in picture.files())


def test_when_saving_fails_no_file_of_the_photo_stays(
    make: Make, photo: bytes, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    def full(*_: object, **__: object) -> None:
        raise IntegrityError("disk full")

    monkeypatch.setattr(Picture, "save", full)
    with pytest.raises(IntegrityError):
        make(photo=photo)

    assert [p for p in Path(default_storage.path("")).rglob("*") if p.is_file()] == []


def test_an_event_tells_codes_and_grams_but_no_name(make: Make) -> None:
    thing = make(story="Kiran made it.")
    (event,) = journal.latest("alchemy", 1)

    assert event.kind == "made"
    assert event.payload == {"artifact": thing.code, "grams": 500, "public_story": Story.objects.get().pk}


def test_an_event_about_a_private_story_does_not_point_to_it(make: Make) -> None:
    make(story="For me.", access="only_me")

    assert journal.latest("alchemy", 1)[0].payload["public_story"] is None


def test_withdrawing_erases_the_words_and_leaves_the_matter(make: Make, kiran: Person) -> None:
    thing = make(story="A secret I regret.")
    actions.withdraw_story(kiran, thing.story)

    assert Story.objects.get().text == ""
    assert queries.stories() == []
    assert queries.stories_of(kiran) == []
    assert books.stock(thing.holder) != {}


def test_only_the_teller_can_withdraw_and_only_once(make: Make, kiran: Person, lyra: Person) -> None:
    thing = make(story="It wobbled.")
    with pytest.raises(actions.Refused, match="Only the person who told"):
        actions.withdraw_story(lyra, thing.story)
    actions.withdraw_story(kiran, thing.story)

    with pytest.raises(actions.Refused, match="already"):
        actions.withdraw_story(kiran, thing.story)


def test_a_withdrawn_photo_loses_its_files(
    make: Make, kiran: Person, photo: bytes, django_capture_on_commit_callbacks: object
) -> None:
    thing = make(photo=photo)
    names = thing.pictures.get().files()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.withdraw_picture(kiran, thing.pictures.get())

    assert not Picture.objects.exists()
    assert not any(default_storage.exists(f"alchemy/{name}") for name in names)


def test_hiding_needs_the_permission_and_a_reason(make: Make, lyra: Person, theo: Person) -> None:
    thing = make(story="It wobbled.")
    with pytest.raises(actions.Refused, match="Only a facilitator"):
        actions.hide(lyra, thing, reason="I don't like it")
    with pytest.raises(actions.Refused, match="reason"):
        actions.hide(theo, thing, reason=" ")

    assert [view.code for view in queries.stories()] == [thing.code]


def test_what_is_hidden_comes_out_nowhere_until_it_is_shown_again(make: Make, theo: Person) -> None:
    thing = make(story="It wobbled.")
    actions.hide(theo, thing, reason="Names a neighbour")

    assert queries.stories() == []
    assert list(queries.gallery(AnonymousUser())) == []
    actions.show_again(theo, thing, reason="The name is gone")
    assert [view.code for view in queries.stories()] == [thing.code]
    assert [entry.reason for entry in queries.log_of(thing.code)] == ["The name is gone", "Names a neighbour"]


def test_leaving_deletes_what_was_for_one_alone_and_keeps_the_rest_without_a_name(
    make: Make, kiran: Person, photo: bytes, django_capture_on_commit_callbacks: object
) -> None:
    private = make(story="For me.", access="only_me", photo=photo)
    public = make(title="A lamp", story="For all.")
    names = private.pictures.get().files()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        people.leave(kiran)

    assert sorted(story.text for story in Story.objects.all()) == ["", "For all."]
    assert not any(default_storage.exists(f"alchemy/{name}") for name in names)
    assert [(view.code, view.teller) for view in queries.stories()] == [(public.code, None)]
    assert Artifact.objects.count() == 2


def test_export_holds_ones_own_things_whoever_may_read_them(make: Make, kiran: Person, lyra: Person) -> None:
    make(story="For me.", access="only_me")

    (mine,) = queries.export(kiran)["artifacts"]
    assert mine["story"] == {
        "text": "For me.",
        "language": "en",
        "access": "only_me",
        "state": "told",
        "place": "",
    }
    assert mine["materials"] == [{"substance": "wood", "grams": 500, "from": "gate"}]
    assert queries.export(lyra) == {"artifacts": [], "circles": [], "repairs": []}


@pytest.mark.database
def test_the_database_refuses_a_withdrawn_story_that_still_has_words(make: Make) -> None:
    thing = make(story="It wobbled.")
    Withdrawal.objects.create(artifact=thing, what="story", row=thing.story.pk)

    with pytest.raises(IntegrityError, match="alchemy_story_words_until_withdrawn"), transaction.atomic():
        Story.objects.update(state="withdrawn")


@pytest.mark.database
def test_the_database_refuses_a_picture_without_alt_text(make: Make, photo: bytes) -> None:
    make(photo=photo)

    with pytest.raises(IntegrityError, match="alchemy_picture_has_alt_text"), transaction.atomic():
        Picture.objects.update(alt="")


@pytest.mark.database
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_keeps_the_log_of_moderation(make: Make, theo: Person, verb: str) -> None:
    actions.hide(theo, make(), reason="Names a neighbour")
    log = Moderation.objects.all()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        log.update(reason="nothing") if verb == "update" else log.delete()
