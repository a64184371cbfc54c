"""Everything that changes scenes and evenings."""

from harmonia.commons.festival.actions.dressing import dress, follow, forget
from harmonia.commons.festival.actions.programming import (
    answer,
    ask,
    cancel_evening,
    move,
    plan_evening,
    remove,
)
from harmonia.commons.festival.actions.refusals import Refused

__all__ = [
    "Refused",
    "answer",
    "ask",
    "cancel_evening",
    "dress",
    "follow",
    "forget",
    "move",
    "plan_evening",
    "remove",
]
