"""The one way to say that something happened."""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from harmonia.commons.journal import registry
from harmonia.commons.journal.models import Event, Topic
from harmonia.commons.journal.rows import append, arrived, first


def record(topic: str, kind: str, **payload: Any) -> Event:
    """Append an event to a topic, inside the caller's transaction.

    The topic's row is locked until that transaction ends, so its sequence has no gaps and readers who saw
    number n have seen all before it. Call it last: it is the scarce lock.

    Raises RuntimeError outside a transaction: an event must never be true alone.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("journal.record must run in the transaction of the action it tells about")
    event = Event(topic_id=topic, kind=kind, payload=payload, at=timezone.now())
    while not _append(event):
        Topic.objects.bulk_create([Topic(name=topic)], ignore_conflicts=True)
    registry.tell(event)
    return event


# Django's ORM has no word for these, and every drop-off waits for them.
_ADVANCE = "UPDATE journal_topic SET sequence = sequence + 1 WHERE name = %s RETURNING sequence"
_AT_ONCE = f"""WITH advanced AS ({_ADVANCE})
    INSERT INTO journal_event (topic_id, sequence, kind, payload, at)
    SELECT %s, sequence, %s, %s, %s FROM advanced RETURNING sequence, id"""  # noqa: S608 - our own words


def _append(event: Event) -> bool:
    """Insert an event under its topic's next number; False where there is no such topic yet."""
    topic = event.topic_id
    if transaction.get_connection().vendor != "postgresql":
        if found := first(_ADVANCE, topic):
            event.sequence = found[0]
            append(event)
        return bool(found)
    # One answer to wait for instead of two; SQLite cannot.
    if found := first(_AT_ONCE, topic, topic, event.kind, json.dumps(event.payload), event.at):
        event.sequence, event.pk = found
        arrived(event)
    return bool(found)
