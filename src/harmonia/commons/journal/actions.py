"""The one way to say that something happened."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from harmonia.commons.journal import registry
from harmonia.commons.journal.models import Event, Topic
from harmonia.commons.journal.rows import append, first


def record(topic: str, kind: str, **payload: Any) -> Event:
    """Append an event to a topic, inside the caller's transaction.

    The topic's row is locked until that transaction ends, so its sequence has no gaps and readers who saw
    number n have seen all before it. Call it last: it is the scarce lock.

    Raises RuntimeError outside a transaction: an event must never be true alone.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("journal.record must run in the transaction of the action it tells about")
    if (sequence := _advance(topic)) is None:
        Topic.objects.bulk_create([Topic(name=topic)], ignore_conflicts=True)
        sequence = _advance(topic) or 0
    event = Event(topic_id=topic, sequence=sequence, kind=kind, payload=payload, at=timezone.now())
    append(event)
    registry.tell(event)
    return event


def _advance(topic: str) -> int | None:
    # One statement, which Django's ORM has no word for: every drop-off waits for it.
    found = first(
        "UPDATE journal_topic SET sequence = sequence + 1 WHERE name = %s RETURNING sequence", topic
    )
    return int(found[0]) if found else None
