"""Take back what was told."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import albums
from harmonia.commons.alchemy.actions.making import Refused, woven
from harmonia.commons.alchemy.models import TELLING, Access, Artifact, Picture, Story
from harmonia.commons.journal.actions import record
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


@transaction.atomic
def withdraw_story(person: Person, story: Story) -> None:
    """Take one's own story back: the words are erased, the thing and its matter stay."""
    story = Story.objects.select_for_update().select_related("artifact").get(pk=story.pk)
    _own(person, story.artifact)
    if story.state == "withdrawn":
        raise Refused(_("You took this story back already."))
    thread = woven(story.artifact)
    TELLING.check(story.state, "withdrawn")
    story.state, story.text = "withdrawn", ""
    story.save(update_fields=["state", "text"])
    record("alchemy", "withdrawn", artifact=story.artifact.code, **thread)


@transaction.atomic
def withdraw_picture(person: Person, picture: Picture) -> None:
    """Take one's own photo back: its files are deleted once this is certain."""
    _own(person, picture.artifact)
    albums.remove(picture)
    record("alchemy", "picture_withdrawn", artifact=picture.artifact.code, **woven(picture.artifact))


def _own(person: Person, artifact: Artifact) -> None:
    if artifact.maker != token_of(person):
        raise Refused(_("Only the person who told this can take it back."))


@transaction.atomic
def forget(person: Person) -> None:
    """Let a leaving person go: what was for them alone is deleted, what they gave stays, nameless."""
    token: UUID = token_of(person)
    mine = Artifact.objects.filter(maker=token)
    if not mine.exists():
        return
    Story.objects.filter(artifact__in=mine, access=Access.ONLY_ME).delete()
    for picture in Picture.objects.filter(artifact__in=mine, access=Access.ONLY_ME):
        albums.remove(picture)
    record("alchemy", "maker_left", artifacts=list(mine.values_list("code", flat=True)))
