"""Read photos, and everything of one maker."""

from typing import Any

from django.core.files.base import File

from harmonia.commons.alchemy import albums
from harmonia.commons.alchemy.models import Artifact, Picture, Story
from harmonia.commons.alchemy.queries.names import Viewer
from harmonia.commons.alchemy.queries.things import artifact, reason
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


def picture(name: str, user: Viewer) -> File[bytes] | None:
    """Return an open file of a picture, None when there is none or this viewer may not see it."""
    stem, _dash, _rest = name.partition("-")
    found = Picture.objects.filter(name=stem).select_related("artifact").first()
    if found is None or name not in found.files():
        return None
    visible = artifact(found.artifact.code, user)
    return albums.open_file(name) if visible and visible.picture else None


def export(person: Person) -> dict[str, Any]:
    """Return what a person made and told, the hidden and the private as well."""
    mine = Artifact.objects.filter(maker=token_of(person)).select_related("story", "picture", "movement")
    return {"artifacts": [_exported(artifact) for artifact in mine]}


def _exported(artifact: Artifact) -> dict[str, Any]:
    story: Story | None = getattr(artifact, "story", None)
    picture: Picture | None = getattr(artifact, "picture", None)
    lines = artifact.movement.lines.select_related("substance", "holder").filter(grams__lt=0)
    return {
        "code": artifact.code,
        "title": artifact.title,
        "made_at": artifact.made_at.isoformat(),
        "materials": [
            {"substance": x.substance.code, "grams": -x.grams, "from": x.holder.code} for x in lines
        ],
        "story": {
            "text": story.text,
            "language": story.language,
            "access": story.access,
            "state": story.state,
        }
        if story
        else None,
        "picture": {"files": picture.files(), "alt": picture.alt, "access": picture.access}
        if picture
        else None,
        "hidden_because": reason(artifact) if artifact.state == "hidden" else None,
    }
