"""State of the covenants app."""

from harmonia.commons.covenants.models.covenant import COVENANT, Covenant, Reminder
from harmonia.commons.covenants.models.week_total import WeekTotal

__all__ = ["COVENANT", "Covenant", "Reminder", "WeekTotal"]
