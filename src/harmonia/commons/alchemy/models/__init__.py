"""State of the alchemy app."""

from harmonia.commons.alchemy.models.access import Access
from harmonia.commons.alchemy.models.artifact import SHOWING, Artifact
from harmonia.commons.alchemy.models.moderation import Moderation
from harmonia.commons.alchemy.models.picture import Picture
from harmonia.commons.alchemy.models.story import TELLING, Story

__all__ = ["SHOWING", "TELLING", "Access", "Artifact", "Moderation", "Picture", "Story"]
