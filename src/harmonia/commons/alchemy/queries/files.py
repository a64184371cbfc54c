"""Read photos and recordings, and everything of one maker."""

from typing import Any

from django.core.files.base import File

from harmonia.commons.alchemy import albums
from harmonia.commons.alchemy.models import Artifact, Circle, Picture, Recording, Repair, Story
from harmonia.commons.alchemy.queries.circles import people_in
from harmonia.commons.alchemy.queries.names import Viewer
from harmonia.commons.alchemy.queries.things import reason
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


def file(name: str, user: Viewer) -> File[bytes] | None:
    """Return an open file of a picture or recording, None when there is none or this viewer may not have it."""
    stem = name.partition(".")[0].partition("-")[0]
    for model in (Picture, Recording):
        found = model.objects.visible_to(user).filter(name=stem).first()
        if found is not None and name in found.files():
            return albums.open_file(name)
    return None


def export(person: Person) -> dict[str, Any]:
    """Return what a person made and told, the hidden and the private as well."""
    token = token_of(person)
    mine = Artifact.objects.filter(maker=token).select_related("story", "movement")
    return {
        "artifacts": [_exported(artifact) for artifact in mine],
        "circles": [
            {"name": circle.name, "people": [p.name for p in people_in(circle)]}
            for circle in Circle.objects.filter(owner=token)
        ],
        "repairs": [
            {
                "key": r.key,
                "what": r.partner_product_category,
                "status": r.repair_status,
                "problem": r.problem,
            }
            for r in Repair.objects.filter(recorder=token)
        ],
    }


def _exported(artifact: Artifact) -> dict[str, Any]:
    story: Story | None = getattr(artifact, "story", None)
    lines = artifact.movement.lines.select_related("substance", "holder").filter(grams__lt=0)
    return {
        "code": artifact.code,
        "identity": str(artifact.identity),
        "title": artifact.title,
        "care": artifact.care,
        "techniques": [practice.technique for practice in artifact.practices.all()],
        "made_at": artifact.made_at.isoformat(),
        "materials": [
            {"substance": x.substance.code, "grams": -x.grams, "from": x.holder.code} for x in lines
        ],
        "story": {
            "text": story.text,
            "language": story.language,
            "access": story.access,
            "state": story.state,
            "place": story.place_name,
        }
        if story
        else None,
        "pictures": [
            {"files": picture.files(), "alt": picture.alt, "access": picture.access}
            for picture in artifact.pictures.all()
        ],
        "recordings": [
            {"files": r.files(), "transcript": r.transcript, "access": r.access}
            for r in artifact.recordings.all()
        ],
        "hidden_because": reason(artifact) if artifact.state == "hidden" else None,
    }
