"""How threads become cloth: drafts, structures, the tapestry and the strip."""

from harmonia.science.weaving.cloth import cloth_svg
from harmonia.science.weaving.draft import Draft, DraftError, drawdown, lift
from harmonia.science.weaving.palette import DYES
from harmonia.science.weaving.patch import Thread, weave_patch
from harmonia.science.weaving.strip import strip_svg
from harmonia.science.weaving.structures import STRUCTURES, Structure, structure_of

__all__ = [
    "DYES",
    "STRUCTURES",
    "Draft",
    "DraftError",
    "Structure",
    "Thread",
    "cloth_svg",
    "drawdown",
    "lift",
    "strip_svg",
    "structure_of",
    "weave_patch",
]
