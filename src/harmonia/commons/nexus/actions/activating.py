"""Prepare a switch-over, go through its checklist, call for it, confirm it. Harmonia records; it drives no valve.

Two people: one calls for it (with the crowd), another, trained and on site, acts and confirms.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.journal.states import StateError
from harmonia.commons.nexus import ramping
from harmonia.commons.nexus.actions.plants import check_for_books, edited, edits_of, in_force, switch
from harmonia.commons.nexus.decisions import Decision
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.models import (
    ACTIVATION,
    Activation,
    FeedPlan,
    PlantVersion,
    PreflightCheck,
    RampRecord,
    Reading,
)
from harmonia.commons.nexus.models.preflight_check import ATTESTED_H
from harmonia.commons.nexus.preflight import AUTOMATIC, preflight
from harmonia.commons.nexus.readings import record_reading
from harmonia.commons.nexus.tasks import ramp_on_commit
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

LATEST = timedelta(minutes=5)  # two clocks may differ


@transaction.atomic
def prepare_activation(
    by: Person,
    *,
    decision: Decision | None = None,
    title: str = "",
    goal_kg_vs_m3_d: float,
    at: datetime | None = None,
) -> Activation:
    """Begin the checklist of a switch-over; the worker plans its ramp.

    A decision brings its edits and what was promised; without one the plant stays as it is and only its load rises,
    and the checklist says that nobody decided it. Raises Refused without the permission, without a plant, for a load
    that is none, or while another switch-over is open.
    """
    _allow(by, "nexus.call_activation")
    if not 0 < goal_kg_vs_m3_d < 20:
        raise Refused(_("The load to reach is a number above 0 and below 20. Nothing was begun."))
    if Activation.objects.filter(slot=1).exists():
        raise Refused(_("Another switch-over is open. Finish it, or call it off, first. Nothing was begun."))
    moment, before = at or timezone.now(), in_force()
    chosen = decision or Decision("", title.strip() or _("More feed for the plant as it is"), (), "")
    check_for_books(edited(before, edits_of(chosen.edits)))
    activation = Activation.objects.create(
        subject=chosen.subject,
        title=chosen.title[:120],
        edits=[dict(edit) for edit in chosen.edits],
        sha256=chosen.sha256,
        promised=dict(chosen.promised),
        words=list(chosen.words),
        goal_kg_vs_m3_d=goal_kg_vs_m3_d,
        before=before,
        prepared_at=moment,
        prepared_by=token_of(by),
    )
    record("nexus", "activation_prepared", activation=activation.pk, subject=activation.subject)
    ramp_on_commit(activation.pk)
    return activation


def _allow(by: Person, permission: str) -> None:
    if not by.is_active or not by.has_perm(permission):
        raise Refused(_("Your role does not allow this. Nothing was changed."))


def lock(activation: Activation, *states: str) -> Activation:
    """Return an activation, locked; raises Refused where it is in none of the states."""
    locked = Activation.objects.select_for_update().get(pk=activation.pk)
    if locked.state not in states:
        raise Refused(_("This switch-over is not at that step, or somebody was faster. Nothing was changed."))
    return locked


def step(activation: Activation, goal: str) -> None:
    """Take one step of the lifecycle; saving is the caller's."""
    try:
        ACTIVATION.check(activation.state, goal)
    except StateError as error:
        raise Refused(_("This switch-over is not at that step. Nothing was changed.")) from error
    activation.state = goal
    activation.slot = 1 if goal in ("checking", "ramping", "holding") else None


@transaction.atomic
def plan_again(activation: Activation, by: Person) -> None:
    """Let the worker plan the ramp of a switch-over that is still checked anew."""
    _allow(by, "nexus.call_activation")
    locked = lock(activation, "checking")
    record("nexus", "ramp_asked", activation=locked.pk)
    ramp_on_commit(locked.pk)


def plan_ramp(activation: int, now: datetime | None = None) -> str:
    """Let the twin plan the ramp of a switch-over that is still checked; return how it ended.

    Runs the model outside any transaction: call it from a task or a command.
    """
    moment = now or timezone.now()
    found = Activation.objects.filter(pk=activation, state="checking").select_related("before").first()
    if found is None:
        return "not needed"
    steps, status = ramping.planned(found, moment)
    with transaction.atomic():
        locked = lock(found, "checking")
        locked.ramp, locked.ramp_status, locked.ramp_planned_at = steps, status[:300], moment
        locked.save()
        record("nexus", "ramp_planned", activation=locked.pk, steps=len(steps))
    return status


@transaction.atomic
def check_item(
    activation: Activation,
    item: str,
    *,
    passed: bool,
    by: Person,
    reason: str = "",
    at: datetime | None = None,
) -> PreflightCheck:
    """Keep what somebody saw or tested of the safety list; `at` is when, if not now.

    A test of the methane alarm is kept as a reading too. Raises Refused for items nobody can look at, for a day that is
    yet to come, and for what is not in order without a word on why.
    """
    _allow(by, "nexus.call_activation")
    locked = lock(activation, "checking")
    now = timezone.now()
    seen = at or now
    if item not in ATTESTED_H:
        raise Refused(_("Nobody can look at this item. Nothing was kept."))
    if seen > now + LATEST:
        raise Refused(_("That lies in the future. Nothing was kept."))
    if not passed and not reason.strip():
        raise Refused(_("Say what is not in order, so that somebody can mend it. Nothing was kept."))
    state = PreflightCheck.State.GREEN if passed else PreflightCheck.State.RED
    check = _keep(locked, item, state, reason, by, min(seen, now), now)
    if item == PreflightCheck.Item.CH4_ALARM:
        record_reading(Reading.Kind.CH4_ALARM, passed=passed, by=by, at=min(seen, now))
    return check


