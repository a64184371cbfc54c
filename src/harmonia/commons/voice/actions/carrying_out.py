"""After the count: set the day, say what was done away from the plant, give account."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.models import Person
from harmonia.commons.voice import accounting, announce, queries
from harmonia.commons.voice.actions.moving import allow, lock, step
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
def carry_out(upgrade: Upgrade, *, by: Person, at: datetime | None = None) -> Upgrade:
    """Say that what was chosen is done, where it changes nothing about the plant.

    Raises Refused where it does: that comes into force by the Nexus's switch-over alone, and is heard of from there
    (`hear_switch`).
    """
    allow(by, "voice.activate_upgrade")
    locked = lock(upgrade)
    if queries.changes_the_plant(locked):
        raise Refused(
            _(
                "This changes the plant: it comes into force by its switch-over, whose checklist nobody skips."
                " Nothing was changed."
            )
        )
    step(locked, "activated")
    locked.activated_at = at or timezone.now()
    locked.save()
    announce.activated(locked, at=at)
    record("voice", "activated", upgrade=locked.pk, plant_version=None)
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
