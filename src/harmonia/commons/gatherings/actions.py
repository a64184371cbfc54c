"""Call everybody together, let the plant rest, ask, answer, close."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmonia.commons.gatherings.errors import Refused
from harmonia.commons.gatherings.models import CONCERN, GATHERING, Concern, Gathering, Rest
from harmonia.commons.journal.actions import record
from harmonia.commons.journal.states import StateError
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus import queries as nexus
from harmonia.commons.nexus.models import Alarm
from harmonia.commons.notices.actions import notify_many
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import with_permission

__all__ = [
    "Refused",
    "answer",
    "ask",
    "call",
    "call_off",
    "change",
    "close",
    "end_rest",
    "forget",
    "let_rest",
    "open_doors",
    "take_back",
]

CALL, ANSWER = "gatherings.call_gathering", "gatherings.answer_concern"
EVENING_H = 18
AT_LEAST = timedelta(hours=3)
REST_FOR = (Alarm.Kind.ACIDS, Alarm.Kind.PH)
"""Alarms during which every kilogram more makes it worse."""
LONGEST = 600

_spelt = lazy(date_format, str)  # in the language of whoever is told


@transaction.atomic
def call(alarm: Alarm, *, by: Person, at: datetime | None = None) -> Gathering:
    """Call every member together because of an alarm; one that is about acids or pH lets the plant rest at once.

    Place and time are a first guess that `change` mends: the next evening at 18:00 that is three hours away, at the
    first collection point. Pressed twice, it is called once. Raises Refused without the permission.
    """
    _allow(by, CALL)
    known = Gathering.objects.filter(alarm=alarm).exclude(state__in=("closed", "called_off")).first()
    if known is not None:
        return known
    said, when = nexus.alarm_text(alarm), at or timezone.now()
    called = with_permission("voice.cast_ballot")
    gathering = Gathering.objects.create(
        alarm=alarm,
        title=said.title[:160],
        happened=said.sentence,
        place=_first_place(),
        starts_at=next_evening(when),
        fallback=_("your household's own bin for what rots"),
        called_by=token_of(by),
        called_at=when,
        people=len(called),
    )
    if alarm.kind in REST_FOR:
        _rest(gathering, when)
    _tell(gathering, called, gettext_lazy("The plant needs everybody"), at)
    record("gatherings", "called", gathering=gathering.pk, alarm=alarm.pk, people=len(called))
    return gathering


def next_evening(now: datetime) -> datetime:
    """Return the next 18:00 at the site that is at least three hours away."""
    today = timezone.localtime(now).replace(hour=EVENING_H, minute=0, second=0, microsecond=0)
    return today if today - now >= AT_LEAST else today + timedelta(days=1)


def _first_place() -> str:
    first = books.points().first()
    return first.name if first else str(_("At the plant"))


@transaction.atomic
def change(gathering: Gathering, *, by: Person, place: str, starts_at: datetime, fallback: str) -> Gathering:
    """Mend where and when people meet, and which bins take what rots; everybody is told."""
    _allow(by, CALL)
    locked = _lock(gathering, "called")
    locked.place, locked.starts_at, locked.fallback = place.strip(), starts_at, fallback.strip()
    locked.save(update_fields=["place", "starts_at", "fallback"])
    _tell(
        locked,
        with_permission("voice.cast_ballot"),
        gettext_lazy("The gathering has another place or time"),
        None,
    )
    record("gatherings", "changed", gathering=locked.pk)
    return locked


@transaction.atomic
def let_rest(gathering: Gathering, *, by: Person) -> int:
    """Close every material that rots at the collection points; what is closed already stays as it is. Returns how many."""
    _allow(by, CALL)
    locked = _lock(gathering, "called", "open")
    count = _rest(locked, timezone.now())
    record("gatherings", "rests", gathering=locked.pk, materials=count)
    return count


def _rest(gathering: Gathering, when: datetime) -> int:
    closed = books.closures()
    materials = [s for s in books.materials() if s.use == Substance.Use.ROTS and s.pk not in closed]
    for substance in materials:
        ledger.close_material(substance, reason=gathering.title[:200], instead=gathering.fallback)
    Rest.objects.bulk_create(Rest(gathering=gathering, substance=s, since=when) for s in materials)
    return len(materials)


@transaction.atomic
def end_rest(gathering: Gathering, *, by: Person) -> int:
    """Let people bring again what this gathering closed; what others closed stays closed. Returns how many."""
    _allow(by, CALL)
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    count = _wake(locked)
    record("gatherings", "eats", gathering=locked.pk, materials=count)
    return count


def _wake(gathering: Gathering) -> int:
    resting = list(
        Rest.objects.filter(gathering=gathering, ended_at__isnull=True).select_related("substance")
    )
    for rest in resting:
        ledger.open_material(rest.substance)
        rest.ended_at = timezone.now()
        rest.save(update_fields=["ended_at"])
    return len(resting)


@transaction.atomic
def open_doors(gathering: Gathering, *, by: Person) -> Gathering:
    """Say that people have come together."""
    _allow(by, CALL)
    locked = _lock(gathering, "called")
    _step(locked, "open")
    record("gatherings", "opened", gathering=locked.pk)
    return locked


@transaction.atomic
def ask(gathering: Gathering, person: Person, *, kind: str, words: str, key: str) -> Concern:
    """Keep a member's worry or question; each gets a public answer. Sent twice, asked once."""
    token = token_of(person)
    known = Concern.objects.filter(token=token, key=key).first()
    if known is not None:
        return known
    locked = _lock(gathering, "called", "open")
    said = " ".join(words.split())
    if not said or len(said) > LONGEST or kind not in Concern.Kind.values:
        raise Refused(_("Write it in 600 letters at most. Nothing was sent."))
    made = Concern.objects.create(
        gathering=locked, kind=kind, words=said, token=token, at=timezone.now(), key=key[:64]
    )
    record("gatherings", "asked", gathering=locked.pk, concern=made.pk)
    return made


