"""Pages of scenes and evenings."""

from harmonia.commons.festival.views.evenings import (
    festival_ask,
    festival_evening,
    festival_evening_cancel,
    festival_evening_new,
    festival_turn,
)
from harmonia.commons.festival.views.play import festival_play, festival_programme
from harmonia.commons.festival.views.pyramid import festival_pyramid, festival_template
from harmonia.commons.festival.views.scenes import (
    festival,
    festival_cloth,
    festival_dress,
    festival_scene,
    festival_scene_glb,
    festival_scene_json,
    festival_scene_still,
)

__all__ = [
    "festival",
    "festival_ask",
    "festival_cloth",
    "festival_dress",
    "festival_evening",
    "festival_evening_cancel",
    "festival_evening_new",
    "festival_play",
    "festival_programme",
    "festival_pyramid",
    "festival_scene",
    "festival_scene_glb",
    "festival_scene_json",
    "festival_scene_still",
    "festival_template",
    "festival_turn",
]
