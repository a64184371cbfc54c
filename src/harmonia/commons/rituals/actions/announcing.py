"""Announce a ritual, with its call; change the announcement while nobody has gathered yet."""

import secrets
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmonia.commons.journal.models import Event
from harmonia.commons.notices.actions import notify_many
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import with_permission
from harmonia.commons.rituals.actions.telling import allow, lock, tell
from harmonia.commons.rituals.errors import Refused
from harmonia.commons.rituals.models import Passage, Ritual
from harmonia.commons.voice.models import Upgrade

# No 0 O, 1 I L, U V: a code is read from a wall and called across a yard.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
LETTERS = 5
UNSEEN = ("drafting", "withdrawn")


@transaction.atomic
def announce(
    by: Person,
    *,
    title: str,
    place: str,
    starts_at: datetime,
    minutes: int = 90,
    story: str = "",
    call: str = "",
    question: str = "",
    upgrade: Upgrade | None = None,
    at: datetime | None = None,
) -> Ritual:
    """Tell everybody that a ritual comes; its call for artifacts and stories is open from now on."""
    allow(by)
    when = at or timezone.now()
    if starts_at <= when:
        raise Refused(_("The beginning lies in the past. Nothing was announced."))
    if upgrade is not None and upgrade.state in UNSEEN:
        raise Refused(_("This upgrade is not open to everybody. Nothing was announced."))
    ritual = Ritual.objects.create(
        code=_free_code(),
        title=title.strip(),
        story=story.strip(),
        call=call.strip(),
        place=place.strip(),
        starts_at=starts_at,
        minutes=minutes,
        upgrade=upgrade,
        question=question.strip(),
        voices=_voices(upgrade) if upgrade else 0,
        announced_by=token_of(by),
        announced_at=when,
    )
    Passage.objects.create(ritual=ritual, new="announced", at=when, by=token_of(by))
    _tell_people(ritual, gettext_lazy("A ritual is announced"), at)
    tell(ritual, "announced", since=when.isoformat(), question=ritual.question, **vote_of(ritual))
    return ritual


@transaction.atomic
def move_date(ritual: Ritual, *, by: Person, place: str, starts_at: datetime, minutes: int) -> Ritual:
    """Change where and when, while it is only announced; everybody is told, calendars follow."""
    allow(by)
    locked = lock(ritual)
    if locked.state != "announced":
        raise Refused(_("It has begun, so place and time stay as they are. Nothing was changed."))
    if starts_at <= timezone.now():
        raise Refused(_("The beginning lies in the past. Nothing was changed."))
    locked.place, locked.starts_at, locked.minutes = place.strip(), starts_at, minutes
    locked.save(update_fields=["place", "starts_at", "minutes"])
    _tell_people(locked, gettext_lazy("A ritual has another place or time"), None)
    tell(locked, "redated")
    return locked


def vote_of(ritual: Ritual) -> dict[str, object]:
    """Return what the room knows of the vote."""
    if ritual.upgrade is None:
        return {"upgrade": None, "vote": "", "voices": 0}
    return {"upgrade": ritual.upgrade.pk, "vote": ritual.upgrade.state, "voices": ritual.voices}


def _voices(upgrade: Upgrade) -> int:
    # The vote's own events say how many ballots are in; who cast them nobody here could say.
    told = Event.objects.filter(topic_id="voice", payload__upgrade=upgrade.pk, payload__voices__isnull=False)
    last = told.order_by("sequence").last()
    return int(last.payload["voices"]) if last else 0


def _free_code() -> str:
    while Ritual.objects.filter(code=(code := _drawn())).exists():
        continue
    return code


def _drawn() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))


def _tell_people(ritual: Ritual, subject: str | Promise, at: datetime | None) -> None:
    text = format_lazy(
        gettext_lazy("“{title}”, {place}. The page has the day, the call and an entry for your calendar."),
        title=ritual.title,
        place=ritual.place,
    )
    page = reverse("ritual", args=[ritual.pk])
    notify_many(
        with_permission("voice.cast_ballot"), kind="news", subject=subject, text=text, link=page, at=at
    )
