"""State of the journal."""

from harmonia.commons.journal.models.event import Event
from harmonia.commons.journal.models.topic import Topic

__all__ = ["Event", "Topic"]
