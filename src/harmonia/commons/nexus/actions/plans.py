"""Ask for a feed plan, work it out, change it, accept it. A red or stale safety reading closes all of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import isfinite
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.journal.sentences import kept
from harmonia.commons.nexus import planning
from harmonia.commons.nexus.actions.plants import in_force, token
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.models import FeedPlan, PlantVersion
from harmonia.commons.nexus.models.feed_plan import PLAN
from harmonia.commons.nexus.places import local_day
from harmonia.commons.nexus.safety import check_safety
from harmonia.commons.nexus.tasks import plan_on_commit
from harmonia.commons.people.models import Person

DAYS = 14
FRESH, SETTLING = timedelta(days=7), timedelta(days=14)
MOST_KG = 100_000.0
NEAR = 0.001  # [kg] a weight that is meant to be nothing


@transaction.atomic
def ask_plan(by: Person, at: datetime | None = None, days: int = DAYS) -> FeedPlan:
    """Ask for a plan of the days from today on; the worker works it out.

    Raises Refused without the permission, with a red or stale safety reading, without a plant, or where the planner
    is not installed.
    """
    moment = at or timezone.now()
    _allow(by, moment)
    if not planning.is_installed():
        raise Refused(
            _("The planner is not installed here. Whoever runs this site can add it. Nothing was asked.")
        )
    return _asked(in_force(), moment, days, token(by))


@transaction.atomic
def propose_if_due(now: datetime | None = None) -> FeedPlan | None:
    """Ask for a plan by itself when none was asked for a week, so that what to bring stays true.

    Nothing happens in a plant's first two weeks, with a red or stale safety reading, or without the planner.
    """
    moment = now or timezone.now()
    version = in_force()
    first = PlantVersion.objects.order_by("number").values_list("since", flat=True)[0]
    recent = FeedPlan.objects.filter(asked_at__gt=moment - FRESH).exists()
    if (
        recent
        or moment - first < SETTLING
        or not planning.is_installed()
        or not check_safety(moment).is_clear
    ):
        return None
    return _asked(version, moment, DAYS, None)


def _asked(version: PlantVersion, at: datetime, days: int, by: UUID | None) -> FeedPlan:
    plan = FeedPlan.objects.create(
        version=version,
        origin=FeedPlan.Origin.MODEL,
        start=local_day(at),
        days=days,
        asked_at=at,
        asked_by=by,
    )
    record("nexus", "plan_asked", plan=plan.pk, days=days)
    plan_on_commit(plan.pk)
    return plan


def _allow(by: Person, at: datetime) -> None:
    if not by.has_perm("nexus.change_plant"):
        raise Refused(_("Only a scientist can plan the feed. Nothing was changed."))
    safety = check_safety(at)
    if not safety.is_clear:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": safety.sentence})


def make_plan(plan: FeedPlan) -> FeedPlan:
    """Let the science work out an asked plan, or foresee an edited one; a plan that cannot be is kept as failed.

    The model runs outside any transaction of ours: call it from a task or a command, never from a page.
    """
    from harmonia.science.metabolism import PlanError

    if plan.state != PLAN.initial:
        return plan
    found = planning.rows(plan.version, plan.start, plan.days)
    try:
        if plan.origin == FeedPlan.Origin.EDITED:
            made = planning.Made(plan.feed, planning.foresee(found, plan.feed), plan.facts, plan.advice)
        else:
            made = planning.propose(found)
    except PlanError as error:
        return _settle(plan, "failed", facts={"status": str(error), "why": kept(error)})
    return _settle(plan, "proposed", feed=made.feed, series=made.series, facts=made.facts, advice=made.advice)


@transaction.atomic
def _settle(plan: FeedPlan, state: str, **made: object) -> FeedPlan:
    PLAN.check(plan.state, state)
    for name, value in made.items():
        setattr(plan, name, value)
    plan.state, plan.made_at = state, timezone.now()
    if state == "proposed":
        for older in FeedPlan.objects.filter(state="proposed").exclude(pk=plan.pk):
            _replace(older)
    plan.save()
    record("nexus", "planned", plan=plan.pk, state=state)
    return plan


def _replace(plan: FeedPlan) -> None:
    PLAN.check(plan.state, "replaced")
    plan.state = "replaced"
    plan.save(update_fields=["state"])


@transaction.atomic
def edit_plan(
    plan: FeedPlan, feed: Mapping[str, Sequence[float]], by: Person, at: datetime | None = None
) -> FeedPlan:
    """Make a changed copy of a plan [kg/d by feedstock]; the worker foresees it before anybody can accept it.

    Raises Refused as `ask_plan` does, and for weights that make no sense or more than the plan's feedstocks.
    """
    moment = at or timezone.now()
    _allow(by, moment)
    if plan.state not in ("proposed", "accepted"):
        raise Refused(_("This plan is no longer on the table; ask for a new one. Nothing was changed."))
    changed = FeedPlan.objects.create(
        version=in_force(), origin=FeedPlan.Origin.EDITED, edited_from=plan, start=plan.start, days=plan.days,
        asked_at=moment, asked_by=token(by), feed=_checked(plan, feed), facts={"status": "edited"},
        advice=plan.advice,
    )  # fmt: skip
    record("nexus", "plan_asked", plan=changed.pk, days=changed.days)
    plan_on_commit(changed.pk)
    return changed


def _checked(plan: FeedPlan, feed: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    from harmonia.science.metabolism import feedstock_codes

    for code, kilograms in feed.items():
        sensible = all(isfinite(kg) and 0 <= kg <= MOST_KG for kg in kilograms)
        if code not in feedstock_codes() or len(kilograms) != plan.days or not sensible:
            raise Refused(
                _("A day's feed is a weight of zero or more for each material. Nothing was changed.")
            )
    return {code: [kg if kg > NEAR else 0.0 for kg in days] for code, days in feed.items() if any(days)}


@transaction.atomic
def accept_plan(plan: FeedPlan, by: Person, at: datetime | None = None) -> FeedPlan:
    """Put a proposed plan into force in place of the one before.

    Raises Refused as `ask_plan` does, and for a plan that is not on the table or made for another plant.
    """
    moment = at or timezone.now()
    _allow(by, moment)
    locked = FeedPlan.objects.select_for_update().get(pk=plan.pk)
    if locked.state != "proposed":
        raise Refused(_("This plan is no longer on the table; ask for a new one. Nothing was changed."))
    if locked.version_id != in_force().pk:
        raise Refused(
            _("The plant has changed since this plan was made; ask for a new one. Nothing was changed.")
        )
    for older in FeedPlan.objects.filter(state="accepted"):
        _replace(older)
    PLAN.check(locked.state, "accepted")
    locked.state, locked.accepted_at, locked.accepted_by = "accepted", moment, token(by)
    locked.save()
    grams = {code: round(1000 * sum(days)) for code, days in locked.feed.items()}
    record("nexus", "plan_accepted", plan=locked.pk, start=str(locked.start), days=locked.days, grams=grams)
    return locked
