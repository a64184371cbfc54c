"""Read the stories that were told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from harmonia.commons.alchemy import colours
from harmonia.commons.alchemy.colours import RGB
from harmonia.commons.alchemy.models import Picture, Story
from harmonia.commons.alchemy.queries.names import Names
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

Colours = tuple[RGB, ...]  # of a photo, the most telling first


@dataclass(frozen=True)
class StoryView:
    """A story as others know it; the teller is None when they are under 16, want no name, or have left.

    `colour` is the first of its photo, else its material's; `palette` the photo's further ones.
    """

    id: int
    number: int
    code: str
    title: str
    teller: str | None
    told_at: datetime
    material: str
    colour: RGB
    palette: Colours
    language: str
    access: str


@dataclass(frozen=True)
class Told:
    """The place of a story that was ever public, in the order of telling; the story is None once it is not."""

    code: str
    told_at: datetime
    story: StoryView | None


def told_ever() -> list[Told]:
    """Return every story that was ever public, oldest first; nothing but its place where it is gone.

    Numbers count the gone as well, so that the others keep theirs.
    """
    woven = list(_linked().filter(woven_at__isnull=False).order_by("woven_at", "id"))
    out = _readable(story.pk for story in woven)
    told = [story for story in woven if story.pk in out]
    names = Names(story.artifact.maker for story in told)
    faces = _public_colours(told)
    return [
        Told(
            story.artifact.code,
            story.woven_at or story.told_at,
            _view(story, names, faces, number) if story.pk in out else None,
        )
        for number, story in enumerate(woven, start=1)
    ]


def _readable(keys: Iterable[int]) -> set[int]:
    public = Story.objects.visible_to(AnonymousUser()).filter(state="told", pk__in=list(keys))
    return set(public.values_list("pk", flat=True))


def stories() -> list[StoryView]:
    """Return the public stories that are told, oldest first: the threads of the cloth."""
    return [told.story for told in told_ever() if told.story]


def stories_of(person: Person) -> list[StoryView]:
    """Return a person's own stories, whoever may read them, oldest first; not those they withdrew."""
    mine = list(_linked().filter(artifact__maker=token_of(person)).order_by("told_at", "id"))
    names, faces = Names(), _public_colours(mine)
    return [
        _view(story, names, faces, number)
        for number, story in enumerate(mine, start=1)
        if story.state == "told"
    ]


def _linked() -> QuerySet[Story]:
    linked = Story.objects.select_related("artifact", "artifact__material")
    return linked.prefetch_related("artifact__credits")


def _view(story: Story, names: Names, faces: dict[int, Colours], number: int) -> StoryView:
    artifact = story.artifact
    colour, *further = faces.get(artifact.pk) or (colours.of_material(artifact.material.code),)
    return StoryView(
        id=story.pk,
        number=number,
        code=artifact.code,
        title=artifact.title,
        teller=names.public(artifact),
        told_at=story.woven_at or story.told_at,
        material=artifact.material.code,
        colour=colour,
        palette=tuple(further),
        language=story.language,
        access=story.access,
    )


def _public_colours(stories: Iterable[Story]) -> dict[int, Colours]:
    # A photo that not everybody may see lends the public cloth no colour either.
    keys = [story.artifact_id for story in stories]
    faces = Picture.objects.visible_to(AnonymousUser()).filter(artifact__in=keys).order_by("-id")
    return {picture.artifact_id: colours.parse_all(picture.palette or picture.colour) for picture in faces}
