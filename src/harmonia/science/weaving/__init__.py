"""How threads become cloth: drafts, structures, the tapestry, WIF and pictures for looms."""

from harmonia.science.weaving.bind import auto_bind
from harmonia.science.weaving.cloth import cloth_svg
from harmonia.science.weaving.draft import Draft, DraftError, drawdown, lift
from harmonia.science.weaving.fabric import BARE, Fabric, weave_fabric
from harmonia.science.weaving.floats import Limits
from harmonia.science.weaving.palette import DYES
from harmonia.science.weaving.patch import Thread, weave_patch
from harmonia.science.weaving.photo import photo_palette
from harmonia.science.weaving.pictures import bitmap, draft_svg, from_crossings, picture, read_bitmap
from harmonia.science.weaving.strip import strip_svg
from harmonia.science.weaving.structures import STRUCTURES, Structure, structure_of
from harmonia.science.weaving.vision import told_apart
from harmonia.science.weaving.weavability import Finding, check
from harmonia.science.weaving.wif_numbers import WifError
from harmonia.science.weaving.wif_read import origin, provenance, read_wif
from harmonia.science.weaving.wif_write import write_wif

__all__ = [
    "BARE",
    "DYES",
    "STRUCTURES",
    "Draft",
    "DraftError",
    "Fabric",
    "Finding",
    "Limits",
    "Structure",
    "Thread",
    "WifError",
    "auto_bind",
    "bitmap",
    "check",
    "cloth_svg",
    "draft_svg",
    "drawdown",
    "from_crossings",
    "lift",
    "origin",
    "photo_palette",
    "picture",
    "provenance",
    "read_bitmap",
    "read_wif",
    "strip_svg",
    "structure_of",
    "told_apart",
    "weave_fabric",
    "weave_patch",
    "write_wif",
]
