"""After the count: set the day, put what was chosen into force, give account."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.models import Person
from harmonia.commons.voice import accounting, announce, queries
from harmonia.commons.voice.actions.moving import allow, lock, step
from harmonia.commons.voice.edits import plant_edits
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import Upgrade


@transaction.atomic
def schedule(upgrade: Upgrade, *, by: Person, day: date, at: datetime | None = None) -> Upgrade:
    """Set the day on which what was chosen is put into force, in public."""
    allow(by, "voice.open_vote")
    locked = lock(upgrade)
    step(locked, "scheduled")
    if not queries.bought(locked):
        raise Refused(_("Nothing was chosen, so there is nothing to put into force."))
    if day < queries.local_day(at or timezone.now()):
        raise Refused(_("That day lies in the past. Nothing was changed."))
    locked.scheduled_for = day
    locked.save()
    announce.scheduled(locked, at=at)
    record("voice", "scheduled", upgrade=locked.pk, day=day.isoformat())
    return locked


@transaction.atomic
def unschedule(upgrade: Upgrade, *, by: Person) -> Upgrade:
    """Take the day back, when it cannot be kept; another one is set as the first was."""
    allow(by, "voice.open_vote")
    locked = lock(upgrade)
    step(locked, "decided")
    locked.scheduled_for = None
    locked.save()
    record("voice", "unscheduled", upgrade=locked.pk)
    return locked


@transaction.atomic
def activate(upgrade: Upgrade, *, by: Person, at: datetime | None = None) -> Upgrade:
    """Put the edits of what was bought into force: first what law and safety ask for, then as it was chosen.

    The Nexus refuses while a safety reading is stale or red; then nothing is changed.
    """
    from harmonia.commons.nexus import actions as nexus

    allow(by, "voice.activate_upgrade")
    locked = lock(upgrade)
    step(locked, "activated")
    changes = [edit for option in queries.bought(locked) for edit in option.edits]
    when = at or timezone.now()
    if changes:
        try:
            locked.plant_version = nexus.activate(plant_edits(changes), why=locked.title, by=by, at=when)
        except nexus.Refused as refusal:
            raise Refused(str(refusal)) from refusal
    locked.activated_at = when
    locked.save()
    announce.activated(locked, at=at)
    number = locked.plant_version.number if locked.plant_version else None
    record("voice", "activated", upgrade=locked.pk, plant_version=number)
    return locked


@transaction.atomic
def account(upgrade: Upgrade, *, by: Person, words: str, at: datetime | None = None) -> Upgrade:
    """Close the cycle: keep what was foreseen beside what the model says since, and what went otherwise, in words.

    Refused while what was chosen changes the plant and the model has not followed it yet.
    """
    allow(by, "voice.activate_upgrade")
    locked = lock(upgrade)
    step(locked, "accounted")
    if not words.strip():
        raise Refused(_("Say in a sentence how it went. Nothing was changed."))
    locked.account = accounting.account(locked)
    if locked.plant_version is not None and not locked.account["measures"]:
        raise Refused(
            _("The model has not followed the new plant yet. Come back tomorrow; nothing was changed.")
        )
    locked.account_words, locked.accounted_at = words.strip(), at or timezone.now()
    locked.save()
    announce.accounted(locked, at=at)
    record("voice", "accounted", upgrade=locked.pk)
    return locked
