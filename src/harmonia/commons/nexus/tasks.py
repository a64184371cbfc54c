"""Work that never runs in a thread that serves pages."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task, task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from harmonia.commons.journal import queries as journal
from harmonia.commons.nexus.models import FeedPlan, JarTrial, PlantVersion, Run
from harmonia.commons.nexus.places import yesterday

CAUSES = frozenset(
    {"commissioned", "fed", "read", "activated", "expected", "expectation_dropped", "jars_pooled"}
)
"""Events after which the model has something new to say."""


def follow_on_commit() -> None:
    """Let the model follow once the caller's transaction is in."""
    transaction.on_commit(_ask)


def _ask() -> None:
    if not _is_asked():
        follow_soon.enqueue()


def _keeps_tasks(backend: object) -> bool:
    return isinstance(backend, DatabaseBackend)


def _is_asked(run_after: datetime | None = None) -> bool:
    # A queue we can look into need not hold the same wish twice; any other backend just finds itself up to date.
    if not _keeps_tasks(task_backends["default"]):
        return False
    waiting = DBTaskResult.objects.ready()
    if run_after is not None:
        waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, run_after=run_after)
    return bool(waiting.filter(task_path=follow_soon.module_path).exists())


@task()
def follow_soon() -> str:
    """Run the model, unless the newest run has seen everything; return what was done in a word."""
    from harmonia.commons.nexus.actions import account_if_due, follow, propose_if_due, watch_ramp

    now = timezone.now()
    if not PlantVersion.objects.exists():
        return "no plant"
    watch_ramp(now)  # before the model: guards look at readings alone
    if not is_behind(now):
        return "up to date"
    follow()
    account_if_due(now)
    propose_if_due()
    look_again_tomorrow(now)
    return "followed"


def hear_jars_on_commit(trial: int) -> None:
    """Let the science hear a jar trial once the caller's transaction is in."""
    transaction.on_commit(lambda: hear_jars_soon.enqueue(trial))


@task()
def hear_jars_soon(trial: int) -> str:
    """Evaluate a jar trial, and pool it once it has ended."""
    from harmonia.commons.nexus.actions import hear_jars

    hear_jars(JarTrial.objects.get(pk=trial))
    return "heard"


def plan_on_commit(plan: int) -> None:
    """Let the worker work out a feed plan once the caller's transaction is in."""
    transaction.on_commit(lambda: plan_soon.enqueue(plan))


@task()
def plan_soon(plan: int) -> str:
    """Work out a feed plan, or foresee a changed one; return how it ended."""
    from harmonia.commons.nexus.actions import make_plan

    return make_plan(FeedPlan.objects.get(pk=plan)).state


def ramp_on_commit(activation: int) -> None:
    """Let the twin plan a ramp once the caller's transaction is in."""
    transaction.on_commit(lambda: ramp_soon.enqueue(activation))


@task()
def ramp_soon(activation: int) -> str:
    """Plan the ramp of a switch-over; return how it ended."""
    from harmonia.commons.nexus.actions import plan_ramp

    return plan_ramp(activation)


def is_behind(now: datetime) -> bool:
    """Return whether something was fed, read or changed, or a day ended, since the newest run."""
    newest = Run.objects.order_by("-id").first()
    if newest is None or newest.until < yesterday(now):
        return True
    while events := journal.events_since("nexus", newest.seen):
        if any(event.kind in CAUSES for event in events):
            return True
        newest.seen = events[-1].sequence
    return False


@task()
def compare_soon(comparison: int) -> str:
    """Compare every affordable set of options; return the state it ended in."""
    from harmonia.commons.nexus.actions import compare_designs

    return compare_designs(comparison)


def look_again_tomorrow(now: datetime) -> None:
    """Ask for one run after midnight, so that a day without any event is followed too."""
    if not task_backends["default"].supports_defer:
        return
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(tomorrow, time(0, 20)))
    if not _is_asked(midnight):
        follow_soon.using(run_after=midnight).enqueue()
