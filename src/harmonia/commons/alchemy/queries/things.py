"""Read what was made, as somebody may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from harmonia.commons.alchemy import colours, prose, swatches
from harmonia.commons.alchemy.models import Artifact, Moderation, Picture, Story
from harmonia.commons.alchemy.queries.names import Names, Viewer, may_see, may_see_picture
from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import Substance
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


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


def artifacts_of(person: Person) -> list[Artifact]:
    """Return what a person made, newest first."""
    return list(Artifact.objects.filter(maker=token_of(person)).select_related("material"))


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
        picture=picture if picture and may_see_picture(picture, artifact, member, mine, names) else None,
        story=story if story and story.state == "told" and may_see(story.access, member, mine) else None,
        withdrawn=story is not None and story.state == "withdrawn",
        is_mine=mine,
        is_hidden=artifact.state == "hidden",
        hidden_because=reason(artifact) if artifact.state == "hidden" else "",
        may_moderate=member and viewer.has_perm("alchemy.moderate"),
    )


def _materials(artifact: Artifact, *, places: bool) -> Iterable[MaterialView]:
    if hasattr(artifact.movement, "reversed_by"):
        return
    for line in artifact.movement.lines.all():
        if line.grams < 0:
            yield MaterialView(line.substance, -line.grams, line.holder.name if places else None)


def reason(artifact: Artifact) -> str:
    """Return why a thing is hidden, as its maker reads it."""
    return Moderation.objects.filter(artifact=artifact).values_list("reason", flat=True).first() or ""


def log(code: str) -> list[Moderation]:
    """Return what facilitators decided about a thing, newest first."""
    return list(Moderation.objects.filter(artifact__code=code))
