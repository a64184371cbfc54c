"""A ritual as an entry for calendars (RFC 5545)."""

from django.utils import timezone
from icalendar import Calendar, Event, vUri

from harmonia.commons.rituals.models import Ritual

PRODUCT = "-//Harmonia//Rituals//EN"


def entry_of(ritual: Ritual, *, page: str, host: str) -> bytes:
    """Return a calendar with the ritual; called off, it strikes the entry out. `page` is its address."""
    event = Event()
    event.add("uid", f"ritual-{ritual.pk}@{host}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", ritual.starts_at)
    event.add("dtend", ritual.ends_at)
    event.add("summary", ritual.title)
    event.add("location", ritual.place)
    event.add("description", f"{ritual.story}\n\n{page}".strip())
    event.add("url", vUri(page))
    # Each change of place or time is an event of its own, so calendars take the newest.
    event.add("sequence", changes(ritual))
    event.add("status", "CANCELLED" if ritual.state == "called_off" else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def changes(ritual: Ritual) -> int:
    """Return how often place, time or standing changed since the announcement."""
    from harmonia.commons.journal.models import Event as Happened

    moved = Happened.objects.filter(topic_id=ritual.topic, kind="redated").count()
    return moved + (1 if ritual.state == "called_off" else 0)
