"""Whoever asks, by whatever way, gets what its teller chose, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.models import Access, Artifact, Circle, CircleMember, Story
from harmonia.commons.alchemy.queries import Viewer
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.alchemy import sounds
from tests.commons.alchemy.conftest import Make, fetched, jpeg
from tests.commons.conftest import Enrol

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SECRETS = (
    "zarzaparrilla",
    "xylophonist",
    "quetzalcoatlus",
)  # in the story, under the photo, in the recording


@pytest.fixture
def circle(kiran: Person, lyra: Person) -> Circle:
    """Kiran's circle with Lyra in it."""
    made = actions.gather(kiran, "The menders")
    actions.let_in(kiran, made, lyra)
    return made


@pytest.fixture
def told(make: Make, kiran: Person, circle: Circle) -> Callable[[str], Artifact]:
    """Tell a story with photo and recording for somebody: `told("circle")`."""

    def tell(access: str) -> Artifact:
        chosen: dict[str, Any] = {"access": access, "circle": circle if access == Access.CIRCLE else None}
        thing = make(
            title="A stool",
            story=f"A {SECRETS[0]}.",
            photo=jpeg(),
            alt=f"A {SECRETS[1]}",
            place_name=SECRETS[0],
            **chosen,
        )
        actions.add_recording(
            kiran, thing, recording=sounds.ogg(), transcript=f"A {SECRETS[2]}", language="en", **chosen
        )
        return thing

    return tell


# access -> who may have it: its teller, somebody of the circle, another member, a facilitator, a stranger
MAY = {
    "public": (True, True, True, True, True),
    "habitat": (True, True, True, True, False),
    "circle": (True, True, False, False, False),
    "only_me": (True, False, False, False, False),
}


def ways(client: Client, thing: Artifact, viewer: Viewer) -> dict[str, bool]:
    """Every way by which words, photo or voice could come out, and whether they do."""
    client.logout()
    if isinstance(viewer, Person):
        client.force_login(viewer, backend="django.contrib.auth.backends.ModelBackend")
    files = [*thing.pictures.get().files(), *thing.recordings.get().files()]
    page = client.get(reverse("artifact", args=[thing.code])).content.decode()
    found = {
        "story on the page": SECRETS[0] in page,
        "photo on the page": SECRETS[1] in page,
        "voice on the page": SECRETS[2] in page,
        "gallery": SECRETS[0] in client.get(reverse("make")).content.decode(),
    }
    for secret in SECRETS:
        hits = queries.gallery(viewer, queries.Narrowed(words=secret[:7]))
        found[f"search for {secret}"] = thing in hits
    for file in files:
        found[file] = fetched(client, file).status_code == 200
    return found


@pytest.mark.parametrize("access", MAY)
def test_each_way_out_gives_what_the_teller_chose(
    client: Client,
    told: Callable[[str], Artifact],
    enrol: Enrol,
    kiran: Person,
    lyra: Person,
    theo: Person,
    access: str,
) -> None:
    thing = told(access)
    viewers: tuple[Viewer, ...] = (kiran, lyra, enrol("Oskar"), theo, AnonymousUser())

    for viewer, may in zip(viewers, MAY[access], strict=True):
        found = ways(client, thing, viewer)
        assert {way for way, open_ in found.items() if open_ != may} == set(), f"{access}, {viewer}"


@pytest.mark.parametrize("access", [a for a in MAY if a != "public"])
def test_what_is_not_public_is_in_no_cloth_feed_passport_or_file(
    client: Client, told: Callable[[str], Artifact], access: str
) -> None:
    thing = told(access)
    addresses = [
        reverse("home"),
        reverse("tapestry"),
        reverse("make"),
        reverse("artifact_label", args=[thing.code]),
        reverse("artifact_passport", args=[thing.code]),
        reverse("artifact_report", args=[thing.code]),
    ]

    assert queries.stories() == []
    assert client.get(reverse("tapestry_svg")).status_code == 404
    for address in addresses:
        page = client.get(address).content.decode()
        assert not [secret for secret in SECRETS if secret in page], address


def test_a_passport_and_a_label_hold_no_story_even_of_a_public_one(
    client: Client, told: Callable[[str], Artifact]
) -> None:
    thing = told("public")
    signed = client.get(reverse("artifact_passport", args=[thing.code])).content.decode()

    assert thing.code in signed
    assert not [secret for secret in SECRETS if secret in signed]


