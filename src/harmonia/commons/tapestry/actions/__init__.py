"""Everything that changes the cloth and its tour."""

from harmonia.commons.tapestry.actions.following import follow
from harmonia.commons.tapestry.actions.replying import Refused, decline, reply, take_back, unravel, weave_in
from harmonia.commons.tapestry.actions.touring import cancel_stop, plan_stop

__all__ = [
    "Refused",
    "cancel_stop",
    "decline",
    "follow",
    "plan_stop",
    "reply",
    "take_back",
    "unravel",
    "weave_in",
]
