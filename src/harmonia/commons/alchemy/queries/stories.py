"""Read the stories that were told."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from harmonia.commons.alchemy import colours
from harmonia.commons.alchemy.colours import RGB
from harmonia.commons.alchemy.models import Access, Artifact, Picture, Story
from harmonia.commons.alchemy.queries.names import Names
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


@dataclass(frozen=True)
class StoryView:
    """A story as others know it; the teller is None when they are under 16 or have left."""

    id: int
    number: int
    code: str
    title: str
    teller: str | None
    told_at: datetime
    material: str
    colour: RGB
    language: str
    access: str


@dataclass(frozen=True)
class Told:
    """The place of a public story in the order of telling; the story is None once withdrawn or hidden."""

    code: str
    told_at: datetime
    story: StoryView | None


def told_ever() -> list[Told]:
    """Return every public story that was ever told, oldest first; nothing but its place where it is gone.

    Numbers count the gone as well, so that the others keep theirs.
    """
    public = list(_linked_stories().filter(access=Access.PUBLIC))
    names = Names(story.artifact.maker for story in public)
    return [
        Told(story.artifact.code, story.told_at, _view(story, names, number) if _is_out(story) else None)
        for number, story in enumerate(public, start=1)
    ]


def stories() -> list[StoryView]:
    """Return the public stories that are told, oldest first: the threads of the cloth."""
    return [told.story for told in told_ever() if told.story]


def stories_of(person: Person) -> list[StoryView]:
    """Return a person's own stories, whoever may read them, oldest first; not those they withdrew."""
    names = Names()
    mine = enumerate(_linked_stories().filter(artifact__maker=token_of(person)), start=1)
    return [_view(story, names, number) for number, story in mine if story.state == "told"]


def _linked_stories() -> QuerySet[Story]:
    linked = Story.objects.select_related("artifact", "artifact__material", "artifact__picture")
    return linked.order_by("told_at", "id")


def _is_out(story: Story) -> bool:
    return story.state == "told" and story.artifact.state == "shown"


def _view(story: Story, names: Names, number: int) -> StoryView:
    artifact = story.artifact
    return StoryView(
        id=story.pk,
        number=number,
        code=artifact.code,
        title=artifact.title,
        teller=names.public(artifact),
        told_at=story.told_at,
        material=artifact.material.code,
        colour=_colour(artifact, names),
        language=story.language,
        access=story.access,
    )


def _colour(artifact: Artifact, names: Names) -> RGB:
    # A photo that not everybody may see lends the public cloth no colour either.
    picture: Picture | None = getattr(artifact, "picture", None)
    if picture and picture.access == Access.PUBLIC and not names.shielded(artifact):
        return colours.parse(picture.colour)
    return colours.of_material(artifact.material.code)