def test_who_leaves_the_circle_reads_no_more(
    told: Callable[[str], Artifact], circle: Circle, kiran: Person, lyra: Person
) -> None:
    thing = told("circle")
    actions.let_go(lyra, circle, lyra)

    assert queries.artifact(thing.code, lyra).story is None  # type: ignore[union-attr]
    actions.let_in(kiran, circle, lyra)
    assert queries.artifact(thing.code, lyra).story is not None  # type: ignore[union-attr]


def test_only_ones_own_circle_can_be_told_to(make: Make, lyra: Person, circle: Circle) -> None:
    with pytest.raises(actions.Refused, match="your own circles"):
        make(lyra, story="Hello.", access="circle", circle=circle)
    with pytest.raises(actions.Refused, match="your own circles"):
        make(story="Hello.", access="circle")


def test_nobody_but_its_owner_changes_a_circle(
    circle: Circle, kiran: Person, lyra: Person, theo: Person
) -> None:
    with pytest.raises(actions.Refused, match="Only its owner"):
        actions.let_in(lyra, circle, theo)
    with pytest.raises(actions.Refused, match="Only its owner"):
        actions.let_go(lyra, circle, kiran)
    with pytest.raises(actions.Refused, match="you stay in it"):
        actions.let_go(kiran, circle, kiran)


def test_narrowing_takes_a_public_story_out_of_the_cloth_and_its_place_stays(
    told: Callable[[str], Artifact], make: Make, kiran: Person, circle: Circle
) -> None:
    thing, other = told("public"), make(title="A lamp", story="Light.")
    actions.share_with(kiran, thing, access="circle", circle=circle)

    assert [(story.code, story.number) for story in queries.stories()] == [(other.code, 2)]
    actions.share_with(kiran, thing, access="public")
    assert [(story.code, story.number) for story in queries.stories()] == [(thing.code, 1), (other.code, 2)]


def test_leaving_the_habitat_erases_what_was_for_a_circle_and_the_circle(
    told: Callable[[str], Artifact], kiran: Person, lyra: Person
) -> None:
    thing = told("circle")
    people.leave(lyra)
    assert CircleMember.objects.count() == 1
    people.leave(kiran)

    assert (Circle.objects.count(), thing.pictures.count(), thing.recordings.count()) == (0, 0, 0)
    assert Story.objects.get(artifact=thing).text == ""


def test_the_database_refuses_a_circle_without_access_and_access_without_a_circle(
    told: Callable[[str], Artifact], circle: Circle
) -> None:
    told("habitat")
    for wrong in ({"access": "circle"}, {"circle": circle}, {"access": "martians"}):
        with pytest.raises(IntegrityError, match="alchemy_story_"), transaction.atomic():
            Story.objects.update(**wrong)


def test_a_young_persons_voice_is_for_members_only(make: Make, noor: Person, lyra: Person) -> None:
    thing = make(noor, story="I made it.")
    actions.add_recording(
        noor, thing, recording=sounds.wav(), transcript="Hello", language="en", access="public"
    )
    name = thing.recordings.get().files()[0]

    assert queries.file(name, AnonymousUser()) is None
    kept = queries.file(name, lyra)
    assert kept is not None
    kept.close()
    assert "Hello" not in str(queries.artifact(thing.code, AnonymousUser()))


def test_where_a_young_person_told_it_is_for_members_only(make: Make, noor: Person, lyra: Person) -> None:
    thing = make(noor, story="I made it.", place=(48.85, 2.29), place_name="wellspringish")
    public, member = (queries.artifact(thing.code, viewer) for viewer in (AnonymousUser(), lyra))

    assert public is not None
    assert member is not None
    assert (public.place, public.place_name, member.place_name) == (None, "", "wellspringish")
    assert not queries.gallery(AnonymousUser(), queries.Narrowed(words="wellspringish"))


def test_the_page_of_a_circle_is_for_its_owner(client: Client, circle: Circle, lyra: Person) -> None:
    address = reverse("circle", args=[circle.pk])
    assert client.get(address).status_code == 302
    client.force_login(lyra, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(address).status_code == 404
    assert "The menders" in client.get(reverse("circles")).content.decode()
    client.post(reverse("circle_leave", args=[circle.pk]))
    assert "The menders" not in client.get(reverse("circles")).content.decode()
