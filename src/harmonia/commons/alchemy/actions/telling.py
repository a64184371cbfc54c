"""Tell more of a thing later, and choose anew for whom it is."""

from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import albums, indexing, prose
from harmonia.commons.alchemy.actions import words
from harmonia.commons.alchemy.actions.errors import Refused
from harmonia.commons.alchemy.actions.making import woven
from harmonia.commons.alchemy.models import (
    MOST_PICTURES,
    Access,
    Artifact,
    Circle,
    Picture,
    Practice,
    Recording,
    Retelling,
    Story,
)
from harmonia.commons.journal.actions import record
from harmonia.commons.people.models import Person

MOST_RECORDINGS = 3


def tell(
    person: Person,
    artifact: Artifact,
    *,
    story: str,
    language: str,
    access: str = Access.PUBLIC,
    circle: Circle | None = None,
    place: tuple[float, float] | None = None,
    place_name: str = "",
) -> Story:
    """Tell the story of a thing of which none was told yet."""
    words.own(person, artifact)
    text = words.check_story(story, language)
    if not text:
        raise Refused(_("There are no words in it yet. Nothing was saved."))
    circle = words.check_audience(person, access, circle)
    row, column = words.check_place(place)
    now = timezone.now()
    with transaction.atomic():
        artifact = Artifact.objects.select_for_update().get(pk=artifact.pk)
        if Story.objects.filter(artifact=artifact).exists():
            raise Refused(_("A story was told of it already. Nothing was changed."))
        told = Story.objects.create(
            artifact=artifact,
            text=text,
            language=language,
            access=access,
            circle=circle,
            place_name=words.line(place_name)[:80],
            place_row=row,
            place_column=column,
            told_at=now,
            woven_at=now if access == Access.PUBLIC else None,
        )
        indexing.index(told)
        record("alchemy", "told", artifact=artifact.code, **woven(artifact))
    return told


@transaction.atomic
def retell(person: Person, artifact: Artifact, *, story: str, language: str) -> Story:
    """Write one's own story anew; when it was told, where, and for whom stay.

    The former words are kept nowhere; that there were others stands in the log.
    """
    words.own(person, artifact)
    text = words.check_story(story, language)
    if not text:
        raise Refused(
            _("There are no words in it. To take the story back, use its own page. Nothing was changed.")
        )
    told: Story | None = Story.objects.select_for_update().filter(artifact=artifact, state="told").first()
    if told is None:
        raise Refused(_("No story is told of it. Nothing was changed."))
    told.text, told.language, told.edition = text, language, told.edition + 1
    Retelling.objects.create(story=told, edition=told.edition)
    told.save(update_fields=["text", "language", "edition"])
    indexing.forget(told)  # or the former words would stay in old segments of the index
    indexing.index(told)
    record("alchemy", "retold", artifact=artifact.code, **woven(artifact))
    return told


def add_picture(
    person: Person,
    artifact: Artifact,
    *,
    photo: bytes | BinaryIO,
    alt: str,
    access: str,
    circle: Circle | None = None,
) -> Picture:
    """Add one more photo of one's own thing."""
    words.own(person, artifact)
    alt = words.check_alt(alt)
    circle = words.check_audience(person, access, circle)
    developed = words.developed(photo)
    with transaction.atomic():
        Artifact.objects.select_for_update().get(pk=artifact.pk)
        if artifact.pictures.count() >= MOST_PICTURES:
            raise Refused(_("Six photos of one thing are enough; take one back first. Nothing was saved."))
        added = albums.add(artifact, developed, alt=alt, access=access, circle=circle)
        indexing.index(added)
        record("alchemy", "picture_added", artifact=artifact.code, **woven(artifact))
    return added


def add_recording(
    person: Person,
    artifact: Artifact,
    *,
    recording: bytes | BinaryIO,
    transcript: str,
    language: str,
    access: str,
    circle: Circle | None = None,
) -> Recording:
    """Add a voice that tells of one's own thing, at most five minutes, with what is said in it."""
    words.own(person, artifact)
    transcript = words.prose_of(transcript)
    if not 0 < len(transcript) <= prose.MAX_CHARACTERS:
        raise Refused(_("Write down what is said in it, for those who can't hear it. Nothing was saved."))
    words.check_story("", language)
    circle = words.check_audience(person, access, circle)
    heard = words.heard(recording)
    with transaction.atomic():
        Artifact.objects.select_for_update().get(pk=artifact.pk)
        if artifact.recordings.count() >= MOST_RECORDINGS:
            raise Refused(
                _("Three recordings of one thing are enough; take one back first. Nothing was saved.")
            )
        told = {"transcript": transcript, "language": language}
        added = albums.add_recording(artifact, heard, access=access, circle=circle, **told)
        indexing.index(added)
        record("alchemy", "recording_added", artifact=artifact.code, **woven(artifact))
    return added


@transaction.atomic
def share_with(person: Person, artifact: Artifact, *, access: str, circle: Circle | None = None) -> None:
    """Choose anew for whom the story, the photos and the recordings of one's own thing are."""
    words.own(person, artifact)
    circle = words.check_audience(person, access, circle)
    before = woven(artifact)["public_story"]
    chosen = {"access": access, "circle": circle}
    story = Story.objects.select_for_update().filter(artifact=artifact, state="told").first()
    if story:
        story.access, story.circle = access, circle
        if access == Access.PUBLIC and story.woven_at is None:
            story.woven_at = timezone.now()
        story.save(update_fields=["access", "circle", "woven_at"])
    Picture.objects.filter(artifact=artifact).update(**chosen)
    Recording.objects.filter(artifact=artifact).update(**chosen)
    after = woven(artifact)["public_story"]
    kind = "opened" if after else "narrowed"
    record("alchemy", kind, artifact=artifact.code, public_story=after or before)


@transaction.atomic
def describe(person: Person, artifact: Artifact, *, care: str, techniques: list[str]) -> None:
    """Write anew how to care for one's own thing and mend it, and how it was made. For everybody."""
    words.own(person, artifact)
    care, chosen = words.check_care(care), words.check_techniques(techniques)
    artifact = Artifact.objects.select_for_update().get(pk=artifact.pk)
    artifact.care = care
    artifact.save(update_fields=["care"])
    artifact.practices.exclude(technique__in=chosen).delete()
    for technique in chosen:
        Practice.objects.get_or_create(artifact=artifact, technique=technique)
    indexing.index(artifact)
    record("alchemy", "described", artifact=artifact.code)
