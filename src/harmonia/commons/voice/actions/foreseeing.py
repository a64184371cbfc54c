"""Ask the twin what options would do, one by one and set by set."""

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from harmonia.commons.journal.actions import record
from harmonia.commons.people.models import Person
from harmonia.commons.voice import compared, tasks
from harmonia.commons.voice.actions.moving import allow, editable, lock
from harmonia.commons.voice.actions.proposing import may_write
from harmonia.commons.voice.edits import plant_edits
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import Foresight, Option, Upgrade


@transaction.atomic
def ask_twin(option: Option, *, by: Person) -> None:
    """Ask the twin again, when it could not say or its answer was lost."""
    locked = editable(option.upgrade)
    if not may_write(by, option):
        allow(by, "voice.add_upgrade")
    asked = Option.objects.filter(pk=option.pk, upgrade=locked).exclude(edits=[])
    if asked.update(foresight=Foresight.WAITING, foreseen={}, foreseen_note=""):
        transaction.on_commit(partial(tasks.foresee.enqueue, option.pk), robust=True)
        record("voice", "twin_asked", upgrade=locked.pk, option=option.pk)


@transaction.atomic
def compare_sets(upgrade: Upgrade, *, by: Person) -> None:
    """Ask the twin to compare every set of options within the budget; people see it once options are open."""
    from harmonia.commons.nexus import actions as nexus

    allow(by, "voice.add_upgrade")
    locked = editable(upgrade)
    try:
        nexus.ask_designs(
            compared.options(locked),
            subject=compared.subject_of(locked),
            title=locked.title,
            budget=locked.budget,
            currency=locked.currency,
            by=by,
            shown=locked.opened_at is not None,
        )
    except nexus.Refused as refusal:
        raise Refused(str(refusal)) from refusal
    record("voice", "sets_asked", upgrade=locked.pk)


def foresee_option(option: int, until: date | None = None) -> str:
    """Run the twin on an option's edits and keep its answer, unless the options were settled meanwhile.

    Takes seconds: call it from a task or a command. `until` is the last day that is known, if not
    yesterday. Returns the state of the option's foresight.
    """
    from harmonia.commons.nexus import actions as nexus

    found = Option.objects.filter(pk=option).first()
    if found is None or not found.edits:
        return Foresight.UNNEEDED
    try:
        answer, note = nexus.foresee(plant_edits(found.edits), until=until), ""
    except nexus.Refused as refusal:
        answer, note = {}, str(refusal)
    return _keep_foresight(found, answer, note)


@transaction.atomic
def _keep_foresight(option: Option, answer: dict[str, Any], note: str) -> str:
    locked = lock(option.upgrade)
    if not locked.is_editable:
        return option.foresight
    state = Foresight.FAILED if note else Foresight.READY
    mine = Option.objects.filter(pk=option.pk, edits=option.edits)
    if mine.update(foresight=state, foreseen=answer, foreseen_note=note[:300]):
        record("voice", "foreseen", upgrade=locked.pk, option=option.pk)
    return state
