"""Take what people in a ritual say: offerings, answers, presses; each once, each kept before it is thanked for."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.journal.rooms import Declined, Spoken
from harmonia.commons.rituals.actions.telling import lock, tell
from harmonia.commons.rituals.errors import Refused
from harmonia.commons.rituals.models import Offering, Participant, Press, Ritual

MOST_EACH = 24
LONGEST = 600
LONGEST_NAME = 40
# What would break a screen rather than be read on it: controls, and marks that turn the direction of text.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
# Codes, not sentences: the phone says them in its reader's language.
NOT_NOW, EMPTY, TOO_LONG, TOO_MANY, NO_SUCH_THING, UNKNOWN = (
    "not-now", "empty", "too-long", "too-many", "no-such-thing", "unknown",
)  # fmt: skip


def hear(spoken: Spoken) -> Mapping[str, Any]:
    """Take one input of the room, inside the hub's transaction; what changed is told by `settle`.

    Kinds: `offer` (kind, words, name, artifact), `press`, `take_back` (offering). Raises Declined with a code.
    """
    ritual = _by_room(spoken.room)
    who = _uuid(spoken.who)
    if ritual is None or who is None:
        raise Declined(UNKNOWN)
    participant = Participant.objects.filter(ritual=ritual, token=who).first()
    if participant is None:
        raise Declined(UNKNOWN)
    if spoken.kind == "offer":
        return {"offering": _keep(ritual, participant, spoken.key, spoken.data).pk}
    if spoken.kind == "press":
        return _press(ritual, participant)
    if spoken.kind == "take_back":
        return _take_back_own(ritual, participant, spoken.data.get("offering"))
    raise Declined(UNKNOWN)


def settle(room: str) -> None:
    """Tell the room what came in, once for all inputs of a transaction: a crowd of thousands is a few events."""
    ritual = _by_room(room)
    if ritual is None:
        return
    offered = Offering.objects.filter(ritual=ritual)
    now = {
        "offered": offered.exclude(kind=Offering.Kind.ANSWER).count(),
        "answered": offered.filter(kind=Offering.Kind.ANSWER, question=ritual.question).count(),
        "pressed": Press.objects.filter(ritual=ritual).count(),
    }
    if any(getattr(ritual, name) != number for name, number in now.items()):
        Ritual.objects.filter(pk=ritual.pk).update(**now)
        tell(ritual, "counted", **now)


@transaction.atomic
def offer(ritual: Ritual, participant: Participant, *, key: str, **data: str) -> Offering:
    """Take an offering from a form: for the call, or from a phone without script. Raises Refused."""
    try:
        kept = _keep(lock(ritual), participant, key, data)
    except Declined as reason:
        raise Refused(SENTENCES.get(str(reason), SENTENCES[UNKNOWN])()) from reason
    settle(ritual.topic)
    return kept


@transaction.atomic
def take_back(offering: Offering, participant: Participant) -> None:
    """Take one's own offering back; its words are erased, and it leaves the screen."""
    if offering.participant_id != participant.pk:
        raise Refused(_("That is somebody else's. Nothing was changed."))
    _take_back_own(lock(offering.ritual), participant, offering.pk)


SENTENCES: dict[str, Callable[[], str]] = {
    NOT_NOW: lambda: _("Nothing is taken at this moment. Your words stay on this page."),
    EMPTY: lambda: _("Write a few words first. Nothing was sent."),
    TOO_LONG: lambda: _("That is longer than 600 letters. Shorten it a little. Nothing was sent."),
    TOO_MANY: lambda: _("You have offered a lot already. Thank you; let others speak now."),
    NO_SUCH_THING: lambda: _("There is no thing with this code that everybody may see. Nothing was sent."),
    UNKNOWN: lambda: _("This could not be taken. Nothing was sent."),
}


def _by_room(room: str) -> Ritual | None:
    number = room.removeprefix("ritual-")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return Ritual.objects.select_for_update().filter(pk=int(number)).first()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _keep(ritual: Ritual, participant: Participant, key: str, data: Mapping[str, Any]) -> Offering:
    known = Offering.objects.filter(participant=participant, key=key).first()
    if known is not None:
        return known
    kind, words, name, code = (_text(data, part) for part in ("kind", "words", "name", "artifact"))
    _check(ritual, participant, kind, words, name, code)
    return Offering.objects.create(
        ritual=ritual,
        participant=participant,
        key=key,
        kind=kind,
        words=words,
        name=name,
        artifact=code,
        question=ritual.question if kind == Offering.Kind.ANSWER else "",
        phase=ritual.state,
        at=timezone.now(),
    )


def _text(data: Mapping[str, Any], part: str) -> str:
    value = data.get(part, "")
    return UNPRINTABLE.sub("", value).strip() if isinstance(value, str) else ""


def _check(ritual: Ritual, participant: Participant, kind: str, words: str, name: str, code: str) -> None:
    if kind not in Offering.Kind.values:
        raise Declined(UNKNOWN)
    if not ritual.takes_words or (kind == Offering.Kind.ANSWER and not ritual.question):
        raise Declined(NOT_NOW)
    if len(words) > LONGEST or len(name) > LONGEST_NAME:
        raise Declined(TOO_LONG)
    if kind == Offering.Kind.ARTIFACT and not (code and _is_public(code)):
        raise Declined(NO_SUCH_THING)
    if kind != Offering.Kind.ARTIFACT and (code or not words):
        raise Declined(EMPTY)
    if participant.offerings.count() >= MOST_EACH:
        raise Declined(TOO_MANY)


def _is_public(code: str) -> bool:
    from django.contrib.auth.models import AnonymousUser

    return len(code) <= 7 and alchemy.artifact(code, AnonymousUser()) is not None


def _press(ritual: Ritual, participant: Participant) -> Mapping[str, Any]:
    if not Press.objects.filter(participant=participant).exists():
        if ritual.state != "activating":
            raise Declined(NOT_NOW)
        Press.objects.create(participant=participant, ritual=ritual, at=timezone.now())
    return {"pressed": True}


def _take_back_own(ritual: Ritual, participant: Participant, number: Any) -> Mapping[str, Any]:
    mine = Offering.objects.filter(participant=participant, pk=number if isinstance(number, int) else 0)
    found = mine.first()
    if found is None:
        raise Declined(UNKNOWN)
    erase(ritual, found)
    return {"taken_back": found.pk}


def erase(ritual: Ritual, offering: Offering) -> None:
    """Take an offering off the screen and erase its words; the ritual is locked."""
    if offering.state == "taken_back":
        return
    was_shown = offering.state == "shown"
    offering.state, offering.words, offering.name, offering.artifact = "taken_back", "", "", ""
    offering.save(update_fields=["state", "words", "name", "artifact"])
    if was_shown:
        tell(ritual, "taken_back", offering=offering.pk)
