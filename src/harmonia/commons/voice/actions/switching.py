"""What was decided waits for the Nexus to be switched over; once that is confirmed, the upgrade is in force."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.voice import announce, queries
from harmonia.commons.voice.actions.moving import step
from harmonia.commons.voice.compared import SUBJECT
from harmonia.commons.voice.foresight import outlooks
from harmonia.commons.voice.models import Option, Upgrade
from harmonia.commons.voice.queries.switching import WAITING

if TYPE_CHECKING:
    from harmonia.commons.nexus.actions import Decision


def waiting_decisions() -> list["Decision"]:
    """Return what was chosen and is not in force yet, as the Nexus takes it."""
    found = Upgrade.objects.filter(state__in=WAITING).order_by("id")
    return [_decision(upgrade) for upgrade in found if queries.bought(upgrade)]


def _decision(upgrade: Upgrade) -> "Decision":
    from harmonia.commons.nexus.actions import Decision

    bought = queries.bought(upgrade)
    foreseen = [option for option in bought if option.foreseen]
    return Decision(
        subject=queries.subject_of(upgrade),
        title=upgrade.title,
        edits=[edit for option in bought for edit in option.edits],
        sha256=upgrade.frozen_sha256,
        promised=_promised(foreseen),
        words=[*(sentence for option in foreseen for sentence in _sentences(option)), *_run_so(upgrade)],
    )


def _run_so(upgrade: Upgrade) -> list[str]:
    """Return how residents' priorities want it run, for who switches over; nothing while nobody can say."""
    way = queries.run_in_words(upgrade)
    return [_("How it is run: %(way)s") % {"way": way}] if way else []


def _promised(foreseen: list[Option]) -> Mapping[str, float]:
    # What the twin said of each option alone does not add up to what it would say of all together.
    return foreseen[0].foreseen["after"] if len(foreseen) == 1 else {}


def _sentences(option: Option) -> list[str]:
    told = [outlook for outlook in outlooks(option.foreseen) if not outlook.is_same]
    return [
        f"{option.title}: {one.label}, {one.then}" + (f" ({one.interval})" if one.interval else "")
        for one in told
    ]


def hear_switch(event: Any) -> None:
    """Let an upgrade be in force as soon as its switch-over is confirmed, in the same transaction.

    One that is done already (it changes nothing about the plant, and somebody said so meanwhile) stays as it is.
    """
    subject = str(event.payload.get("subject", ""))
    if event.kind != "activation_confirmed" or not subject.startswith(SUBJECT):
        return
    from harmonia.commons.nexus.queries import activation

    switch = activation(event.payload["activation"])
    locked = Upgrade.objects.select_for_update().get(pk=int(subject.removeprefix(SUBJECT)))
    if switch is None or switch.confirmed_at is None or locked.state not in WAITING:
        return
    if locked.state == "decided":
        step(locked, "scheduled")
        locked.scheduled_for = queries.local_day(switch.confirmed_at)
    step(locked, "activated")
    locked.plant_version, locked.activated_at = switch.version, switch.confirmed_at
    locked.save()
    announce.activated(locked, at=switch.confirmed_at)
    record("voice", "activated", upgrade=locked.pk, plant_version=event.payload["version"])
