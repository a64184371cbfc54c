"""Read the tour of the cloth, and what visitors wrote back."""

from collections.abc import Sequence

from django.utils import timezone

from harmonia.commons.tapestry.models import Reply, Stop


def stops() -> list[Stop]:
    """Return the stops that are or will be, soonest first."""
    return list(Stop.objects.filter(cancelled=False, last_day__gte=timezone.localdate()))


def past_stops() -> list[Stop]:
    """Return the stops that were, newest first."""
    return list(Stop.objects.filter(cancelled=False, last_day__lt=timezone.localdate()).order_by("-last_day"))


def stop(code: str) -> Stop | None:
    """Return a stop by its code, None when there is none or it was cancelled."""
    return Stop.objects.filter(code=code, cancelled=False).first()


def is_open(found: Stop) -> bool:
    """Whether the cloth is there today."""
    return found.first_day <= timezone.localdate() <= found.last_day


def replies(found: Stop) -> Sequence[Reply]:
    """Return what visitors of a stop wrote and a facilitator wove in, newest first."""
    return list(found.replies.filter(state="woven").order_by("-woven_at"))


def waiting() -> list[Reply]:
    """Return the replies nobody has read yet, oldest first."""
    return list(Reply.objects.filter(state="waiting").select_related("stop"))


def woven_replies() -> list[Reply]:
    """Return the replies that are threads, newest first."""
    return list(Reply.objects.filter(state="woven").select_related("stop").order_by("-woven_at"))


def reply(code: str) -> Reply | None:
    """Return a reply by its code."""
    return Reply.objects.filter(code=code).select_related("stop").first()
