"""Pages of what people make."""

from harmonia.commons.alchemy.views.gallery import artifact, make
from harmonia.commons.alchemy.views.labels import artifact_label, artifact_qr
from harmonia.commons.alchemy.views.making import artifact_new, story_withdraw
from harmonia.commons.alchemy.views.moderating import artifact_moderate

__all__ = [
    "artifact",
    "artifact_label",
    "artifact_moderate",
    "artifact_new",
    "artifact_qr",
    "make",
    "story_withdraw",
]
