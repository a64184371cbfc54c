"""A story as a scene."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.alchemy.queries import ArtifactView, StoryView, Viewer
from harmonia.commons.alchemy.queries.tellers import teller
from harmonia.commons.festival.models import SIDES, Scene, Turn
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

LONGEST = 90  # [letters] that can be read while they float
MOST = 60  # phrases
MARKS = re.compile(r"[*_#>`~]+|^\s*[-+] ", re.MULTILINE)


@dataclass(frozen=True)
class SceneView:
    """A story in space: its words in phrases, what its sides show, and whether its teller gave it a shape."""

    thing: ArtifactView
    phrases: tuple[str, ...]
    sides: dict[str, str]
    has_glb: bool

    @property
    def code(self) -> str:
        """The code of the thing."""
        return self.thing.code

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.thing.story.language if self.thing.story else ""

    @property
    def kind(self) -> str:
        """Where its shape comes from: `glb`, `relief` of the photo, or its patch of `cloth`."""
        if self.has_glb:
            return "glb"
        return "relief" if self.thing.picture else "cloth"


def scene(code: str, viewer: Viewer) -> SceneView | None:
    """Return a story as a scene, None where this viewer may not read it."""
    thing = alchemy.artifact(code, viewer)
    if thing is None or thing.story is None or thing.is_hidden:
        return None
    added = Scene.objects.filter(artifact=code).first()
    sides = {side: getattr(added, side) for side in SIDES if getattr(added, side, "")}
    return SceneView(thing, phrases(thing.story.text), sides, bool(added and added.glb))


def public_story(code: str) -> SceneView | None:
    """Return a story as anybody may see it, None where not everybody may."""
    return scene(code, AnonymousUser())


def scenes() -> list[StoryView]:
    """Return the public stories, newest first: each is a scene."""
    return list(reversed(alchemy.stories()))


def scenes_of(person: Person) -> list[StoryView]:
    """Return a person's own stories that can stand in a room, oldest first; not what is hidden."""
    hidden = {thing.code for thing in alchemy.artifacts_of(person) if thing.state == "hidden"}
    return [story for story in alchemy.stories_of(person) if story.code not in hidden]


def teller_of(code: str) -> Person | None:
    """Return who must be asked about a story."""
    return teller(code)


def phrases(text: str) -> tuple[str, ...]:
    """Return a story's words in pieces short enough to be read in the air."""
    plain = MARKS.sub("", text)
    sentences = [
        part for line in plain.splitlines() for part in re.split(r"(?<=[.!?…])\s+", line.strip()) if part
    ]
    return tuple(piece for sentence in sentences for piece in _pieces(sentence))[:MOST]


def _pieces(sentence: str) -> list[str]:
    pieces, piece = [], ""
    for word in sentence.split():
        if piece and len(piece) + 1 + len(word) > LONGEST:
            pieces.append(piece)
            piece = word[:LONGEST]
        else:
            piece = f"{piece} {word[:LONGEST]}".strip()
    return [*pieces, piece] if piece else pieces


def export(person: Person) -> dict[str, Any]:
    """Return what a person added to their stories, and what they said yes or no to."""
    token = token_of(person)
    return {
        "scenes": [
            {
                "artifact": one.artifact,
                "glb_bytes": one.glb_bytes,
                **{side: getattr(one, side) for side in SIDES},
            }
            for one in Scene.objects.filter(teller=token)
        ],
        "turns": [
            {"evening": turn.evening.title, "artifact": turn.artifact, "answer": turn.state}
            for turn in Turn.objects.filter(teller=token).select_related("evening")
        ],
    }
