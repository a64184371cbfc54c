"""Read what happened."""

from collections.abc import Sequence

from harmonia.commons.journal.models import Event, Topic


def last_sequence(topic: str) -> int:
    """Return the number of the newest event of a topic; 0 before the first."""
    return Topic.objects.filter(name=topic).values_list("sequence", flat=True).first() or 0


def last_sequences(topics: Sequence[str]) -> dict[str, int]:
    """Return the number of the newest event of each of these topics."""
    found = dict(Topic.objects.filter(name__in=topics).values_list("name", "sequence"))
    return {topic: found.get(topic, 0) for topic in topics}


def events_since(topic: str, sequence: int, limit: int = 500) -> list[Event]:
    """Return the events after a sequence, oldest first."""
    return list(Event.objects.filter(topic_id=topic, sequence__gt=sequence).order_by("sequence")[:limit])


def latest(topic: str, limit: int = 20) -> list[Event]:
    """Return the newest events, newest first."""
    return list(Event.objects.filter(topic_id=topic).order_by("-sequence")[:limit])
