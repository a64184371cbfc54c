"""What is taken back is gone from every page, tapestry, feed, file and index of this server; and nothing goes unlogged."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.models import Artifact, Entry, Picture, Recording, Story, Withdrawal
from harmonia.commons.people.models import Person
from tests.commons.alchemy import sounds
from tests.commons.alchemy.conftest import Make, fetched, jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WORDS = ("zarzaparrilla", "xylophonist", "quetzalcoatlus", "wellspringish")


@pytest.fixture
def told(make: Make, kiran: Person) -> Artifact:
    """A public thing with story, place, photo and recording."""
    thing = make(
        story=f"A {WORDS[0]} wobbled.",
        photo=jpeg(),
        alt=f"A {WORDS[1]}",
        place=(48.858, 2.294),
        place_name=WORDS[3],
    )
    actions.add_recording(
        kiran, thing, recording=sounds.m4a(), transcript=f"A {WORDS[2]}", language="en", access="public"
    )
    return thing


def take_all_back(client: Client, person: Person, thing: Artifact) -> None:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    form = {
        "story": "on",
        f"picture-{thing.pictures.get().pk}": "on",
        f"recording-{thing.recordings.get().pk}": "on",
    }
    assert client.post(reverse("story_withdraw", args=[thing.code]), form).status_code == 302


def every_address(thing: Artifact) -> list[str]:
    """Every page of the site that needs no argument, and every one that takes a thing's code."""
    names = {pattern.name for pattern in _patterns(get_resolver()) if pattern.name}
    found = [address for name in sorted(names) for address in (*_address(name), *_address(name, thing.code))]
    return [address for address in found if "sign-out" not in address]


def _patterns(resolver: Any) -> list[Any]:
    found = []
    for entry in resolver.url_patterns:
        if getattr(entry, "namespace", None) is None:
            found += _patterns(entry) if hasattr(entry, "url_patterns") else [entry]
    return found


def _address(name: str, *arguments: str) -> list[str]:
    try:
        return [reverse(name, args=arguments)]
    except NoReverseMatch:
        return []


def leaks(client: Client, thing: Artifact) -> list[str]:
    found = []
    for address in every_address(thing):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        found += [f"{word} in {address}" for word in WORDS if word.encode() in body]
    return found


def test_taken_back_it_is_on_no_page_for_nobody_at_once(
    client: Client, told: Artifact, kiran: Person, theo: Person, django_capture_on_commit_callbacks: Any
) -> None:
    seen_before = leaks(client, told)
    files = [*told.pictures.get().files(), *told.recordings.get().files()]
    with django_capture_on_commit_callbacks(execute=True):
        take_all_back(client, kiran, told)

    assert {leak.split(" in ")[0] for leak in seen_before} == set(WORDS)  # this test would find them
    for viewer in (None, kiran, theo):
        client.logout()
        if viewer:
            client.force_login(viewer, backend="django.contrib.auth.backends.ModelBackend")
        assert leaks(client, told) == []
        assert [fetched(client, name).status_code for name in files] == [404] * len(files)
    assert list(Path(default_storage.path("alchemy")).iterdir()) == []


def test_no_browser_keeps_a_file_longer_than_half_a_minute(client: Client, told: Artifact) -> None:
    for name in (*told.pictures.get().files(), *told.recordings.get().files()):
        assert fetched(client, name)["Cache-Control"] == "private, max-age=30"


def test_its_words_leave_the_index_and_the_file_it_lies_in(
    client: Client, told: Artifact, kiran: Person
) -> None:
    take_all_back(client, kiran, told)

    assert {entry.part for entry in Entry.objects.all()} == {"thing"}
    assert all(list(queries.gallery(kiran, queries.Narrowed(words=word))) == [] for word in WORDS)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM alchemy_words_data")
            blocks = b"".join(bytes(row[0]) for row in cursor.fetchall())
        assert [word for word in WORDS if word.encode()[:6] in blocks] == []


def test_journal_and_log_hold_no_word_of_it(client: Client, told: Artifact, kiran: Person) -> None:
    from harmonia.commons.journal.models import Event

    take_all_back(client, kiran, told)
    kept = str(list(Event.objects.values_list("payload", flat=True))) + str(list(Withdrawal.objects.values()))

    assert [word for word in WORDS if word in kept] == []
    assert sorted(Withdrawal.objects.values_list("what", flat=True)) == ["picture", "recording", "story"]


def test_the_exact_place_is_nowhere_to_be_had(client: Client, told: Artifact) -> None:
    story = Story.objects.get()
    page = client.get(reverse("artifact", args=[told.code])).content.decode()

    assert "48.858" not in page
    assert "rounded to 300 m" in page
    assert not {48.858, 2.294} & {value for value in vars(story).values() if isinstance(value, float)}


@pytest.mark.parametrize("model", [Artifact, Story, Picture, Recording])
def test_the_database_deletes_nothing_silently(told: Artifact, model: Any) -> None:
    table = model._meta.db_table
    with (
        pytest.raises(IntegrityError, match="alchemy: "),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")

    assert model.objects.count() == 1


def test_the_database_changes_no_words_without_an_entry(told: Artifact) -> None:
    for change in ({"text": "They said nice things."}, {"state": "withdrawn", "text": ""}):
        with pytest.raises(IntegrityError, match="needs an entry"), transaction.atomic():
            Story.objects.update(**change)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_log_of_what_was_taken_back_stays(told: Artifact, kiran: Person, verb: str) -> None:
    actions.withdraw_story(kiran, told.story)
    log = Withdrawal.objects.all()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        log.update(what="picture") if verb == "update" else log.delete()
    with pytest.raises(actions.Refused, match="already"):
        actions.withdraw_story(kiran, told.story)
