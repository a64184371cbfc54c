"""The holders of the plant, by code, and the days of its life."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import Holder, Substance

DIGESTER = "digester"
GAS_STORE = "gas-store"
DIGESTATE_STORE = "digestate-store"

SLURRY = "slurry"
BIOGAS = "biogas"
DIGESTATE = "digestate"


def place(code: str) -> Holder:
    """Return one of the plant's holders, or of the world outside."""
    return ledger.holder(code)


def matter(code: str) -> Substance:
    """Return a substance that the plant makes."""
    return ledger.substance(code)


def end_of(day: date) -> datetime:
    """Return the last second of a day where the site is: when the books of that day close."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def local_day(at: datetime) -> date:
    """Return the day of a moment where the site is."""
    return timezone.localtime(at).date()


def yesterday(now: datetime) -> date:
    """Return the last day that is over."""
    return local_day(now) - timedelta(days=1)
