"""Set up jars, read them, end them, and let the science say what they told."""

from collections.abc import Mapping
from datetime import datetime
from math import isfinite

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.feeding import rots
from harmonia.commons.nexus.jars import JarPlan, judge
from harmonia.commons.nexus.models import JarBottle, JarMaker, JarPool, JarReading, JarResult, JarTrial
from harmonia.commons.nexus.models.jar_trial import TRIAL
from harmonia.commons.nexus.tasks import follow_on_commit, hear_jars_on_commit
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

MOST_BOTTLES = 24
COLDEST_GAS_C, HOTTEST_GAS_C = -10.0, 60.0


@transaction.atomic
def set_up_jars(plan: JarPlan, by: Person, at: datetime | None = None) -> JarTrial:
    """Set up a trial; whoever does may write its readings.

    Raises Refused, in one sentence a danger, where a jar could hurt somebody; for a child's account; for matter
    that does not rot; for a standard trial by somebody who is not at the plant's bench.
    """
    _check_who(plan, by)
    if not rots(plan.substance):
        raise Refused(_("%(material)s does not rot. Nothing was set up.") % {"material": plan.substance})
    if not 0 < len(plan.bottles) <= MOST_BOTTLES:
        raise Refused(_("A trial has 1 to %(most)d bottles. Nothing was set up.") % {"most": MOST_BOTTLES})
    verdict = judge(plan)
    if verdict.refusals:
        raise Refused(" ".join(verdict.refusals))
    trial = JarTrial.objects.create(
        tier=plan.tier, substance=plan.substance, method=plan.method, inoculum=plan.inoculum,
        vessel=plan.vessel, headspace_ml=plan.headspace_ml, bag_ml=plan.bag_ml, column_m=plan.column_m,
        temperature_c=plan.temperature_c, solids_error=plan.solids_error, peak_kpa=verdict.peak_kpa,
        opened_at=at or timezone.now(),
    )  # fmt: skip
    JarMaker.objects.create(trial=trial, token=token_of(by), first=True)
    for bottle in plan.bottles:
        JarBottle.objects.create(
            trial=trial, name=bottle.name, content=bottle.content, inoculum_g=bottle.inoculum_g,
            substrate_g=bottle.substrate_g,
        )  # fmt: skip
    record("nexus", "jars_set_up", trial=trial.pk, tier=trial.tier, substance=plan.substance.code)
    return trial


def _check_who(plan: JarPlan, by: Person) -> None:
    if by.guardian_id is not None:
        raise Refused(_("Jars are set up by an adult: ask yours to do it with you. Nothing was set up."))
    if plan.tier == JarTrial.Tier.STANDARD and not by.has_perm("nexus.add_reading"):
        raise Refused(
            _("A standard trial is set up at the plant's bench, by its scientist. Nothing was set up.")
        )


@transaction.atomic
def let_read(trial: JarTrial, person: Person, by: Person) -> None:
    """Let somebody else write readings of one's jars too.

    Raises Refused for others' jars.
    """
    _own(trial, by)
    JarMaker.objects.get_or_create(trial=trial, token=token_of(person))
    record("nexus", "jars_shared", trial=trial.pk)