@transaction.atomic
def override_item(
    activation: Activation, item: str, *, reason: str, by: Person, at: datetime | None = None
) -> PreflightCheck:
    """Answer with one's name for going on although an item is red. Never for safety: no such override exists.

    `at` is when, if not now. Raises Refused without a reason, and for every item of the safety list.
    """
    _allow(by, "nexus.change_plant")
    locked = lock(activation, "checking")
    if item not in AUTOMATIC:
        raise Refused(_("Safety has no override. Nothing was changed."))
    if not reason.strip():
        raise Refused(_("An override needs a reason. Nothing was changed."))
    now = timezone.now()
    return _keep(locked, item, PreflightCheck.State.OVERRIDDEN, reason, by, min(at or now, now), now)


def _keep(
    activation: Activation, item: str, state: str, reason: str, by: Person, at: datetime, now: datetime
) -> PreflightCheck:
    check = PreflightCheck.objects.create(
        activation=activation,
        item=item,
        state=state,
        reason=reason.strip()[:300],
        at=at,
        recorded_at=max(now, at),
        by=token_of(by),
    )
    record("nexus", "preflight_checked", activation=activation.pk, item=item, state=state)
    return check


@transaction.atomic
def press(activation: Activation, by: Person, *, crowd: int = 0, at: datetime | None = None) -> Activation:
    """Call for the switch-over; `crowd` is how many pressed with them. Recorded, and nothing moves by it.

    Raises Refused while the checklist is not clear.
    """
    _allow(by, "nexus.call_activation")
    locked = lock(activation, "checking")
    moment = at or timezone.now()
    _check_clear(locked, moment)
    locked.pressed_at, locked.pressed_by, locked.crowd = moment, token_of(by), max(crowd, 0)
    locked.save()
    record("nexus", "activation_pressed", activation=locked.pk, crowd=locked.crowd)
    return locked


def _check_clear(activation: Activation, moment: datetime) -> None:
    found = preflight(activation, moment)
    if not found.is_clear:
        raise Refused(_("Not yet. %(why)s Nothing was changed.") % {"why": found.sentence})


@transaction.atomic
def confirm_activation(activation: Activation, by: Person, at: datetime | None = None) -> Activation:
    """Confirm what was done on site: the changed plant is in force and its ramp begins.

    Raises Refused for who may not change the plant, for who called for it themselves, while the checklist is not
    clear, and where the plant has changed since.
    """
    _allow(by, "nexus.change_plant")
    locked = lock(activation, "checking")
    moment, me = at or timezone.now(), token_of(by)
    if locked.pressed_by is None:
        raise Refused(_("Nobody has called for it yet. Nothing was changed."))
    if locked.pressed_by == me:
        raise Refused(_("It takes two: you called for it, so somebody else confirms. Nothing was changed."))
    before = in_force()
    if before.pk != locked.before_id:
        raise Refused(_("The plant has changed since this was prepared. Call it off and prepare it anew."))
    _check_clear(locked, moment)
    locked.plan_before = FeedPlan.objects.filter(state="accepted").first()
    plant = edited(before, edits_of(locked.edits))
    locked.version = switch(before, plant, why=locked.title, by=by, at=moment)
    locked.confirmed_at, locked.confirmed_by = moment, me
    step(locked, "ramping")
    locked.save()
    add_record(locked, RampRecord.Kind.START, _first_load(locked), moment, by)
    record(
        "nexus",
        "activation_confirmed",
        activation=locked.pk,
        subject=locked.subject,
        version=_number(locked.version),
    )
    return locked


def _number(version: PlantVersion | None) -> int | None:
    return version.number if version else None


def _first_load(activation: Activation) -> float:
    if activation.ramp:
        return float(activation.ramp[0]["loading_kg_vs_m3_d"])
    # The twin's ramp was overridden: nobody knows a better first step than the smallest.
    return min(activation.goal_kg_vs_m3_d, 0.5)


def add_record(
    activation: Activation, kind: str, load: float, at: datetime, by: Person | None, **facts: Any
) -> RampRecord:
    """Append to what happened on a ramp."""
    last = activation.records.order_by("number").last()
    return RampRecord.objects.create(
        activation=activation,
        number=last.number + 1 if last else 1,
        kind=kind,
        loading_kg_vs_m3_d=load,
        at=at,
        by=token_of(by) if by else None,
        facts=facts,
    )


@transaction.atomic
def call_off_activation(
    activation: Activation, by: Person, why: str, at: datetime | None = None
) -> Activation:
    """End a switch-over before anything was switched, with a reason; anybody who may call for one may do so."""
    _allow(by, "nexus.call_activation")
    locked = lock(activation, "checking")
    if not why.strip():
        raise Refused(_("Say why, so that nobody has to guess. Nothing was changed."))
    step(locked, "called_off")
    locked.ended_at, locked.why_ended = at or timezone.now(), why.strip()[:200]
    locked.save()
    record("nexus", "activation_called_off", activation=locked.pk)
    return locked
