"""What the site hands to the hub: one commit for a crowd, nobody's failure is another's, tokens for whom a room admits."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError
from django.test import Client

from harmonia.commons.journal import registry, rooms
from harmonia.commons.journal.actions import record
from harmonia.commons.journal.models import Event
from harmonia.commons.journal.rooms import Declined, Guest, RoomKind, Spoken
from harmonia.live import Answer, Present, Said
from harmonia.live.tokens import read
from harmonia.site import feeds
from harmonia.site.feeds import Journal

pytestmark = pytest.mark.django_db
ROOM = "trial-1"


class Trial:
    """A room whose sentences are events; some of them go wrong."""

    def __init__(self) -> None:
        self.disturb = 0

    def present(self, room: str) -> Mapping[str, Any] | None:
        said = list(Event.objects.filter(topic_id=room).values_list("payload", flat=True))
        if self.disturb:
            self.disturb -= 1
            record(room, "said", words="in between")
        return {"said": [payload["words"] for payload in said]} if room == ROOM else None

    def admit(self, request: Any, room: str) -> Guest | None:
        return Guest("guest-1", speaks=room == ROOM) if "open" in request.GET else None

    def accept(self, spoken: Spoken) -> Mapping[str, Any]:
        record(spoken.room, "said", words=spoken.data["words"])
        match spoken.data["words"]:
            case "rude":
                raise Declined("Kinder, please.")
            case "wrong":
                raise KeyError("a bug of the app")
            case "away":
                raise OperationalError("the database is locked")
        return {"heard": spoken.key}


@pytest.fixture
def trial() -> Iterator[Trial]:
    kind = Trial()
    rooms.on_room("trial", RoomKind(present=kind.present, admit=kind.admit, accept=kind.accept))
    yield kind
    rooms._kinds.pop("trial")


def said(*words: str) -> list[Said]:
    return [Said(ROOM, "guest-1", f"key-{each}", "note", {"words": each}) for each in words]


def test_what_an_app_declines_or_fails_on_takes_nothing_of_the_others_with_it(trial: Trial) -> None:
    answers = Journal().accept(said("first", "rude", "wrong", "last"))

    assert answers == [
        Answer(data={"heard": "key-first"}),
        Answer("Kinder, please."),
        Answer("not-kept"),
        Answer(data={"heard": "key-last"}),
    ]
    assert [fact.data["words"] for fact in Journal().since(ROOM, 0)] == ["first", "last"]


def test_a_database_that_is_away_keeps_nothing_and_acknowledges_nothing(trial: Trial) -> None:
    with pytest.raises(DatabaseError):
        Journal().accept(said("first", "away"))

    assert Journal().since(ROOM, 0) == []


def test_a_state_is_read_again_when_something_happened_meanwhile(trial: Trial) -> None:
    Journal().accept(said("first"))
    trial.disturb = 2

    assert Journal().snapshot(ROOM) == Present(3, {"said": ["first", "in between", "in between"]})


def test_a_room_nobody_opens_is_none(trial: Trial) -> None:
    assert Journal().snapshot("trial-2") is None
    assert Journal().snapshot("kitchen-1") is None
    assert Journal().accept([Said("kitchen-1", "x", "key-1", "note", {})]) == [Answer("not-kept")]


def test_the_bus_hears_of_an_event_after_its_commit_and_never_of_one_undone(
    trial: Trial, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[tuple[str, int]] = []
    monkeypatch.setattr(feeds, "_buses", [])
    feeds.announce_on(SimpleNamespace(announce=lambda topic, sequence: heard.append((topic, sequence))))
    try:
        with django_capture_on_commit_callbacks(execute=True):
            Journal().accept(said("first", "rude", "last"))
            before_the_commit = list(heard)
    finally:
        registry._listeners["*"].pop("live")

    assert before_the_commit == []
    assert heard == [(ROOM, 1), (ROOM, 2)]


def test_whom_a_room_admits_gets_a_token_and_nobody_else(trial: Trial, client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False
    given = client.get(f"/rooms/{ROOM}/token/?open")
    found = read(settings.SECRET_KEY.encode(), given.json()["token"])

    assert found is not None
    assert (found.room, found.who, found.speaks) == (ROOM, "guest-1", True)
    assert given["Cache-Control"] == "no-store"
    assert client.get(f"/rooms/{ROOM}/token/").status_code == 404
    assert client.get("/rooms/kitchen-1/token/?open").status_code == 404
    assert client.post(f"/rooms/{ROOM}/token/?open").status_code == 405
