"""Weeks, Monday to Sunday in the site's own time, and how a promise stands in one."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from django.utils import timezone
from django.utils.formats import number_format

Standing = Literal["kept", "missed", "so_far"]
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """One week of a promise: grams promised and `grams` brought [g]."""

    monday: date
    promised_g: int
    grams: int
    over: bool

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def standing(self) -> Standing:
        """Kept as soon as enough came; missed only when the week is over."""
        if self.grams >= self.promised_g:
            return "kept"
        return "missed" if self.over else "so_far"


def monday_of(day: date) -> date:
    """Return the Monday of a day's ISO week."""
    return day - timedelta(days=day.weekday())


def bounds(monday: date) -> tuple[datetime, datetime]:
    """Return when a week begins and when the next one does; a week with a clock change is an hour off 168."""
    zone = timezone.get_default_timezone()
    return datetime.combine(monday, time.min, zone), datetime.combine(monday + WEEK, time.min, zone)


def mondays(first: date, last: date) -> list[date]:
    """Return the Mondays from one day to another, both included."""
    start = monday_of(first + timedelta(days=6))
    return [start + n * WEEK for n in range(max((last - start).days // 7 + 1, 0))]


def today(at: datetime | None = None) -> date:
    """Return the site's own date."""
    return timezone.localdate(at, timezone.get_default_timezone())


def kilograms(grams: int) -> str:
    """Write grams [g] as kilograms, as people of the language in use do."""
    return number_format(f"{grams / 1000:g}", use_l10n=True)
