"""Read the programme of an evening."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.alchemy.queries import StoryView
from harmonia.commons.festival.models import Evening, Turn
from harmonia.commons.festival.queries.scenes import SceneView, public_story
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import person_behind

A_NIGHT = timedelta(hours=12)


@dataclass(frozen=True)
class Shown:
    """A place in the programme with what stands there; the scene is None where not everybody may see it."""

    turn: Turn
    scene: SceneView | None
    is_mine: bool


def evening(code: str) -> Evening | None:
    """Return an evening by its code, None when there is none or it was called off."""
    return Evening.objects.filter(code=code, cancelled=False).first()


def evenings() -> list[Evening]:
    """Return the evenings that are or will be, soonest first."""
    return list(Evening.objects.filter(cancelled=False, at__gte=timezone.now() - A_NIGHT))


def past_evenings() -> list[Evening]:
    """Return the evenings that were, newest first."""
    return list(Evening.objects.filter(cancelled=False, at__lt=timezone.now() - A_NIGHT).order_by("-at")[:20])


def programme(found: Evening, viewer: Person | None = None) -> list[Shown]:
    """Return the whole queue: for those who plan, and for tellers."""
    token = token_of(viewer) if viewer else None
    return [Shown(turn, public_story(turn.artifact), turn.teller == token) for turn in found.turns.all()]


def shown(found: Evening) -> list[Shown]:
    """Return what is shown: consent given, its teller still here, the story public at this moment."""
    return [
        one
        for one in programme(found)
        if one.turn.state == "given" and one.scene is not None and person_behind(one.turn.teller) is not None
    ]


def turn(found: Evening, number: int) -> Turn | None:
    """Return one place of a programme."""
    return found.turns.filter(pk=number).first()


def turns_of(person: Person) -> list[Turn]:
    """Return what a person was asked and has not answered, for evenings that still come."""
    coming = Turn.objects.filter(evening__cancelled=False, evening__at__gte=timezone.now() - A_NIGHT)
    return list(coming.filter(teller=token_of(person), state="asked").select_related("evening"))


def offers(found: Evening, person: Person, *, anybodys: bool) -> list[StoryView]:
    """Return the public stories that are not in a programme yet: a person's own, or anybody's."""
    taken = set(found.turns.values_list("artifact", flat=True))
    own = {story.code for story in alchemy.stories_of(person)}
    return [
        story
        for story in reversed(alchemy.stories())
        if story.code not in taken and (anybodys or story.code in own)
    ]
