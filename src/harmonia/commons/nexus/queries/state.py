"""Read safety, alarms and readings."""

from datetime import datetime
from typing import TYPE_CHECKING

from harmonia.commons.nexus.models import Alarm, Reading, SafetyRule
from harmonia.commons.nexus.safety import SafetyState, check_safety

if TYPE_CHECKING:
    pass


def safety_state(now: datetime | None = None) -> SafetyState:
    """Return how the required safety readings stand."""
    return check_safety(now)


def safety_rules() -> list[SafetyRule]:
    """Return which safety readings this site requires."""
    return list(SafetyRule.objects.all())


def open_alarms() -> list[Alarm]:
    """Return what needs care now, oldest first."""
    return list(Alarm.objects.filter(lifted_at__isnull=True).select_related("closes"))


def readings(limit: int = 20) -> list[Reading]:
    """Return the newest readings, newest first."""
    return list(Reading.objects.order_by("-at", "-id")[:limit])
