"""State of the tapestry app."""

from harmonia.commons.tapestry.models.reply import REPLYING, Reply
from harmonia.commons.tapestry.models.stop import Stop

__all__ = ["REPLYING", "Reply", "Stop"]
