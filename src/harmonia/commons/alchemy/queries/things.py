"""Read what was made, as somebody may see it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from harmonia.commons.alchemy import colours, places, prose, swatches
from harmonia.commons.alchemy.models import Artifact, Moderation, Picture, Recording, Repair, Story
from harmonia.commons.alchemy.queries.names import Names, Viewer
from harmonia.commons.ledger.models import Holder, Substance
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
    identity: str
    title: str
    care: str
    techniques: tuple[str, ...]
    made_at: datetime
    maker: str | None
    makers: tuple[tuple[str, str], ...]  # name and part of everybody who wants to be named
    maker_left: bool
    material: str
    materials: tuple[MaterialView, ...]
    grams: int
    pictures: tuple[Picture, ...]
    recordings: tuple[Recording, ...]
    story: Story | None
    repair: Repair | None
    withdrawn: bool
    is_mine: bool
    is_hidden: bool
    hidden_because: str
    may_moderate: bool
    place_name: str
    place: tuple[float, float] | None  # the middle of the cell in which the story happened [degrees]

    @property
    def picture(self) -> Picture | None:
        """The first photo: its face."""
        return self.pictures[0] if self.pictures else None

    @property
    def prose(self) -> str:
        """The story as safe HTML."""
        return prose.render(self.story.text) if self.story else ""

    @property
    def retold_at(self) -> datetime | None:
        """When its story was written anew last."""
        last = self.story.retellings.last() if self.story and self.story.edition > 1 else None
        return last.at if last else None

    @property
    def care_prose(self) -> str:
        """The notes on care as safe HTML."""
        return prose.render(self.care) if self.care else ""

    @property
    def tells(self) -> bool:
        """Whether there is anything its teller could take back or share anew."""
        return bool(self.story or self.pictures or self.recordings)

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
    found = linked().filter(code=code).first()
    if found is None:
        return None
    (view,) = seen([found], viewer)
    return view if found.state == "shown" or view.is_mine or view.may_moderate else None


def exists(code: str) -> bool:
    """Whether a thing of this code was made, hidden or not."""
    return Artifact.objects.filter(code=code).exists()


def seen(artifacts: Iterable[Artifact], viewer: Viewer) -> list[ArtifactView]:
    """Return things as a viewer may see them; what they may not see is never read."""
    shown = list(artifacts)
    names = Names({credit.token for thing in shown for credit in thing.credits.all()})
    parts = _Parts(shown, viewer)
    return [_seen(thing, viewer, names, parts) for thing in shown]


def hidden() -> list[Artifact]:
    """Return what facilitators hid, newest first."""
    return list(Artifact.objects.filter(state="hidden"))


def grams_made(artifacts: QuerySet[Artifact]) -> int:
    """Return what these things weigh together [g]."""
    rows = artifacts.order_by().values_list("pk", "holder__balances__substance", "holder__balances__grams")
    return sum(grams or 0 for _thing, _substance, grams in set(rows))


def artifacts_of(person: Person) -> list[Artifact]:
    """Return what a person made, newest first."""
    return list(Artifact.objects.filter(maker=token_of(person)).select_related("material"))


def linked() -> QuerySet[Artifact]:
    """Return all things with what their pages need; nothing that has an access of its own."""
    kept = Artifact.objects.select_related("holder", "material", "repair", "movement__reversed_by")
    return kept.prefetch_related(
        "movement__lines__holder__artifact", "movement__lines__substance", "credits", "practices"
    )


class _Parts:
    """Stories, pictures and recordings of a few things that one viewer may read, see and hear."""

    def __init__(self, things: list[Artifact], viewer: Viewer) -> None:
        keys = [thing.pk for thing in things]
        self.stories: dict[int, Story] = {
            story.artifact_id: story
            for story in Story.objects.visible_to(viewer).filter(artifact__in=keys, state="told")
        }
        gone = Story.objects.filter(artifact__in=keys, state="withdrawn")
        self.withdrawn = set(gone.values_list("artifact_id", flat=True))
        self.pictures = _grouped(Picture.objects.visible_to(viewer).filter(artifact__in=keys))
        self.recordings = _grouped(Recording.objects.visible_to(viewer).filter(artifact__in=keys))


def _grouped(rows: Iterable[Any]) -> dict[int, tuple[Any, ...]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.artifact_id].append(row)
    return {key: tuple(group) for key, group in found.items()}


def _seen(artifact: Artifact, viewer: Viewer, names: Names, parts: _Parts) -> ArtifactView:
    member = viewer.is_authenticated
    maker = names.person(artifact.maker)
    credited = names.credited(artifact, member=member)
    placed = member or not names.shielded(artifact)
    materials = tuple(_materials(artifact, places=placed))
    story = parts.stories.get(artifact.pk)
    return ArtifactView(
        code=artifact.code,
        identity=str(artifact.identity),
        title=artifact.title,
        care=artifact.care,
        techniques=tuple(str(p.get_technique_display()) for p in artifact.practices.all()),
        made_at=artifact.made_at,
        maker=credited[0][1] if credited else None,
        makers=tuple((name, part) for _token, name, part in credited),
        maker_left=maker is None,
        material=artifact.material.code,
        materials=materials,
        grams=sum(material.grams for material in materials),
        pictures=parts.pictures.get(artifact.pk, ()),
        recordings=parts.recordings.get(artifact.pk, ()),
        story=story,
        repair=artifact.repair,
        withdrawn=artifact.pk in parts.withdrawn,
        is_mine=member and maker is not None and maker.pk == viewer.pk,
        is_hidden=artifact.state == "hidden",
        hidden_because=reason(artifact) if artifact.state == "hidden" else "",
        may_moderate=member and viewer.has_perm("alchemy.moderate"),
        place_name=story.place_name if story and placed else "",
        place=_middle(story) if placed else None,
    )


def _middle(story: Story | None) -> tuple[float, float] | None:
    if story is None or story.place_row is None or story.place_column is None:
        return None
    return places.middle_of((story.place_row, story.place_column))


def _materials(artifact: Artifact, *, places: bool) -> Iterable[MaterialView]:
    if hasattr(artifact.movement, "reversed_by"):
        return
    for line in artifact.movement.lines.all():
        if line.grams < 0:
            yield MaterialView(line.substance, -line.grams, _lay_at(line.holder) if places else None)


def _lay_at(holder: Holder) -> str:
    # Matter of an older thing lay in that thing: its title, unless somebody hid it.
    older: Artifact | None = getattr(holder, "artifact", None)
    return older.title if older and older.state == "shown" else holder.name


def reason(artifact: Artifact) -> str:
    """Return why a thing is hidden, as its maker reads it."""
    hid = Moderation.objects.filter(artifact=artifact, kind=Moderation.Kind.HIDDEN)
    return hid.values_list("reason", flat=True).first() or ""
