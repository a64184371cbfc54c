"""What visitors write back, and how it becomes a thread."""

import re
import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.models import Person
from harmonia.commons.tapestry.keeping import forget
from harmonia.commons.tapestry.models import REPLYING, Reply, Stop

LONGEST = 600
NAME = 40
AN_HOUR = 30  # replies a stop takes in an hour: a full class, but no flood
WAITING = 300  # and until somebody reads them
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


class Refused(Exception):
    """This cannot be done; the message is a sentence for the person, and nothing was saved."""


@transaction.atomic
def reply(
    stop: Stop, *, text: str, name: str = "", language: str = "en", answers: str = ""
) -> tuple[Reply, str]:
    """Keep a visitor's reply until a facilitator has read it; return it and the word that takes it back.

    Nothing about the visitor is kept but what they wrote. Raises Refused.
    """
    text, name = _clean(text), " ".join(_clean(name).split())
    if not 0 < len(text) <= LONGEST or len(name) > NAME:
        raise Refused(_("Write 1 to 600 letters, and a name of at most 40. Nothing was sent."))
    _check_open(stop)
    word = secrets.token_urlsafe(12)
    kept = Reply.objects.create(
        code=secrets.token_hex(4),
        stop=stop,
        text=text,
        name=name,
        language=language[:35],
        answers=answers[:7],
        secret=_sealed(word),
    )
    record("tapestry", "replied", reply=kept.pk)
    return kept, word


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n")).strip()


def _check_open(stop: Stop) -> None:
    today = timezone.localdate()
    if stop.cancelled or not stop.first_day <= today <= stop.last_day:
        raise Refused(_("The cloth is not at this place now, so it takes no replies here. Nothing was sent."))
    recent = stop.replies.filter(sent_at__gte=timezone.now() - timedelta(hours=1)).count()
    if recent >= AN_HOUR or stop.replies.filter(state="waiting").count() >= WAITING:
        raise Refused(_("Many people write at this moment. Try again in an hour. Nothing was sent."))


def _sealed(word: str) -> str:
    return sha256(word.encode()).hexdigest()


@transaction.atomic
def weave_in(person: Person, reply: Reply) -> None:
    """Make a reply a thread of the cloth. Facilitators only. Raises Refused."""
    found = _locked(person, reply, "woven")
    found.state, found.woven_at = "woven", timezone.now()
    found.save(update_fields=["state", "woven_at"])
    _tell("woven", found)


@transaction.atomic
def decline(person: Person, reply: Reply) -> None:
    """Do not weave a reply in; its words are erased. Facilitators only. Raises Refused."""
    found = _locked(person, reply, "declined")
    _erase(found, "declined")
    record("tapestry", "reply_declined", reply=found.pk)


@transaction.atomic
def unravel(person: Person, reply: Reply) -> None:
    """Take a reply out of the cloth again, words and all. Facilitators only. Raises Refused."""
    _take_out(_locked(person, reply, "withdrawn"))


@transaction.atomic
def take_back(word: str) -> None:
    """Let a visitor take their own reply back with the word they were given. Raises Refused."""
    found = Reply.objects.select_for_update().filter(secret=_sealed(word)).first()
    if found is None or found.state not in ("waiting", "woven"):
        raise Refused(_("There is nothing left to take back: this reply is gone already."))
    _take_out(found)


def _take_out(reply: Reply) -> None:
    _erase(reply, "withdrawn")
    _tell("unpicked", reply)


def _erase(reply: Reply, state: str) -> None:
    reply.state, reply.text, reply.name, reply.answers = state, "", "", ""
    reply.save(update_fields=["state", "text", "name", "answers"])


def _tell(kind: str, reply: Reply) -> None:
    record("tapestry", kind, reply=reply.pk)
    transaction.on_commit(forget)


def _locked(person: Person, reply: Reply, state: str) -> Reply:
    if not person.has_perm("tapestry.moderate"):
        raise Refused(_("Only a facilitator can decide about replies."))
    found = Reply.objects.select_for_update().get(pk=reply.pk)
    if state not in REPLYING.steps[found.state]:
        raise Refused(_("Somebody else did this a moment ago. Nothing was changed."))
    return found
