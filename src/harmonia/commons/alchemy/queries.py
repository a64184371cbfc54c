"""Read what was made and told, as somebody may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import File
from django.db.models import QuerySet

from harmonia.commons.alchemy import albums, colours, prose, swatches
from harmonia.commons.alchemy.colours import RGB
from harmonia.commons.alchemy.models import Access, Artifact, Moderation, Picture, Story
from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import people_behind, person_behind

Viewer = Person | AnonymousUser


@dataclass(frozen=True)
class Source:
    """Grams [g] of a substance that lie somewhere, free to be made into something."""

    holder: Holder
    substance: Substance
    grams: int


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


class Names:
    """Whose name stands behind a pseudonym, asked once for all; minors and the gone have none in public."""

    def __init__(self, makers: Iterable[UUID] = ()) -> None:
        tokens = set(makers)
        found = people_behind(tokens) if tokens else {}
        self._known: dict[UUID, Person | None] = {token: found.get(token) for token in tokens}

    def person(self, token: UUID) -> Person | None:
        """Return who it is, None once they have left."""
        if token not in self._known:
            self._known[token] = person_behind(token)
        return self._known[token]

    def public(self, artifact: Artifact) -> str | None:
        """Return the name that everybody may read."""
        person = self.person(artifact.maker)
        return person.name if person and person.shows_face_publicly and not artifact.by_minor else None

    def shielded(self, artifact: Artifact) -> bool:
        """Whether the maker is, or was when it was made, under 16."""
        person = self.person(artifact.maker)
        return artifact.by_minor or (person is not None and not person.shows_face_publicly)


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


def artifacts_of(person: Person) -> list[Artifact]:
    """Return what a person made, newest first."""
    return list(Artifact.objects.filter(maker=token_of(person)).select_related("material"))


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


def sources() -> list[Source]:
    """Return what lies at workshops and collection points, what is made into things first."""
    usable = {Substance.Use.MAKES: 0, Substance.Use.ROTS: 1}
    found = [
        Source(holder, substance, grams)
        for kind in (Holder.Kind.WORKSHOP, Holder.Kind.POINT)
        for holder in ledger.holders(kind)
        for substance, grams in ledger.stock(holder).items()
        if substance.use in usable
    ]
    return sorted(
        found, key=lambda s: (usable[Substance.Use(s.substance.use)], s.holder.kind != Holder.Kind.WORKSHOP)
    )


@dataclass(frozen=True)
class MaterialView:
    """One material of a thing [g], and where it lay; None where a minor's place is kept from the public."""

    substance: Substance
    grams: int
    place: str | None


@dataclass(frozen=True)
class ArtifactView:
    """A thing as one viewer may see it."""

    code: str
    title: str
    made_at: datetime
    maker: str | None
    maker_left: bool
    material: str
    materials: tuple[MaterialView, ...]
    grams: int
    picture: Picture | None
    story: Story | None
    withdrawn: bool
    is_mine: bool
    is_hidden: bool
    hidden_because: str
    may_moderate: bool

    @property
    def prose(self) -> str:
        """The story as safe HTML."""
        return prose.render(self.story.text) if self.story else ""

    @property
    def swatch(self) -> str:
        """A woven face, where there is no photo to see."""
        return swatches.swatch(self.code, self.material, colours.of_material(self.material))

    @property
    def excerpt(self) -> str:
        """The story's beginning as plain text."""
        return prose.excerpt(self.story.text) if self.story else ""


def artifact(code: str, viewer: Viewer) -> ArtifactView | None:
    """Return a thing by its code; None when there is none, or it is hidden from this viewer."""
    found = _linked().filter(code=code).first()
    if found is None:
        return None
    view = _seen(found, viewer, Names())
    return view if found.state == "shown" or view.is_mine or view.may_moderate else None


def exists(code: str) -> bool:
    """Whether a thing of this code was made, hidden or not."""
    return Artifact.objects.filter(code=code).exists()


def gallery(material: str = "") -> QuerySet[Artifact]:
    """Return the things that are shown, newest first, perhaps only those that hold some of a material."""
    shown = _linked().filter(state="shown")
    if material:
        shown = shown.filter(holder__balances__substance__code=material, holder__balances__grams__gt=0)
    return shown


def seen(artifacts: Iterable[Artifact], viewer: Viewer) -> list[ArtifactView]:
    """Return things as a viewer may see them."""
    names = Names()
    return [_seen(artifact, viewer, names) for artifact in artifacts]


