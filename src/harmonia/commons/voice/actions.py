"""Everything that changes an upgrade, from the first draft to its activation."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.journal.states import StateError
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.voice import announce, compared, count, frozen, queries, tasks
from harmonia.commons.voice.edits import impossible, plain, plant_edits
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import UPGRADE, Approval, Foresight, Option, Upgrade

__all__ = [
    "Refused",
    "activate",
    "add_option",
    "approve",
    "ask_twin",
    "close_vote",
    "compare_sets",
    "draft",
    "foresee_option",
    "open_options",
    "open_vote",
    "remove_option",
    "withdraw",
]


def _allow(person: Person, permission: str) -> None:
    if not person.is_active or not person.has_perm(permission):
        raise Refused(_("Your role does not allow this. Nothing was changed."))


def _lock(upgrade: Upgrade) -> Upgrade:
    return Upgrade.objects.select_for_update().get(pk=upgrade.pk)


def _step(upgrade: Upgrade, goal: str) -> None:
    try:
        UPGRADE.check(upgrade.state, goal)
    except StateError as error:
        raise Refused(
            _("This upgrade is not at that step, or somebody was faster. Nothing was changed.")
        ) from error
    upgrade.state = goal


@transaction.atomic
def draft(
    by: Person, *, title: str, budget: int, story: str = "", currency: str = "€", at: datetime | None = None
) -> Upgrade:
    """Begin a question to everybody, seen by facilitators and scientists until its options are opened."""
    _allow(by, "voice.add_upgrade")
    if budget <= 0:
        raise Refused(_("A budget is more than 0. Nothing was kept."))
    upgrade = Upgrade.objects.create(
        title=title.strip(),
        story=story,
        budget=budget,
        currency=currency,
        drafted_by=token_of(by),
        drafted_at=at or timezone.now(),
    )
    record("voice", "drafted", upgrade=upgrade.pk)
    return upgrade


@transaction.atomic
def add_option(
    upgrade: Upgrade,
    *,
    by: Person,
    title: str,
    description: str,
    cost: int,
    labour_h: int = 0,
    edits: Iterable[Any] = (),
) -> Option:
    """Add something to choose; after the commit the twin is asked what its edits would do.

    Edits are `PlantEdit`s or mappings of field, operation and value. Raises Refused once voting is open.
    """
    locked = _editable(upgrade, by)
    if cost <= 0 or labour_h < 0:
        # By cost utility nobody gains from what is free, so the count could never choose it.
        raise Refused(_("An option costs 1 at least, and its hours are not below 0. Nothing was kept."))
    changes = _possible(edits)
    option = Option.objects.create(
        upgrade=locked,
        code=_code(locked, title),
        title=title.strip(),
        description=description,
        cost=cost,
        labour_h=labour_h,
        edits=changes,
        foresight=Foresight.WAITING if changes else Foresight.UNNEEDED,
    )
    if changes:
        transaction.on_commit(partial(tasks.foresee.enqueue, option.pk), robust=True)
    record("voice", "option_added", upgrade=locked.pk, option=option.pk)
    return option


def _possible(changes: Iterable[Any]) -> list[dict[str, Any]]:
    try:
        found = plain(changes)
    except ValueError as error:
        raise Refused(_("The plant has no such number. Nothing was kept.")) from error
    if why := impossible(found):
        raise Refused(_("%(why)s Nothing was kept.") % {"why": why})
    return found


def _code(upgrade: Upgrade, title: str) -> str:
    base = slugify(title)[:50].strip("-") or "option"
    taken = set(upgrade.options.values_list("code", flat=True))
    return next(code for n in range(1, 1000) if (code := base if n == 1 else f"{base}-{n}") not in taken)


def _editable(upgrade: Upgrade, by: Person) -> Upgrade:
    _allow(by, "voice.add_upgrade")
    locked = _lock(upgrade)
    if not locked.is_editable:
        raise Refused(_("The vote has begun, so its options stay as they are. Nothing was changed."))
    return locked


@transaction.atomic
def remove_option(option: Option, *, by: Person) -> None:
    """Take an option off the table before voting opens."""
    locked = _editable(option.upgrade, by)
    number = option.pk
    Option.objects.filter(pk=number, upgrade=locked).delete()
    record("voice", "option_removed", upgrade=locked.pk, option=number)


@transaction.atomic
def ask_twin(option: Option, *, by: Person) -> None:
    """Ask the twin again, when it could not say or its answer was lost."""
    locked = _editable(option.upgrade, by)
    asked = Option.objects.filter(pk=option.pk, upgrade=locked).exclude(edits=[])
    if asked.update(foresight=Foresight.WAITING, foreseen={}, foreseen_note=""):
        transaction.on_commit(partial(tasks.foresee.enqueue, option.pk), robust=True)
        record("voice", "twin_asked", upgrade=locked.pk, option=option.pk)


@transaction.atomic
def compare_sets(upgrade: Upgrade, *, by: Person) -> None:
    """Ask the twin to compare every set of options within the budget; people see it once options are open."""
    from harmonia.commons.nexus import actions as nexus

    locked = _editable(upgrade, by)
    try:
        nexus.ask_designs(
            compared.options(locked),
            subject=compared.subject(locked),
            title=locked.title,
            budget=locked.budget,
            currency=locked.currency,
            by=by,
            shown=locked.opened_at is not None,
        )
    except nexus.Refused as refusal:
        raise Refused(str(refusal)) from refusal
    record("voice", "sets_asked", upgrade=locked.pk)


def foresee_option(option: int) -> str:
    """Run the twin on an option's edits and keep its answer, unless the vote opened meanwhile.

    Takes seconds: call it from a task or a command. Returns the state of the option's foresight.
    """
    from harmonia.commons.nexus import actions as nexus

    found = Option.objects.filter(pk=option).first()
    if found is None or not found.edits:
        return Foresight.UNNEEDED
    try:
        answer, note = nexus.foresee(plant_edits(found.edits)), ""
    except nexus.Refused as refusal:
        answer, note = {}, str(refusal)
    return _keep_foresight(found, answer, note)


@transaction.atomic
def _keep_foresight(option: Option, answer: dict[str, Any], note: str) -> str:
    locked = _lock(option.upgrade)
    if not locked.is_editable:
        return option.foresight
    state = Foresight.FAILED if note else Foresight.READY
    mine = Option.objects.filter(pk=option.pk, edits=option.edits)
    if mine.update(foresight=state, foreseen=answer, foreseen_note=note[:300]):
        record("voice", "foreseen", upgrade=locked.pk, option=option.pk)
    return state


@transaction.atomic
def open_options(upgrade: Upgrade, *, by: Person, at: datetime | None = None) -> Upgrade:
    """Show the options to everybody, before anybody votes, and what was compared."""
    from harmonia.commons.nexus import actions as nexus

    _allow(by, "voice.open_vote")
    locked = _lock(upgrade)
    _step(locked, "open")
    if not locked.options.exists():
        raise Refused(_("There is nothing to show yet. Add an option first."))
    locked.opened_at = at or timezone.now()
    locked.save()
    nexus.show_designs(compared.subject(locked))
    record("voice", "opened", upgrade=locked.pk)
    return locked


@transaction.atomic
def open_vote(
    upgrade: Upgrade, *, by: Person, closes_on: date | None = None, at: datetime | None = None
) -> Upgrade:
    """Freeze rule, options and electorate, and let people approve; until `closes_on` nobody can close it."""
    _allow(by, "voice.open_vote")
    locked = _lock(upgrade)
    _step(locked, "voting")
    options = list(locked.options.all())
    _check_ready(locked, options)
    when = at or timezone.now()
    if closes_on is not None and closes_on < queries.local_day(when):
        raise Refused(_("The last day lies in the past. Nothing was changed."))
    _freeze(locked, options, when, closes_on)
    announce.vote_opened(locked, at=at)
    record("voice", "voting", upgrade=locked.pk, electorate=locked.electorate, sha256=locked.frozen_sha256)
    return locked


def _check_ready(upgrade: Upgrade, options: list[Option]) -> None:
    if len(options) < 2:
        raise Refused(_("A choice needs two options at least."))
    if all(option.cost > upgrade.budget for option in options):
        raise Refused(_("Every option costs more than the budget. Nothing was changed."))
    unforeseen = [o.title for o in options if o.foresight not in (Foresight.READY, Foresight.UNNEEDED)]
    if unforeseen:
        text = _("The twin has not said yet what these would do: %(options)s. Nothing was changed.")
        raise Refused(text % {"options": ", ".join(unforeseen)})


def _freeze(upgrade: Upgrade, options: list[Option], when: datetime, closes_on: date | None) -> None:
    from harmonia.science.choice import rule_to_dict

    upgrade.voting_at, upgrade.closes_on = when, closes_on
    upgrade.frozen_at = timezone.now()
    upgrade.electorate = len(queries.electorate())
    upgrade.frozen = frozen.canonical(upgrade, options, rule_to_dict(count.the_rule()), upgrade.electorate)
    upgrade.frozen_sha256 = frozen.sha256(upgrade.frozen)
    upgrade.save()


@transaction.atomic
def approve(
    person: Person, upgrade: Upgrade, options: Iterable[Option], *, at: datetime | None = None
) -> int:
    """Let these be what a person approves, instead of what they approved before; none takes the ballot back.

    Returns how many they approve now. Raises Refused for who may not vote, and outside the time of voting.
    """
    locked = _lock(upgrade)
    when = at or timezone.now()
    _check_may_vote(person, locked)
    _check_open(locked, when)
    wanted = {option.pk for option in options}
    if wanted - set(locked.options.values_list("pk", flat=True)):
        raise Refused(_("That is no option of this vote. Your ballot stays as it was."))
    token = token_of(person)
    mine = Approval.objects.filter(option__upgrade=locked, token=token)
    mine.exclude(option__in=wanted).delete()
    kept = set(mine.values_list("option_id", flat=True))
    Approval.objects.bulk_create(Approval(option_id=pk, token=token, at=when) for pk in sorted(wanted - kept))
    record("voice", "approved", upgrade=locked.pk, voices=queries.voices(locked))
    return len(wanted)


def _check_may_vote(person: Person, upgrade: Upgrade) -> None:
    if not person.is_active or person.left_at is not None or not person.has_perm("voice.cast_ballot"):
        raise Refused(_("Only members vote. Nothing was changed."))
    if upgrade.frozen_at is not None and person.joined_at > upgrade.frozen_at:
        raise Refused(_("You joined after this vote opened. The next one is yours too."))


def _check_open(upgrade: Upgrade, when: datetime) -> None:
    if upgrade.state != "voting":
        raise Refused(_("This vote is not open. Your ballot stays as it was."))
    if upgrade.closes_on is not None and queries.local_day(when) > upgrade.closes_on:
        raise Refused(_("This vote is over. Your ballot stays as it was."))


@transaction.atomic
def close_vote(upgrade: Upgrade, *, by: Person, at: datetime | None = None) -> Upgrade:
    """Count by the frozen rule and keep the decision with a reason for each option."""
    _allow(by, "voice.open_vote")
    locked = _lock(upgrade)
    when = at or timezone.now()
    _step(locked, "decided")
    if locked.closes_on is not None and queries.local_day(when) <= locked.closes_on:
        text = _("People were told they can vote until %(day)s. Close it after that day.")
        raise Refused(text % {"day": queries.day_in_words(locked.closes_on)})
    counted = count.count(locked)
    locked.decision, locked.bundle, locked.decided_at = counted.decision, counted.bundle, when
    locked.save()
    announce.vote_closed(locked, at=at)
    winners = list(counted.decision["winners"])
    record("voice", "decided", upgrade=locked.pk, winners=winners, voices=queries.voices(locked))
    return locked


@transaction.atomic
def activate(upgrade: Upgrade, *, by: Person, at: datetime | None = None) -> Upgrade:
    """Put the edits of the chosen options into force, in the order in which they were chosen.

    The Nexus refuses while a safety reading is stale or red; then nothing is changed.
    """
    from harmonia.commons.nexus import actions as nexus

    _allow(by, "voice.activate_upgrade")
    locked = _lock(upgrade)
    _step(locked, "activated")
    winners = queries.winners(locked)
    if not winners:
        raise Refused(_("Nothing was chosen, so there is nothing to put into force."))
    changes = [edit for option in winners for edit in option.edits]
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
def withdraw(upgrade: Upgrade, *, by: Person, why: str = "", at: datetime | None = None) -> Upgrade:
    """Take the question back, before it is decided; what was said stays on record."""
    _allow(by, "voice.open_vote")
    locked = _lock(upgrade)
    _step(locked, "withdrawn")
    locked.withdrawn_at, locked.withdrawn_why = at or timezone.now(), why[:200]
    locked.save()
    record("voice", "withdrawn", upgrade=locked.pk)
    return locked
