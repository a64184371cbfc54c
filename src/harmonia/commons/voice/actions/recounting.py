"""Sworn recounters: who recounts a small vote, and what they found."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import named
from harmonia.commons.voice.actions.moving import allow, lock
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import Recounter, Upgrade


@transaction.atomic
def ask_recounter(upgrade: Upgrade, name: str, *, by: Person) -> Recounter:
    """Ask a member, by chosen name, to recount; publicly, and they can say no by doing nothing."""
    allow(by, "voice.open_vote")
    locked = lock(upgrade)
    if locked.voting_at is None:
        raise Refused(_("Recounters are asked once the vote has opened. Nothing was changed."))
    found = named(name)
    if len(found) != 1:
        raise Refused(_("Nobody, or more than one, is called that here. Nothing was changed."))
    asked, _new = Recounter.objects.get_or_create(
        upgrade=locked, token=token_of(found[0]), defaults={"asked_by": token_of(by)}
    )
    record("voice", "recounter_asked", upgrade=locked.pk)
    return asked


def _mine(upgrade: Upgrade, person: Person) -> Recounter:
    found = Recounter.objects.select_for_update().filter(upgrade=upgrade, token=token_of(person)).first()
    if found is None or not person.is_active:
        raise Refused(_("You were not asked to recount this vote. Nothing was changed."))
    return found


@transaction.atomic
def swear(upgrade: Upgrade, *, by: Person, at: datetime | None = None) -> Recounter:
    """Promise, as somebody who was asked, to count and to keep every ballot to oneself."""
    found = _mine(lock(upgrade), by)
    if found.sworn_at is None:
        found.sworn_at = at or timezone.now()
        found.save()
        record("voice", "recounter_sworn", upgrade=upgrade.pk)
    return found


@transaction.atomic
def tell_recount(upgrade: Upgrade, *, by: Person, agrees: bool, words: str = "") -> Recounter:
    """Say publicly, as a sworn recounter, whether one's own count agrees."""
    locked = lock(upgrade)
    found = _mine(locked, by)
    if found.sworn_at is None or not locked.is_decided:
        raise Refused(_("First comes the oath, and the count of the ballots. Nothing was changed."))
    if not agrees and not words.strip():
        raise Refused(_("Say what differs, so that others can look. Nothing was changed."))
    found.agrees, found.words, found.found_at = agrees, words.strip()[:300], timezone.now()
    found.save()
    record("voice", "recounted", upgrade=locked.pk, agrees=agrees)
    return found
