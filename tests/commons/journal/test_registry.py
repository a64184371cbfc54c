"""How a high floor hears of what a low one did."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from harmonia.commons.journal import registry
from harmonia.commons.journal.actions import record
from harmonia.commons.journal.models import Event
from harmonia.commons.journal.queries import last_sequence

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic() -> Iterator[str]:
    yield "test-topic"
    registry._listeners.pop("test-topic", None)


def test_a_listener_hears_each_event_of_its_topic_with_its_place(topic: str) -> None:
    heard: list[tuple[str, int]] = []
    registry.on_event(topic, "ear", lambda event: heard.append((event.kind, event.sequence)))
    record(topic, "first")
    record("other-topic", "elsewhere")
    record(topic, "second")

    assert heard == [("first", 1), ("second", 2)]


def test_a_listener_can_record_in_its_own_topic_within_the_same_transaction(topic: str) -> None:
    registry.on_event(topic, "ear", lambda event: record("echo", "heard", of=event.sequence))
    record(topic, "said")

    assert last_sequence("echo") == 1
    assert Event.objects.get(topic_id="echo").payload == {"of": 1}


def test_what_a_listener_raises_undoes_the_event(topic: str) -> None:
    def deaf(event: Event) -> None:
        raise LookupError(event.kind)

    registry.on_event(topic, "ear", deaf)
    with pytest.raises(LookupError, match="said"), transaction.atomic():
        record(topic, "said")

    assert last_sequence(topic) == 0
    assert not Event.objects.filter(topic_id=topic).exists()


def test_a_listener_registered_again_under_its_name_hears_once(topic: str) -> None:
    heard: list[str] = []
    for _ in range(2):
        registry.on_event(topic, "ear", lambda event: heard.append(event.kind))
    record(topic, "said")

    assert heard == ["said"]