def hidden() -> list[Artifact]:
    """Return what facilitators hid, newest first."""
    return list(Artifact.objects.filter(state="hidden"))


def gallery_materials() -> list[Substance]:
    """Return the materials of which something that is shown is made."""
    rows = gallery().values_list("holder__balances__substance", flat=True)
    return sorted((s for s in ledger.materials() if s.pk in set(rows)), key=str)


def grams_made(artifacts: QuerySet[Artifact]) -> int:
    """Return what these things weigh together [g]."""
    rows = artifacts.values_list("holder__balances__grams", flat=True)
    return sum(grams or 0 for grams in rows)


def _linked() -> QuerySet[Artifact]:
    kept = Artifact.objects.select_related("holder", "material", "picture", "story", "movement__reversed_by")
    return kept.prefetch_related("movement__lines__holder", "movement__lines__substance")


def _seen(artifact: Artifact, viewer: Viewer, names: Names) -> ArtifactView:
    member = viewer.is_authenticated
    maker = names.person(artifact.maker)
    mine = member and maker is not None and maker.pk == viewer.pk
    public = names.public(artifact)
    story: Story | None = getattr(artifact, "story", None)
    picture: Picture | None = getattr(artifact, "picture", None)
    materials = tuple(_materials(artifact, places=member or not names.shielded(artifact)))
    return ArtifactView(
        code=artifact.code,
        title=artifact.title,
        made_at=artifact.made_at,
        maker=(maker.name if maker else None) if member else public,
        maker_left=maker is None,
        material=artifact.material.code,
        materials=materials,
        grams=sum(material.grams for material in materials),
        picture=picture if picture and _may_see_picture(picture, artifact, member, mine, names) else None,
        story=story if story and story.state == "told" and _may_see(story.access, member, mine) else None,
        withdrawn=story is not None and story.state == "withdrawn",
        is_mine=mine,
        is_hidden=artifact.state == "hidden",
        hidden_because=_reason(artifact) if artifact.state == "hidden" else "",
        may_moderate=member and viewer.has_perm("alchemy.moderate"),
    )


def _materials(artifact: Artifact, *, places: bool) -> Iterable[MaterialView]:
    if hasattr(artifact.movement, "reversed_by"):
        return
    for line in artifact.movement.lines.all():
        if line.grams < 0:
            yield MaterialView(line.substance, -line.grams, line.holder.name if places else None)


def _may_see(access: str, member: bool, mine: bool) -> bool:
    return mine or access == Access.PUBLIC or (member and access == Access.HABITAT)


def _may_see_picture(picture: Picture, artifact: Artifact, member: bool, mine: bool, names: Names) -> bool:
    return _may_see(picture.access, member, mine) and (member or not names.shielded(artifact))


def _reason(artifact: Artifact) -> str:
    return Moderation.objects.filter(artifact=artifact).values_list("reason", flat=True).first() or ""


def picture(name: str, user: Viewer) -> File[bytes] | None:
    """Return an open file of a picture, None when there is none or this viewer may not see it."""
    stem, _dash, _rest = name.partition("-")
    found = Picture.objects.filter(name=stem).select_related("artifact").first()
    if found is None or name not in found.files():
        return None
    visible = artifact(found.artifact.code, user)
    return albums.open_file(name) if visible and visible.picture else None


def log(code: str) -> list[Moderation]:
    """Return what facilitators decided about a thing, newest first."""
    return list(Moderation.objects.filter(artifact__code=code))


def export(person: Person) -> dict[str, Any]:
    """Return what a person made and told, the hidden and the private as well."""
    mine = Artifact.objects.filter(maker=token_of(person)).select_related("story", "picture", "movement")
    return {"artifacts": [_exported(artifact) for artifact in mine]}


def _exported(artifact: Artifact) -> dict[str, Any]:
    story: Story | None = getattr(artifact, "story", None)
    picture: Picture | None = getattr(artifact, "picture", None)
    lines = artifact.movement.lines.select_related("substance", "holder").filter(grams__lt=0)
    return {
        "code": artifact.code,
        "title": artifact.title,
        "made_at": artifact.made_at.isoformat(),
        "materials": [
            {"substance": x.substance.code, "grams": -x.grams, "from": x.holder.code} for x in lines
        ],
        "story": {
            "text": story.text,
            "language": story.language,
            "access": story.access,
            "state": story.state,
        }
        if story
        else None,
        "picture": {"files": picture.files(), "alt": picture.alt, "access": picture.access}
        if picture
        else None,
        "hidden_because": _reason(artifact) if artifact.state == "hidden" else None,
    }
