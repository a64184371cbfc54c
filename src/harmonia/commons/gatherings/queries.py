"""Read gatherings and what people worry about."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from harmonia.commons.gatherings.models import OVER, Concern, Gathering, Rest
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import people_behind


@dataclass(frozen=True)
class ConcernView:
    """A worry or question with its answer; names are for members, and nobody's who left."""

    id: int
    kind: str
    kind_words: str
    words: str
    by: str
    is_mine: bool
    answer: str
    answered_by: str


def gatherings() -> list[Gathering]:
    """Return every gathering, newest first."""
    return list(Gathering.objects.all())


def gathering(number: int) -> Gathering | None:
    """Return one gathering."""
    return Gathering.objects.select_related("alarm").filter(pk=number).first()


def concerns(found: Gathering, viewer: Any) -> list[ConcernView]:
    """Return what people asked, the unanswered first."""
    rows = list(Concern.objects.filter(gathering=found).exclude(state="taken_back"))
    rows.sort(key=lambda row: (row.state != "asked", row.pk))
    member = viewer.is_authenticated
    tokens = [row.token for row in rows] + [row.answered_by for row in rows if row.answered_by]
    names = {token: person.name for token, person in people_behind(tokens).items()} if member else {}
    mine = token_of(viewer) if member else None
    return [
        ConcernView(
            id=row.pk,
            kind=row.kind,
            kind_words=str(Concern.Kind(row.kind).label),
            words=row.words,
            by=names.get(row.token, ""),
            is_mine=row.token == mine,
            answer=row.answer,
            answered_by=names.get(row.answered_by, "") if row.answered_by else "",
        )
        for row in rows
    ]


def resting(found: Gathering) -> list[str]:
    """Return the names of the materials that rest because of a gathering."""
    rests = Rest.objects.filter(gathering=found, ended_at__isnull=True).select_related("substance")
    return [str(rest.substance) for rest in rests]


def coming(_person: Any) -> list[tuple[date, str, str]]:
    """Return the day, title and page of each gathering that is called or open."""
    found = Gathering.objects.exclude(state__in=OVER)
    return [
        (timezone.localdate(one.starts_at), one.title, reverse("gathering", args=[one.pk])) for one in found
    ]


def export(person: Person) -> list[dict[str, str]]:
    """Return what a person asked, and what they were answered."""
    mine = Concern.objects.filter(token=token_of(person)).select_related("gathering")
    return [
        {"gathering": c.gathering.title, "at": c.at.isoformat(), "words": c.words, "answer": c.answer}
        for c in mine
    ]
