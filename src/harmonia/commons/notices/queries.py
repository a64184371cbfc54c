"""Read what was told, and how people want to hear."""

from collections.abc import Sequence
from typing import Any

from harmonia.commons.notices.models import USUAL, Channel, Kind, Notice, Preference
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import with_permission

EVERY_ALARM = "notices.hear_every_alarm"


def hears_every_alarm(person: Person) -> bool:
    """Return whether a person looks after the plant and so cannot turn alarms off."""
    return person in with_permission(EVERY_ALARM)


def channels(people: Sequence[Person], kind: str) -> dict[int, Channel]:
    """Return where a kind of notice goes for each of these people, by their id."""
    chosen = dict(Preference.objects.filter(person__in=people, kind=kind).values_list("person_id", "channel"))
    found = {person.pk: Channel(chosen.get(person.pk, USUAL[Kind(kind)])) for person in people}
    if kind == Kind.ALARM:
        guards = {person.pk for person in with_permission(EVERY_ALARM)}
        found |= {
            pk: Channel.PAGE for pk, channel in found.items() if channel == Channel.OFF and pk in guards
        }
    return found


def preferences(person: Person) -> dict[Kind, Channel]:
    """Return where each kind of notice goes for a person."""
    return {kind: channels([person], kind)[person.pk] for kind in Kind}


def unread(person: Person) -> int:
    """Return how many notices a person has not read yet."""
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def notices_of(person: Person, limit: int = 100) -> list[Notice]:
    """Return a person's own notices, unread first, then newest first."""
    mine = Notice.objects.filter(person=person)
    new = list(mine.filter(read_at__isnull=True)[:limit])
    return new + list(mine.filter(read_at__isnull=False)[: limit - len(new)])


def export(person: Person) -> dict[str, Any]:
    """Return what this app knows about a person."""
    return {
        "preferences": {str(kind): str(channel) for kind, channel in preferences(person).items()},
        "notices": [
            {
                "at": notice.at.isoformat(),
                "kind": notice.kind,
                "subject": notice.subject,
                "text": notice.text,
                "link": notice.link,
                "read_at": notice.read_at.isoformat() if notice.read_at else None,
                "mail": notice.mail_state,
            }
            for notice in Notice.objects.filter(person=person)
        ],
    }
