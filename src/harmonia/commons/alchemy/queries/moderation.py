"""Read the log of what was reported, hidden and answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from harmonia.commons.alchemy.models import Artifact, Moderation
from harmonia.commons.alchemy.queries.names import Viewer
from harmonia.commons.people.queries import people_behind

Kind = Moderation.Kind
# The reasons of those who decide are for everybody here; those of who asked are for who has to answer.
DECISIONS = (Kind.DISMISSED, Kind.HIDDEN, Kind.UPHELD, Kind.SHOWN)


@dataclass(frozen=True)
class Step:
    """One step of the log as a viewer may read it; `by` is empty for who reported or has left."""

    code: str
    kind: str
    label: str
    reason: str
    by: str
    at: datetime


def open_reports(artifact: Artifact) -> list[Moderation]:
    """Return the reports nobody has answered yet, newest first."""
    found = []
    for entry in Moderation.objects.filter(artifact=artifact):
        if entry.kind in (Kind.DISMISSED, Kind.HIDDEN):
            break
        if entry.kind == Kind.REPORTED:
            found.append(entry)
    return found


def open_appeal(artifact: Artifact) -> Moderation | None:
    """Return the appeal nobody has answered yet."""
    answers = (Kind.APPEALED, Kind.UPHELD, Kind.SHOWN)
    last = Moderation.objects.filter(artifact=artifact, kind__in=answers).first()
    return last if last and last.kind == Kind.APPEALED else None


def waiting() -> list[Artifact]:
    """Return the things about which somebody waits for a facilitator's answer, newest first."""
    asked = Artifact.objects.filter(moderations__kind__in=(Kind.REPORTED, Kind.APPEALED)).distinct()
    return [artifact for artifact in asked if open_reports(artifact) or open_appeal(artifact)]


def log() -> QuerySet[Moderation]:
    """Return every step there ever was, newest first."""
    return Moderation.objects.select_related("artifact")


def log_of(code: str) -> QuerySet[Moderation]:
    """Return every step about one thing, newest first."""
    return log().filter(artifact__code=code)


def steps(entries: QuerySet[Moderation] | list[Moderation], viewer: Viewer) -> list[Step]:
    """Return steps as a viewer may read them; no title, as what is hidden may be its title."""
    found = list(entries)
    people = people_behind(entry.by for entry in found if entry.by and entry.kind in DECISIONS)
    all_reasons = viewer.has_perm("alchemy.moderate")
    return [
        Step(
            code=entry.artifact.code,
            kind=entry.kind,
            label=str(entry.get_kind_display()),
            reason=entry.reason if all_reasons or entry.kind in DECISIONS else "",
            by=people[entry.by].name if entry.by in people else "",
            at=entry.at,
        )
        for entry in found
    ]
