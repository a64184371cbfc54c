"""Record what was made, from what, and what is told of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import albums, photographs, prose, weights
from harmonia.commons.alchemy.codes import new_code
from harmonia.commons.alchemy.models import Access, Artifact, Story
from harmonia.commons.journal.actions import record
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Action, Holder, Substance
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

Materials = Sequence[tuple[Holder, Substance, int]]


class Refused(Exception):
    """This cannot be made or told; the message is a sentence for the person, and nothing was saved."""


# Control characters, what turns the direction of text, and what XML forbids: a title also stands in drawings.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")


@dataclass(frozen=True)
class _Telling:
    # What is told of a thing, checked and developed before the transaction begins.
    title: str
    story: str
    access: str
    language: str
    photo: photographs.Photograph | None
    alt: str
    at: datetime


def make(
    person: Person,
    *,
    title: str,
    materials: Materials,
    photo: bytes | BinaryIO | None = None,
    alt: str = "",
    story: str = "",
    access: str = Access.PUBLIC,
    language: str = "en",
    at: datetime | None = None,
    key: str = "",
) -> Artifact:
    """Record a thing made from matter [g] that a workshop or collection point held, and what is told of it.

    Access holds for story and photo; title, materials and date are for everybody. A key makes it happen once.
    Raises Refused. Pictures are computed before the transaction, which other people's wait for.
    """
    alt = " ".join(alt.split())
    _check_words(title, story, access, language)
    if photo is not None and not 0 < len(alt) <= 300:
        raise Refused(
            _("Say in a few words what the photo shows, for those who can't see it. Nothing was saved.")
        )
    telling = _Telling(
        title=" ".join(title.split()),
        story=story.replace("\x00", "").strip(),
        access=access,
        language=language,
        photo=_developed(photo) if photo is not None else None,
        alt=alt,
        at=at or timezone.now(),
    )
    try:
        return _make(person, telling, materials, key)
    except ledger.Refused as error:
        raise Refused(str(error)) from error


def _check_words(title: str, story: str, access: str, language: str) -> None:
    title = " ".join(title.split())
    if not 0 < len(title) <= 120 or UNPRINTABLE.search(title):
        raise Refused(_("Give it a title of at most 120 letters. Nothing was saved."))
    if len(story) > prose.MAX_CHARACTERS:
        raise Refused(_("This story is longer than 20,000 letters. Shorten it a little. Nothing was saved."))
    if access not in Access.values or not LANGUAGE_TAG.fullmatch(language):
        raise Refused(_("Choose who may read it, and its language. Nothing was saved."))


def _developed(photo: bytes | BinaryIO) -> photographs.Photograph:
    try:
        return photographs.develop(photo)
    except photographs.UnusablePhotoError as error:
        raise Refused(f"{error} {_('Nothing was saved.')}") from error


@transaction.atomic
def _make(person: Person, telling: _Telling, materials: Materials, key: str) -> Artifact:
    if key and (known := Artifact.objects.filter(movement__key=key, maker=token_of(person)).first()):
        return known
    _check_there(materials)
    artifact = _book(person, telling, materials, key)
    if telling.story:
        Story.objects.create(
            artifact=artifact,
            text=telling.story,
            language=telling.language,
            access=telling.access,
            told_at=telling.at,
        )
    if telling.photo:
        albums.add(artifact, telling.photo, alt=telling.alt, access=telling.access)
    record("alchemy", "made", artifact=artifact.code, grams=_total(materials), **woven(artifact))
    return artifact


def _check_there(materials: Materials) -> None:
    if not materials:
        raise Refused(_("Say at least one material it is made of. Nothing was saved."))
    wanted: dict[tuple[Holder, Substance], int] = {}
    for holder, substance, grams in materials:
        if grams <= 0:
            raise Refused(_("Each material must weigh at least 1 gram. Nothing was saved."))
        if holder.kind not in (Holder.Kind.POINT, Holder.Kind.WORKSHOP):
            raise Refused(_("Material comes from a workshop or a collection point. Nothing was saved."))
        if substance.use not in (Substance.Use.MAKES, Substance.Use.ROTS):
            raise Refused(_("Nothing can be made from this material here. Nothing was saved."))
        wanted[holder, substance] = wanted.get((holder, substance), 0) + grams
    for (holder, substance), grams in wanted.items():
        there = books.grams_of(holder, substance)
        if grams > there:
            values = {"place": str(holder), "material": str(substance)}
            values |= {"there": weights.exact(there), "wanted": weights.exact(grams)}
            raise Refused(
                _("%(place)s has %(there)s of %(material)s, not %(wanted)s. Nothing was saved.") % values
            )


def _book(person: Person, telling: _Telling, materials: Materials, key: str) -> Artifact:
    code = _free_code()
    token = token_of(person)
    holder = ledger.open_holder(f"artifact-{code.lower()}", code, Holder.Kind.ARTIFACT)
    postings = [
        posting
        for source, substance, grams in materials
        for posting in (ledger.Posting(source, substance, -grams), ledger.Posting(holder, substance, grams))
    ]
    movement = ledger.book(Action.PRODUCE, postings, recorder=token, at=telling.at, key=key)
    return Artifact.objects.create(
        code=code,
        title=telling.title,
        maker=token,
        by_minor=person.is_minor,
        made_at=telling.at,
        holder=holder,
        movement=movement,
        material=_dominant(materials),
    )


def _free_code() -> str:
    while Artifact.objects.filter(code=(code := new_code())).exists():
        continue
    return code


def _total(materials: Materials) -> int:
    return sum(grams for _holder, _substance, grams in materials)


def _dominant(materials: Materials) -> Substance:
    totals: dict[Substance, int] = {}
    for _holder, substance, grams in materials:
        totals[substance] = totals.get(substance, 0) + grams
    return max(totals, key=lambda substance: (totals[substance], substance.code))


def woven(artifact: Artifact) -> dict[str, int | None]:
    """Return which thread of the public cloth an event is about, if any."""
    found = Story.objects.filter(artifact=artifact, access=Access.PUBLIC, state="told").first()
    return {"public_story": found.pk if found else None}
