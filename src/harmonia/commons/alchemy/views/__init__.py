"""Pages of what people make."""

from harmonia.commons.alchemy.views.circles import circle, circle_leave, circles
from harmonia.commons.alchemy.views.gallery import artifact, artifact_passport, make
from harmonia.commons.alchemy.views.labels import artifact_label, artifact_qr, label_sheets
from harmonia.commons.alchemy.views.making import artifact_new, story_withdraw
from harmonia.commons.alchemy.views.moderating import (
    artifact_appeal,
    artifact_moderate,
    artifact_report,
    moderation_log,
)
from harmonia.commons.alchemy.views.repairs import (
    repair,
    repair_new,
    repair_withdraw,
    repairs,
    repairs_table,
)
from harmonia.commons.alchemy.views.telling import (
    artifact_care,
    artifact_makers,
    artifact_share,
    picture_new,
    recording_new,
    story_new,
    story_words,
)

__all__ = [
    "artifact",
    "artifact_appeal",
    "artifact_care",
    "artifact_label",
    "artifact_makers",
    "artifact_moderate",
    "artifact_new",
    "artifact_passport",
    "artifact_qr",
    "artifact_report",
    "artifact_share",
    "circle",
    "circle_leave",
    "circles",
    "label_sheets",
    "make",
    "moderation_log",
    "picture_new",
    "recording_new",
    "repair",
    "repair_new",
    "repair_withdraw",
    "repairs",
    "repairs_table",
    "story_new",
    "story_withdraw",
    "story_words",
]
