"""The second question: once it is decided what is bought, people's priorities choose how it is run."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.journal.sentences import in_words, kept
from harmonia.commons.people.models import Person
from harmonia.commons.voice import joined, operation, queries, tasks
from harmonia.commons.voice.actions.moving import allow, lock
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import Operation, Upgrade
from harmonia.commons.voice.models.operation import LONGEST_REASON


def choose_soon(upgrade: Upgrade) -> None:
    """Let the worker choose how it is run once the caller's transaction is in."""
    transaction.on_commit(partial(tasks.choose_operation.enqueue, upgrade.pk), robust=True)


@transaction.atomic
def ask_operation(upgrade: Upgrade, *, by: Person) -> None:
    """Try again, when the twin could not say how it is best run."""
    allow(by, "voice.add_upgrade")
    locked = lock(upgrade)
    if not locked.is_decided or _is_chosen(locked):
        raise Refused(_("How it is run is chosen once, after the count. Nothing was changed."))
    record("voice", "operation_asked", upgrade=locked.pk)
    choose_soon(locked)


def choose_operation(number: int) -> str:
    """Live the ways to run what was bought through drawn years, and let people's priorities choose one of them.

    Takes minutes: call it from a task or a command. Returns what was chosen, "" where the reason was kept instead.
    """
    upgrade = Upgrade.objects.get(pk=number)
    if not upgrade.is_decided or _is_chosen(upgrade):
        return ""
    try:
        chosen, told, said = *_run(upgrade), ""
    except Refused as refusal:
        chosen, told, said = "", {"why": kept(refusal)}, str(refusal)[:LONGEST_REASON]
    return _keep(upgrade, Operation(chosen=chosen, told=told, said=said))


def _run(upgrade: Upgrade) -> tuple[str, dict[str, Any]]:
    from harmonia.commons.nexus import actions as nexus
    from harmonia.science.choice import PriorityError
    from harmonia.science.join import run_bought
    from harmonia.science.metabolism import FeedstockError, PlantError
    from harmonia.science.metabolism.designs import DesignError

    try:
        case = joined.cycle_case(upgrade)
        regimes, chosen = run_bought(case, [option.code for option in queries.bought(upgrade)])
    except (nexus.Refused, DesignError, PlantError, FeedstockError, PriorityError) as error:
        raise Refused(in_words(error)) from error
    return chosen.chosen, operation.told(upgrade, regimes, chosen)


@transaction.atomic
def _keep(upgrade: Upgrade, found: Operation) -> str:
    locked = lock(upgrade)
    if _is_chosen(locked):
        return ""
    found.upgrade, found.at = locked, timezone.now()
    found.save(force_insert=True)
    record("voice", "operation_chosen" if found.chosen else "operation_unknown", upgrade=locked.pk)
    return found.chosen


def _is_chosen(upgrade: Upgrade) -> bool:
    return Operation.objects.filter(upgrade=upgrade).exclude(chosen="").exists()
