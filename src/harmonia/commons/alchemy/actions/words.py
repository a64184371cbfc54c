"""Check what is told before the transaction begins."""

import re
from collections.abc import Iterable
from typing import BinaryIO

from django.utils.translation import gettext as _

from harmonia.commons.alchemy import photographs, places, prose, sound
from harmonia.commons.alchemy.actions.errors import Refused
from harmonia.commons.alchemy.models import Access, Artifact, Circle, Technique
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

# Control characters, what turns the direction of text, and what XML forbids: a title also stands in drawings.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")
MOST_CARE = 4000


def line(text: str) -> str:
    """Return a text as one line without spaces around it."""
    return " ".join(text.split())


def prose_of(text: str) -> str:
    """Return a text of many lines without what a database cannot keep."""
    return text.replace("\x00", "").strip()


def check_title(title: str) -> str:
    """Return a title that can be printed. Raises Refused."""
    title = line(title)
    if not 0 < len(title) <= 120 or UNPRINTABLE.search(title):
        raise Refused(_("Give it a title of at most 120 letters. Nothing was saved."))
    return title


def check_story(text: str, language: str) -> str:
    """Return a story that can be kept, perhaps empty. Raises Refused."""
    if len(text) > prose.MAX_CHARACTERS:
        raise Refused(_("This story is longer than 20,000 letters. Shorten it a little. Nothing was saved."))
    if not LANGUAGE_TAG.fullmatch(language):
        raise Refused(_("Choose who may read it, and its language. Nothing was saved."))
    return prose_of(text)


def check_care(text: str) -> str:
    """Return notes on care that can be kept. Raises Refused."""
    if len(text) > MOST_CARE:
        raise Refused(_("Keep the notes on care below 4,000 letters. Nothing was saved."))
    return prose_of(text)


def check_techniques(techniques: Iterable[str]) -> list[str]:
    """Return known techniques, each once. Raises Refused."""
    chosen = sorted(set(techniques))
    if set(chosen) - set(Technique.values):
        raise Refused(_("One of these techniques is not in the list. Nothing was saved."))
    return chosen


def check_audience(person: Person, access: str, circle: Circle | None) -> Circle | None:
    """Return the circle something is for, if it is for one; only one's own. Raises Refused."""
    if access not in Access.values:
        raise Refused(_("Choose who may read it, and its language. Nothing was saved."))
    if access != Access.CIRCLE:
        return None
    if circle is None or circle.owner != token_of(person):
        raise Refused(_("Choose one of your own circles. Nothing was saved."))
    return circle


def check_place(place: tuple[float, float] | None) -> tuple[int | None, int | None]:
    """Return the cell of a place [degrees], from which the exact one cannot be had back. Raises Refused."""
    if place is None:
        return None, None
    try:
        return places.cell_of(*place)
    except places.NoPlaceError as error:
        raise Refused(_("These coordinates are not on the Earth. Nothing was saved.")) from error


def check_alt(alt: str) -> str:
    """Return the words that stand for a photo. Raises Refused."""
    alt = line(alt)
    if not 0 < len(alt) <= 300:
        raise Refused(
            _("Say in a few words what the photo shows, for those who can't see it. Nothing was saved.")
        )
    return alt


def developed(photo: bytes | BinaryIO) -> photographs.Photograph:
    """Return a photo as clean pictures. Raises Refused."""
    try:
        return photographs.develop(photo)
    except photographs.UnusablePhotoError as error:
        raise Refused(f"{error} {_('Nothing was saved.')}") from error


def heard(recording: bytes | BinaryIO) -> sound.Sound:
    """Return a recording as one that can be kept. Raises Refused."""
    try:
        return sound.read(recording)
    except sound.UnusableSoundError as error:
        raise Refused(f"{error} {_('Nothing was saved.')}") from error


def own(person: Person, artifact: Artifact) -> None:
    """Raise Refused unless this person made and told it."""
    if artifact.maker != token_of(person):
        raise Refused(_("Only the person who told this can change it."))
