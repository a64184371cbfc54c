"""State of the rituals app."""

from harmonia.commons.rituals.models.activation import Activation
from harmonia.commons.rituals.models.offering import OFFERING, Offering
from harmonia.commons.rituals.models.participant import Participant
from harmonia.commons.rituals.models.passage import Passage
from harmonia.commons.rituals.models.press import Press
from harmonia.commons.rituals.models.ritual import OVER, RITUAL, WAY, Ritual

__all__ = [
    "OFFERING",
    "OVER",
    "RITUAL",
    "WAY",
    "Activation",
    "Offering",
    "Participant",
    "Passage",
    "Press",
    "Ritual",
]
