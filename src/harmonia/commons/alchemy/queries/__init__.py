"""Read what was made and told, as somebody may see it."""

from harmonia.commons.alchemy.queries.circles import circle, circles_of, circles_with, joined, people_in
from harmonia.commons.alchemy.queries.family import Family, Kin, Tie, family
from harmonia.commons.alchemy.queries.files import export, file
from harmonia.commons.alchemy.queries.gallery import Choice, Narrowed, choices, gallery
from harmonia.commons.alchemy.queries.moderation import (
    Step,
    log,
    log_of,
    open_appeal,
    open_reports,
    steps,
    waiting,
)
from harmonia.commons.alchemy.queries.names import Names, Viewer
from harmonia.commons.alchemy.queries.origins import Origin, origin
from harmonia.commons.alchemy.queries.repairs import (
    became,
    last_country,
    outcomes,
    repair,
    repair_categories,
    repairs,
)
from harmonia.commons.alchemy.queries.sources import Source, may_remake, sources, sources_in
from harmonia.commons.alchemy.queries.stories import StoryView, Told, stories, stories_of, told_ever
from harmonia.commons.alchemy.queries.things import (
    ArtifactView,
    MaterialView,
    artifact,
    artifacts_of,
    exists,
    grams_made,
    hidden,
    seen,
)

__all__ = [
    "ArtifactView",
    "Choice",
    "Family",
    "Kin",
    "MaterialView",
    "Names",
    "Narrowed",
    "Origin",
    "Source",
    "Step",
    "StoryView",
    "Tie",
    "Told",
    "Viewer",
    "artifact",
    "artifacts_of",
    "became",
    "choices",
    "circle",
    "circles_of",
    "circles_with",
    "exists",
    "export",
    "family",
    "file",
    "gallery",
    "grams_made",
    "hidden",
    "joined",
    "last_country",
    "log",
    "log_of",
    "may_remake",
    "open_appeal",
    "open_reports",
    "origin",
    "outcomes",
    "people_in",
    "repair",
    "repair_categories",
    "repairs",
    "seen",
    "sources",
    "sources_in",
    "steps",
    "stories",
    "stories_of",
    "told_ever",
    "waiting",
]
