"""State of the gatherings app."""

from harmonia.commons.gatherings.models.concern import CONCERN, Concern
from harmonia.commons.gatherings.models.gathering import GATHERING, OVER, Gathering
from harmonia.commons.gatherings.models.rest import Rest

__all__ = ["CONCERN", "GATHERING", "OVER", "Concern", "Gathering", "Rest"]
