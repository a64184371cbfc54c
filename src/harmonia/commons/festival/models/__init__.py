"""State of the festival app."""

from harmonia.commons.festival.models.evening import Evening
from harmonia.commons.festival.models.scene import SIDES, Scene
from harmonia.commons.festival.models.turn import TURN, Turn

__all__ = ["SIDES", "TURN", "Evening", "Scene", "Turn"]
