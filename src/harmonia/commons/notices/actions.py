"""Everything that tells somebody something."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.notices import queries, tasks
from harmonia.commons.notices.models import Channel, Kind, Notice, Preference
from harmonia.commons.people.models import Person

Text = str | Promise
OLD_NEWS = timedelta(days=2)


class Refused(Exception):
    """The notices app cannot do this; the message is a sentence for the person."""


@transaction.atomic
def notify(
    person: Person, *, kind: str, subject: Text, text: Text, link: str = "", at: datetime | None = None
) -> Notice | None:
    """Keep a notice for a person, and mail it after the commit if they want that.

    Lazy text is read in the person's own language. `link` is a path of this site.
    Returns None when the person turned this kind off, or left.
    Raises ValueError for an unknown kind or a foreign link.
    """
    told = notify_many([person], kind=kind, subject=subject, text=text, link=link, at=at)
    return told[0] if told else None


@transaction.atomic
def notify_many(
    people: Iterable[Person],
    *,
    kind: str,
    subject: Text,
    text: Text,
    link: str = "",
    at: datetime | None = None,
) -> list[Notice]:
    """Tell the same to several people; see `notify`. Returns the notices of those who want to hear."""
    if kind not in Kind.values:
        raise ValueError(f"'{kind}' is no kind of notice; kinds are {', '.join(Kind.values)}")
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError(f"a notice links to a path of this site, not to '{link}'")
    present = [person for person in people if person.is_active]
    channels = queries.channels(present, kind)
    wanted = [person for person in present if channels[person.pk] != Channel.OFF]
    if not wanted:
        return []
    now = timezone.now()
    told = Telling(kind, subject, text, link, at or now)
    fresh = now - told.at < OLD_NEWS
    notices = Notice.objects.bulk_create(
        _written(person, told, mail=fresh and channels[person.pk] == Channel.MAIL) for person in wanted
    )
    if to_mail := [notice.pk for notice in notices if notice.mail_state == "waiting"]:
        transaction.on_commit(partial(tasks.deliver_many.enqueue, to_mail), robust=True)
    record("notices", "told", notices=[notice.pk for notice in notices], about=kind)
    return notices


@dataclass(frozen=True)
class Telling:
    """What is told, before it is put into anybody's language."""

    kind: str
    subject: Text
    text: Text
    link: str
    at: datetime


def _written(person: Person, told: Telling, *, mail: bool) -> Notice:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        line = " ".join(str(told.subject).split())[:160]  # one line: it becomes the head of a mail
        body = str(told.text)
    state = "waiting" if mail and person.email else "none"
    return Notice(
        person=person, kind=told.kind, subject=line, text=body, link=told.link, at=told.at, mail_state=state
    )


@transaction.atomic
def mark_read(person: Person, notice: int | None = None) -> int:
    """Mark one of a person's own notices read, or all of them; returns how many were unread."""
    unread = Notice.objects.filter(person=person, read_at__isnull=True)
    if notice is not None:
        unread = unread.filter(pk=notice)
    count = unread.update(read_at=timezone.now())
    if count:
        record("notices", "read", count=count)
    return count


@transaction.atomic
def prefer(person: Person, chosen: Mapping[str, str]) -> None:
    """Keep the channel a person chose for each kind.

    Raises Refused when somebody who runs the plant turns alarms off; then nothing is kept.
    """
    if chosen.get(Kind.ALARM) == Channel.OFF and queries.hears_every_alarm(person):
        raise Refused(_("You look after the plant, so alarms stay on your page. Nothing was changed."))
    for kind, channel in chosen.items():
        Preference.objects.update_or_create(person=person, kind=kind, defaults={"channel": channel})
    record("notices", "preferred", kinds=sorted(chosen))


@transaction.atomic
def forget(person: Person) -> None:
    """Delete what was told to a person who leaves, and how they wanted to hear it."""
    Notice.objects.filter(person=person).delete()
    Preference.objects.filter(person=person).delete()
