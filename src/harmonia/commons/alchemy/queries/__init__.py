"""Read what was made and told, as somebody may see it."""

from harmonia.commons.alchemy.queries.files import export, picture
from harmonia.commons.alchemy.queries.names import Names, Viewer
from harmonia.commons.alchemy.queries.sources import Source, sources
from harmonia.commons.alchemy.queries.stories import StoryView, Told, stories, stories_of, told_ever
from harmonia.commons.alchemy.queries.things import (
    ArtifactView,
    MaterialView,
    artifact,
    artifacts_of,
    exists,
    gallery,
    gallery_materials,
    grams_made,
    hidden,
    log,
    seen,
)

__all__ = [
    "ArtifactView",
    "MaterialView",
    "Names",
    "Source",
    "StoryView",
    "Told",
    "Viewer",
    "artifact",
    "artifacts_of",
    "exists",
    "export",
    "gallery",
    "gallery_materials",
    "grams_made",
    "hidden",
    "log",
    "picture",
    "seen",
    "sources",
    "stories",
    "stories_of",
    "told_ever",
]
