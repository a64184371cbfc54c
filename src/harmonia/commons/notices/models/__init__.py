"""State of the notices app."""

from harmonia.commons.notices.models.notice import MAIL, Kind, Notice
from harmonia.commons.notices.models.preference import USUAL, Channel, Preference

__all__ = ["MAIL", "USUAL", "Channel", "Kind", "Notice", "Preference"]
