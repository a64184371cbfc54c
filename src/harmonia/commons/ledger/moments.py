"""When something was weighed, as a device or a phone says it."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.ledger.errors import Refused

OLDEST = timedelta(days=60)
AHEAD = timedelta(minutes=5)  # how far another clock may be ahead


def weighed_at(text: object) -> datetime:
    """Return a moment that can be; raises Refused for none, one without time zone, the future or long ago."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        at = None
    now = timezone.now()
    if at is None or at.tzinfo is None or not now - OLDEST <= at <= now + AHEAD:
        raise Refused(_("This was weighed too long ago, or its clock was wrong. Weigh it in again."))
    return min(at, now)