@transaction.atomic
def answer(concern: Concern, *, by: Person, words: str) -> Concern:
    """Answer for everybody to read; an answer may be made better later. Who asked is told."""
    _allow(by, ANSWER)
    locked = Concern.objects.select_for_update().get(pk=concern.pk)
    said = words.strip()
    if not said:
        raise Refused(_("Write an answer first. Nothing was changed."))
    try:
        CONCERN.check(locked.state, "answered")
    except StateError as error:
        raise Refused(_("It was taken back. Nothing was changed.")) from error
    locked.state, locked.answer = "answered", said
    locked.answered_by, locked.answered_at = token_of(by), timezone.now()
    locked.save()
    _tell_who_asked(locked)
    record("gatherings", "answered", gathering=locked.gathering_id, concern=locked.pk)
    return locked


@transaction.atomic
def take_back(concern: Concern, person: Person) -> None:
    """Take one's own words back; a facilitator may take back what must not stand there."""
    mine = concern.token == token_of(person)
    if not mine and not person.has_perm(CALL):
        raise Refused(_("That is somebody else's. Nothing was changed."))
    _erase(Concern.objects.select_for_update().get(pk=concern.pk))


def _erase(concern: Concern) -> None:
    if concern.state == "taken_back":
        return
    concern.state, concern.words, concern.answer = "taken_back", "", ""
    concern.save(update_fields=["state", "words", "answer"])
    record("gatherings", "taken_back", gathering=concern.gathering_id, concern=concern.pk)


@transaction.atomic
def close(gathering: Gathering, *, by: Person, outcome: str) -> Gathering:
    """End it with what was agreed, once every worry and question has its answer; what rested may come again."""
    _allow(by, CALL)
    locked = _lock(gathering, "called", "open")
    left = locked.concerns.filter(state="asked").count()
    if left:
        raise Refused(_("%(n)d still wait for an answer. Nothing was changed.") % {"n": left})
    if not outcome.strip():
        raise Refused(_("Say what was agreed, in a sentence. Nothing was changed."))
    locked.outcome = outcome.strip()
    _wake(locked)
    _step(locked, "closed")
    record("gatherings", "closed", gathering=locked.pk)
    return locked


@transaction.atomic
def call_off(gathering: Gathering, *, by: Person, reason: str) -> Gathering:
    """Call it off with a reason everybody reads; what rested may come again."""
    _allow(by, CALL)
    locked = _lock(gathering, "called", "open")
    words = " ".join(reason.split())[:200]
    if not words:
        raise Refused(_("Say it in a few words; everybody reads it. Nothing was changed."))
    locked.reason = words
    _wake(locked)
    _step(locked, "called_off")
    _tell(locked, with_permission("voice.cast_ballot"), gettext_lazy("The gathering is called off"), None)
    record("gatherings", "called_off", gathering=locked.pk)
    return locked


@transaction.atomic
def forget(person: Person) -> None:
    """Erase what a person who leaves has asked."""
    for concern in Concern.objects.filter(token=token_of(person)):
        _erase(concern)


def _allow(person: Person, permission: str) -> None:
    if not person.is_active or not person.has_perm(permission):
        raise Refused(_("Your role does not allow this. Nothing was changed."))


def _lock(gathering: Gathering, *states: str) -> Gathering:
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if locked.state not in states:
        raise Refused(_("This gathering is not at that step, or somebody was faster. Nothing was changed."))
    return locked


def _step(gathering: Gathering, goal: str) -> None:
    GATHERING.check(gathering.state, goal)
    gathering.state = goal
    if gathering.is_over:
        gathering.over_at = timezone.now()
    gathering.save()


def _tell(gathering: Gathering, people: list[Person], subject: str | Promise, at: datetime | None) -> None:
    text = format_lazy(
        gettext_lazy("{title}: {place}, {when}. The page says what happened, and takes your questions."),
        title=gathering.title,
        place=gathering.place,
        when=_spelt(timezone.localtime(gathering.starts_at), "DATETIME_FORMAT"),
    )
    page = reverse("gathering", args=[gathering.pk])
    # By mail, unless somebody turned alarms off: news would come too late.
    notify_many(people, kind="alarm", subject=subject, text=text, link=page, at=at)


def _tell_who_asked(concern: Concern) -> None:
    from harmonia.commons.people.queries import person_behind

    person = person_behind(concern.token)
    if person is not None:
        page = reverse("gathering", args=[concern.gathering_id])
        subject = gettext_lazy("Your question has an answer")
        notify_many([person], kind="news", subject=subject, text=concern.answer[:400], link=page)
