"""Read scenes and evenings, as somebody may see them."""

from harmonia.commons.festival.queries.evenings import (
    Shown,
    evening,
    evenings,
    offers,
    past_evenings,
    programme,
    shown,
    turn,
    turns_of,
)
from harmonia.commons.festival.queries.scenes import (
    SceneView,
    export,
    public_story,
    scene,
    scenes,
    scenes_of,
    teller_of,
)
from harmonia.commons.festival.queries.shapes import cloth_glb, shape, still

__all__ = [
    "SceneView",
    "Shown",
    "cloth_glb",
    "evening",
    "evenings",
    "export",
    "offers",
    "past_evenings",
    "programme",
    "public_story",
    "scene",
    "scenes",
    "scenes_of",
    "shape",
    "shown",
    "still",
    "teller_of",
    "turn",
    "turns_of",
]
