"""Raise the load of a ramp, hold it, take it up again, roll it back. Guards hold by themselves; only people raise."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.nexus import alarms, ramping
from harmonia.commons.nexus.actions.activating import add_record, lock, step
from harmonia.commons.nexus.actions.plants import in_force, read_plant, switch
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.models import Activation, Alarm, FeedPlan, PlantVersion, RampRecord, Reading
from harmonia.commons.nexus.models.feed_plan import PLAN
from harmonia.commons.nexus.places import local_day
from harmonia.commons.nexus.ramp_words import waits_in_words
from harmonia.commons.nexus.safety import check_safety
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

if TYPE_CHECKING:
    from harmonia.science.metabolism.ramp_guards import Breach

RECENT = timedelta(days=7)


def _allow(by: Person) -> None:
    if not by.is_active or not by.has_perm("nexus.change_plant"):
        raise Refused(_("Only a scientist can change the plant. Nothing was changed."))


def _load(activation: Activation) -> float:
    last = activation.records.order_by("number").last()
    return last.loading_kg_vs_m3_d if last else 0.0


def next_load(activation: Activation) -> float | None:
    """Return the load of the next step [kg VS/m3/d]; None on the last one."""
    now = _load(activation)
    if not activation.ramp:  # its plan was overridden: the smallest steps to the goal
        return min(now + 0.5, activation.goal_kg_vs_m3_d) if now < activation.goal_kg_vs_m3_d else None
    loads = (step["loading_kg_vs_m3_d"] for step in activation.ramp)
    return next((load for load in loads if load > now + 1e-6), None)


@transaction.atomic
def watch_ramp(now: datetime | None = None) -> str:
    """Look at the guards of the open ramp; hold it where one is touched; return the state it is in afterwards.

    A breach holds, raises an alarm and tells the operators, who may roll back. The last step ends by itself once
    its time is over and everything is calm.
    """
    from harmonia.science.metabolism.ramp_guards import breaches, waits

    moment = now or timezone.now()
    found = Activation.objects.select_for_update().filter(state__in=["ramping", "holding"]).first()
    if found is None:
        return "none"
    watch = ramping.watch(found, moment)
    touched = breaches(watch)
    if touched and found.state == "ramping":
        _hold(found, touched, moment)
    elif touched:
        alarms.settle([_finding(found, touched)], moment, kinds=[Alarm.Kind.RAMP])
    elif found.state == "ramping" and next_load(found) is None and not waits(watch):
        _finish(found, moment)
    return found.state


def _hold(activation: Activation, touched: "tuple[Breach, ...]", at: datetime) -> None:
    step(activation, "holding")
    activation.save()
    facts = [asdict(breach) for breach in touched]
    add_record(activation, RampRecord.Kind.HOLD, _load(activation), at, None, breaches=facts)
    told = alarms.settle([_finding(activation, touched)], at, kinds=[Alarm.Kind.RAMP])
    record("nexus", "ramp_held", activation=activation.pk, guards=[breach.guard for breach in touched])
    alarms.tell(told)


def _finding(activation: Activation, touched: "tuple[Breach, ...]") -> alarms.Finding:
    return alarms.Finding(
        Alarm.Kind.RAMP, {"activation": activation.pk, "breaches": [asdict(b) for b in touched]}
    )


def _finish(activation: Activation, at: datetime) -> None:
    step(activation, "finished")
    activation.ended_at = at
    activation.save()
    add_record(activation, RampRecord.Kind.FINISH, _load(activation), at, None)
    record("nexus", "ramp_finished", activation=activation.pk)


@transaction.atomic
def raise_load(activation: Activation, by: Person, at: datetime | None = None) -> RampRecord:
    """Take the next step of a ramp.

    Raises Refused before two weeks and three flat acid readings, with a reading missing, a guard touched, or a safety
    reading red or stale.
    """
    from harmonia.science.metabolism.ramp_guards import breaches, waits

    _allow(by)
    locked = lock(activation, "ramping")
    moment = at or timezone.now()
    load, watch, safety = next_load(locked), ramping.watch(locked, moment), check_safety(moment)
    if load is None:
        raise Refused(_("This is the last step. Nothing was changed."))
    if not safety.is_clear:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": safety.sentence})
    if touched := breaches(watch):
        names = ", ".join(breach.guard for breach in touched)
        raise Refused(
            _("A guard is touched (%(guards)s): the load stays. Nothing was changed.") % {"guards": names}
        )
    if waiting := waits(watch):
        why = " ".join(waits_in_words(waiting))
        raise Refused(_("Not yet. %(why)s Nothing was changed.") % {"why": why})
    made = add_record(locked, RampRecord.Kind.RISE, load, moment, by)
    record("nexus", "ramp_raised", activation=locked.pk, loading=load)
    return made


@transaction.atomic
def resume_ramp(activation: Activation, by: Person, at: datetime | None = None) -> Activation:
    """Take a held ramp up again at its load, once no guard is touched and no reading is missing; two weeks count anew."""
    from harmonia.science.metabolism.ramp_guards import breaches, missing

    _allow(by)
    locked = lock(activation, "holding")
    moment = at or timezone.now()
    watch = ramping.watch(locked, moment)
    if breaches(watch) or missing(watch):
        raise Refused(_("A guard is still touched, or a reading is missing: the ramp stays held."))
    step(locked, "ramping")
    locked.save()
    add_record(locked, RampRecord.Kind.RESUME, _load(locked), moment, by)
    told = alarms.settle([], moment, kinds=[Alarm.Kind.RAMP])
    record("nexus", "ramp_resumed", activation=locked.pk)
    alarms.tell(told)
    return locked


@transaction.atomic
def roll_back_activation(
    activation: Activation, by: Person, why: str = "", at: datetime | None = None
) -> Activation:
    """Put the former plant and the former feed plan back into force at once, and write down the way back for the biology.

    A red or stale safety reading does not stop a retreat; it stops everything that goes forward. Raises Refused
    where the plant was changed since in another way.
    """
    from harmonia.science.metabolism.ramp_recovery import recovery

    _allow(by)
    locked = lock(activation, "ramping", "holding")
    moment, now = at or timezone.now(), in_force()
    if now.pk != locked.version_id:
        raise Refused(_("The plant was changed since. Nothing was rolled back."))
    version = switch(now, read_plant(locked.before.toml), why=_former(locked), by=by, at=moment)
    _restore_plan(locked, version, by, moment)
    ratio, ph = _read_lately(moment)
    stages = [asdict(stage) for stage in recovery(ratio, ph)]
    step(locked, "rolled_back")
    locked.ended_at, locked.why_ended = moment, why.strip()[:200]
    locked.save()
    facts = {"version": version.number, "acid_ratio": ratio, "ph": ph, "recovery": stages}
    start = locked.records.order_by("number").first()
    add_record(
        locked, RampRecord.Kind.ROLL_BACK, start.loading_kg_vs_m3_d if start else 0.0, moment, by, **facts
    )
    told = alarms.settle([], moment, kinds=[Alarm.Kind.RAMP])
    record("nexus", "activation_rolled_back", activation=locked.pk, version=version.number)
    alarms.tell(told)
    return locked


def _former(activation: Activation) -> str:
    return _("Back to plant %(number)d") % {"number": activation.before.number}


def _restore_plan(activation: Activation, version: PlantVersion, by: Person, at: datetime) -> None:
    for plan in FeedPlan.objects.select_for_update().filter(state="accepted"):
        PLAN.check(plan.state, "replaced")
        plan.state = "replaced"
        plan.save()
    former = activation.plan_before
    if former is None:
        return
    FeedPlan.objects.create(
        version=version, state="accepted", origin=FeedPlan.Origin.EDITED, edited_from=former, start=local_day(at),
        days=former.days, asked_at=at, asked_by=token_of(by), made_at=at, accepted_at=at, accepted_by=token_of(by),
        feed=former.feed, series=former.series, facts=former.facts, advice=former.advice,
    )  # fmt: skip


def _read_lately(now: datetime) -> tuple[float | None, float | None]:
    """Return acids over alkalinity and pH as read in the last week; None where nobody looked."""

    def newest(kind: Reading.Kind) -> float | None:
        row = Reading.objects.filter(kind=kind, at__gte=now - RECENT, at__lte=now).order_by("at", "id").last()
        return row.value if row else None

    acids, alkalinity = newest(Reading.Kind.ACIDS), newest(Reading.Kind.ALKALINITY)
    ratio = round(acids / alkalinity, 3) if acids is not None and alkalinity else None
    return ratio, newest(Reading.Kind.PH)
