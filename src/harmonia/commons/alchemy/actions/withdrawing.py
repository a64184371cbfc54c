"""Take back what was told."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import albums, indexing
from harmonia.commons.alchemy.actions.errors import Refused
from harmonia.commons.alchemy.actions.making import woven
from harmonia.commons.alchemy.models import (
    TELLING,
    Access,
    Artifact,
    Circle,
    CircleMember,
    Credit,
    Picture,
    Recording,
    Story,
    Withdrawal,
)
from harmonia.commons.journal.actions import record
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


@transaction.atomic
def withdraw_story(person: Person, story: Story) -> None:
    """Take one's own story back: words and place are erased, the thing and its matter stay."""
    story = Story.objects.select_for_update().select_related("artifact").get(pk=story.pk)
    _own(person, story.artifact)
    if story.state == "withdrawn":
        raise Refused(_("You took this story back already."))
    thread = woven(story.artifact)
    _erase(story)
    record("alchemy", "withdrawn", artifact=story.artifact.code, **thread)


@transaction.atomic
def withdraw_picture(person: Person, picture: Picture) -> None:
    """Take one's own photo back: its files are deleted once this is certain."""
    _own(person, picture.artifact)
    _remove(picture, Withdrawal.What.PICTURE)
    record("alchemy", "picture_withdrawn", artifact=picture.artifact.code, **woven(picture.artifact))


@transaction.atomic
def withdraw_recording(person: Person, recording: Recording) -> None:
    """Take one's own recording back: its file is deleted once this is certain."""
    _own(person, recording.artifact)
    _remove(recording, Withdrawal.What.RECORDING)
    record("alchemy", "recording_withdrawn", artifact=recording.artifact.code, **woven(recording.artifact))


def _own(person: Person, artifact: Artifact) -> None:
    if artifact.maker != token_of(person):
        raise Refused(_("Only the person who told this can take it back."))


def _erase(story: Story) -> None:
    TELLING.check(story.state, "withdrawn")
    Withdrawal.objects.create(artifact=story.artifact, what=Withdrawal.What.STORY, row=story.pk)
    story.state, story.text, story.place_name = "withdrawn", "", ""
    story.place_row = story.place_column = None
    story.save(update_fields=["state", "text", "place_name", "place_row", "place_column"])
    indexing.forget(story)


def _remove(part: Picture | Recording, what: Withdrawal.What) -> None:
    Withdrawal.objects.create(artifact=part.artifact, what=what, row=part.pk)
    indexing.forget(part)
    albums.remove(part)


@transaction.atomic
def forget(person: Person) -> None:
    """Let a leaving person go: what was not for the whole habitat is erased, the rest stays, nameless."""
    token: UUID = token_of(person)
    Credit.objects.filter(token=token).exclude(artifact__maker=token).delete()
    CircleMember.objects.filter(token=token).delete()
    mine = Artifact.objects.filter(maker=token)
    private = {"artifact__in": mine, "access__in": (Access.ONLY_ME, Access.CIRCLE)}
    for story in Story.objects.filter(state="told", **private).select_related("artifact"):
        _erase(story)
    for picture in Picture.objects.filter(**private).select_related("artifact"):
        _remove(picture, Withdrawal.What.PICTURE)
    for recording in Recording.objects.filter(**private).select_related("artifact"):
        _remove(recording, Withdrawal.What.RECORDING)
    Story.objects.filter(circle__owner=token).update(access=Access.ONLY_ME, circle=None)
    Circle.objects.filter(owner=token).delete()
    if mine.exists():
        record("alchemy", "maker_left", artifacts=list(mine.values_list("code", flat=True)))
