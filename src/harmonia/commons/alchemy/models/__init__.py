"""State of the alchemy app."""

from harmonia.commons.alchemy.models.access import Access, Viewer
from harmonia.commons.alchemy.models.artifact import SHOWING, Artifact
from harmonia.commons.alchemy.models.circle import Circle, CircleMember
from harmonia.commons.alchemy.models.craft import CONSENT, Credit, Practice, Technique
from harmonia.commons.alchemy.models.entry import Entry
from harmonia.commons.alchemy.models.kinship import Kinship
from harmonia.commons.alchemy.models.moderation import Moderation, Withdrawal
from harmonia.commons.alchemy.models.picture import MOST_PICTURES, Picture
from harmonia.commons.alchemy.models.recording import Recording
from harmonia.commons.alchemy.models.repair import Repair
from harmonia.commons.alchemy.models.story import TELLING, Retelling, Story

__all__ = [
    "CONSENT",
    "MOST_PICTURES",
    "SHOWING",
    "TELLING",
    "Access",
    "Artifact",
    "Circle",
    "CircleMember",
    "Credit",
    "Entry",
    "Kinship",
    "Moderation",
    "Picture",
    "Practice",
    "Recording",
    "Repair",
    "Retelling",
    "Story",
    "Technique",
    "Viewer",
    "Withdrawal",
]