@transaction.atomic
def read_jars(
    trial: JarTrial,
    values: Mapping[str, float],
    by: Person,
    *,
    temperature_c: float = 20.0,
    methane_share: float | None = None,
    at: datetime | None = None,
) -> list[JarReading]:
    """Write down what bottles say, by their names, in the unit of the trial's method.

    A second reading of a day answers the first one. Raises Refused for others' jars, an ended trial, a name that no
    bottle has, or a number that cannot be.
    """
    moment = at or timezone.now()
    _own(trial, by)
    _check_open(trial)
    if moment < trial.opened_at or moment > timezone.now():
        raise Refused(_("A reading lies between the day the jars were closed and now. Nothing was kept."))
    if not COLDEST_GAS_C <= temperature_c <= HOTTEST_GAS_C:
        raise Refused(_("The gas cannot have been that warm. Nothing was kept."))
    if methane_share is not None and not 0 <= methane_share <= 1:
        raise Refused(_("The methane share lies between 0 and 100 %. Nothing was kept."))
    bottles = {bottle.name: bottle for bottle in trial.bottles.all()}
    if not values or set(values) - set(bottles):
        raise Refused(_("Write down at least one bottle, by its name. Nothing was kept."))
    for name, value in values.items():
        _check_value(bottles[name], value, moment)
    kept = [
        JarReading.objects.create(
            bottle=bottles[name], at=moment, value=value, temperature_c=temperature_c,
            methane_share=methane_share, by=token_of(by),
        )
        for name, value in values.items()
    ]  # fmt: skip
    record("nexus", "jars_read", trial=trial.pk, bottles=len(kept))
    hear_jars_on_commit(trial.pk)
    return kept


def _check_value(bottle: JarBottle, value: float, moment: datetime) -> None:
    """Refuse what cannot follow on the readings of the days before."""
    if not (isfinite(value) and 0 <= value <= 1_000_000):
        raise Refused(
            _("%(bottle)s: a reading is a number of 0 or more. Nothing was kept.") % {"bottle": bottle.name}
        )
    method = bottle.trial.method
    before = (
        bottle.readings.filter(at__date__lt=timezone.localtime(moment).date()).order_by("at", "id").last()
    )
    if before is None or method == JarTrial.Method.PRESSURE:
        return
    if method == JarTrial.Method.MASS and value > before.value:
        text = _("%(bottle)s weighed %(before)g g before, and gas never makes it heavier. Nothing was kept.")
        raise Refused(text % {"bottle": bottle.name, "before": before.value})
    if method != JarTrial.Method.MASS and value < before.value:
        text = _("%(bottle)s had %(before)g mL before: write down all its gas so far. Nothing was kept.")
        raise Refused(text % {"bottle": bottle.name, "before": before.value})


@transaction.atomic
def end_jars(
    trial: JarTrial, by: Person, *, why: str = "", abandon: bool = False, at: datetime | None = None
) -> None:
    """End a trial: its result joins the pool; an abandoned one (spilt, leaked) does not.

    Raises Refused for others' jars and an ended trial.
    """
    _own(trial, by)
    _check_open(trial)
    goal = "abandoned" if abandon else "closed"
    TRIAL.check(trial.state, goal)
    trial.state, trial.ended_at, trial.why_ended = goal, at or timezone.now(), why[:200]
    trial.save(update_fields=["state", "ended_at", "why_ended"])
    record("nexus", "jars_ended", trial=trial.pk, state=goal)
    if not abandon:
        hear_jars_on_commit(trial.pk)


def hear_jars(trial: JarTrial) -> JarResult:
    """Evaluate a trial; once it has ended, pool all ended jars too, and let the model follow.

    Loads scipy: call it from a task or a command, never from a page.
    """
    from harmonia.commons.nexus.jar_evaluation import evaluate, pool_with

    told = evaluate(trial)
    with transaction.atomic():
        result, _made = JarResult.objects.update_or_create(
            trial=trial, defaults={"made_at": timezone.now(), "told": told}
        )
        if trial.state == "closed" and (pool := pool_with(trial)) is not None:
            _keep(pool)
        record("nexus", "jars_heard", trial=trial.pk)
    return result


def _keep(pool: JarPool) -> None:
    pool.made_at = timezone.now()
    pool.save()
    record("nexus", "jars_pooled", trial=pool.trial_id, feedstock=pool.gained["feedstock"])
    follow_on_commit()


def _own(trial: JarTrial, person: Person) -> None:
    if not trial.makers.filter(token=token_of(person)).exists():
        raise Refused(_("These jars are somebody else's; you may read them, not write. Nothing was changed."))


def _check_open(trial: JarTrial) -> None:
    if not trial.is_open:
        raise Refused(_("These jars have ended. Nothing was changed."))
