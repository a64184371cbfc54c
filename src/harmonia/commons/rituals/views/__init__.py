"""Pages of rituals."""

from harmonia.commons.rituals.views.announcement import (
    ritual,
    ritual_calendar,
    ritual_code,
    ritual_new,
    ritual_offer,
    rituals,
)
from harmonia.commons.rituals.views.desk import ritual_desk, ritual_judge, ritual_say, ritual_step
from harmonia.commons.rituals.views.keeping import ritual_record, ritual_replay
from harmonia.commons.rituals.views.room import (
    ritual_enter,
    ritual_here,
    ritual_join,
    ritual_screen,
    ritual_shown,
    ritual_take_back,
)

__all__ = [
    "ritual",
    "ritual_calendar",
    "ritual_code",
    "ritual_desk",
    "ritual_enter",
    "ritual_here",
    "ritual_join",
    "ritual_judge",
    "ritual_new",
    "ritual_offer",
    "ritual_record",
    "ritual_replay",
    "ritual_say",
    "ritual_screen",
    "ritual_shown",
    "ritual_step",
    "ritual_take_back",
    "rituals",
]
