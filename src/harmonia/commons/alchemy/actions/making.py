"""Record what was made, from what, and what is told of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import albums, indexing, photographs, weights
from harmonia.commons.alchemy.actions import words
from harmonia.commons.alchemy.actions.errors import Refused
from harmonia.commons.alchemy.codes import new_code
from harmonia.commons.alchemy.identities import new_identity
from harmonia.commons.alchemy.models import (
    Access,
    Artifact,
    Circle,
    Credit,
    Kinship,
    Practice,
    Repair,
    Story,
)
from harmonia.commons.alchemy.queries.sources import may_remake
from harmonia.commons.journal.actions import record
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Action, Holder, Substance
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

Materials = Sequence[tuple[Holder, Substance, int]]
GIVES = (Holder.Kind.POINT, Holder.Kind.WORKSHOP, Holder.Kind.ARTIFACT)


@dataclass(frozen=True)
class _Making:
    # What is told of a thing, checked and developed before the transaction begins.
    title: str
    care: str
    techniques: list[str]
    named: bool
    story: str
    access: str
    circle: Circle | None
    language: str
    place_name: str
    cell: tuple[int | None, int | None]
    photo: photographs.Photograph | None
    alt: str
    repair: Repair | None
    at: datetime


def make(
    person: Person,
    *,
    title: str,
    materials: Materials,
    techniques: Iterable[str] = (),
    care: str = "",
    named: bool = True,
    photo: bytes | BinaryIO | None = None,
    alt: str = "",
    story: str = "",
    access: str = Access.PUBLIC,
    circle: Circle | None = None,
    language: str = "en",
    place: tuple[float, float] | None = None,
    place_name: str = "",
    repair: Repair | None = None,
    at: datetime | None = None,
    key: str = "",
) -> Artifact:
    """Record a thing made from matter [g] that a workshop, a collection point or an older thing held.

    Matter of an older thing makes it a parent: remade where nothing of it is left, split where something is, joined
    where there are several. Access holds for story and photo; title, materials, techniques, care and date are for
    everybody. `place` [degrees] is blurred before anything is kept. A key makes it happen once.
    Raises Refused. Pictures are computed before the transaction, which other people's wait for.
    """
    telling = _Making(
        title=words.check_title(title),
        care=words.check_care(care),
        techniques=words.check_techniques(techniques),
        named=named,
        story=words.check_story(story, language),
        access=access,
        circle=words.check_audience(person, access, circle),
        language=language,
        place_name=words.line(place_name)[:80] if story.strip() else "",
        cell=words.check_place(place if story.strip() else None),
        alt=words.check_alt(alt) if photo is not None else "",
        photo=words.developed(photo) if photo is not None else None,
        repair=repair,
        at=at or timezone.now(),
    )
    try:
        return _make(person, telling, materials, key)
    except ledger.Refused as error:
        raise Refused(str(error)) from error


@transaction.atomic
def _make(person: Person, telling: _Making, materials: Materials, key: str) -> Artifact:
    if key and (known := Artifact.objects.filter(movement__key=key, maker=token_of(person)).first()):
        return known
    parents = _check_there(person, materials)
    artifact = _book(person, telling, materials, key)
    Credit.objects.create(
        artifact=artifact, token=artifact.maker, state="named" if telling.named else "unnamed"
    )
    Practice.objects.bulk_create(Practice(artifact=artifact, technique=t) for t in telling.techniques)
    _relate(artifact, parents)
    indexing.index(artifact)
    if telling.story:
        keep_story(artifact, telling)
    if telling.photo:
        added = albums.add(
            artifact, telling.photo, alt=telling.alt, access=telling.access, circle=telling.circle
        )
        indexing.index(added)
    record("alchemy", "made", artifact=artifact.code, grams=_total(materials), **woven(artifact))
    return artifact


def keep_story(artifact: Artifact, telling: _Making) -> Story:
    """Keep a story that was checked; inside the caller's transaction."""
    row, column = telling.cell
    story = Story.objects.create(
        artifact=artifact,
        text=telling.story,
        language=telling.language,
        access=telling.access,
        circle=telling.circle,
        place_name=telling.place_name,
        place_row=row,
        place_column=column,
        told_at=telling.at,
        woven_at=telling.at if telling.access == Access.PUBLIC else None,
    )
    indexing.index(story)
    return story


def _check_there(person: Person, materials: Materials) -> list[Artifact]:
    if not materials:
        raise Refused(_("Say at least one material it is made of. Nothing was saved."))
    wanted: dict[tuple[Holder, Substance], int] = {}
    for holder, substance, grams in materials:
        if grams <= 0:
            raise Refused(_("Each material must weigh at least 1 gram. Nothing was saved."))
        if holder.kind not in GIVES:
            raise Refused(
                _("Material comes from a workshop, a collection point or an older thing. Nothing was saved.")
            )
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
    return _parents(person, {holder for holder, _substance in wanted})


def _parents(person: Person, holders: Iterable[Holder]) -> list[Artifact]:
    parents = list(Artifact.objects.filter(holder__in=holders).order_by("pk"))
    for parent in parents:
        if not may_remake(person, parent):
            raise Refused(
                _("“%(title)s” belongs to somebody else's making. Ask its maker first. Nothing was saved.")
                % {"title": parent.title}
            )
    return parents


def _relate(child: Artifact, parents: Sequence[Artifact]) -> None:
    for parent in parents:
        left = any(grams > 0 for grams in books.stock(parent.holder).values())
        kind = Kinship.Kind.SPLIT if left else Kinship.Kind.REMADE
        Kinship.objects.create(
            parent=parent, child=child, kind=Kinship.Kind.JOINED if len(parents) > 1 else kind
        )


def _book(person: Person, telling: _Making, materials: Materials, key: str) -> Artifact:
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
        identity=new_identity(telling.at),
        code=code,
        title=telling.title,
        care=telling.care,
        maker=token,
        by_minor=person.is_minor,
        made_at=telling.at,
        holder=holder,
        movement=movement,
        material=_dominant(materials),
        repair=telling.repair,
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
