"""Every Monday morning, look once at the week that ended."""

from datetime import datetime, time

from django.utils import timezone
from django_tasks import task

from harmonia.commons.covenants.weeks import WEEK, monday_of, today

MORNING = time(7)


@task()
def review(covenant: int) -> bool:
    """Review one covenant's last week and plan the next look; returns whether the covenant goes on."""
    from harmonia.commons.covenants import actions

    goes_on = actions.review(covenant)
    if goes_on:
        plan(covenant)
    return goes_on


def plan(covenant: int) -> None:
    """Plan the look at this week for next Monday morning, where tasks can wait."""
    if review.get_backend().supports_defer:
        review.using(run_after=next_look()).enqueue(covenant)


def next_look() -> datetime:
    """Return next Monday morning in the site's own time."""
    return datetime.combine(monday_of(today()) + WEEK, MORNING, timezone.get_default_timezone())
