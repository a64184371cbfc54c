"""Read what was offered, as the desk, the screen and the record show it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.rituals.models import Offering, Participant, Ritual


@dataclass(frozen=True)
class OfferingView:
    """An offering as people read it; an artifact has its title, its page and perhaps a photo everybody may see."""

    id: int
    kind: str
    kind_words: str
    words: str
    name: str
    question: str
    at: datetime
    state: str
    phase: str
    title: str = ""
    url: str = ""
    photo: str = ""
    alt: str = ""
    place: int | None = None


def waiting(ritual: Ritual, limit: int = 48) -> list[OfferingView]:
    """Return what waits for a person to release it, oldest first; a desk has room for so many at once."""
    return [_view(one) for one in Offering.objects.filter(ritual=ritual, state="waiting")[:limit]]


def waiting_count(ritual: Ritual) -> int:
    """Return how much waits for a person to release it."""
    return Offering.objects.filter(ritual=ritual, state="waiting").count()


def offerings(ritual: Ritual) -> list[OfferingView]:
    """Return what was released, in the order in which it was shown."""
    return [_view(one) for one in Offering.objects.filter(ritual=ritual, state="shown").order_by("place")]


def offerings_of(participant: Participant) -> list[OfferingView]:
    """Return what somebody has offered and not taken back, newest first."""
    mine = participant.offerings.exclude(state="taken_back").order_by("-id")
    return [_view(one) for one in mine]


def offering_shown(ritual: Ritual, number: int) -> OfferingView | None:
    """Return one released offering."""
    found = Offering.objects.filter(ritual=ritual, pk=number, state="shown").first()
    return _view(found) if found else None


def _view(one: Offering) -> OfferingView:
    title, url, photo, alt = _thing(one.artifact)
    return OfferingView(
        id=one.pk,
        kind=one.kind,
        kind_words=str(Offering.Kind(one.kind).label),
        words=one.words,
        name=one.name,
        question=one.question,
        at=one.at,
        state=one.state,
        phase=one.phase,
        title=title,
        url=url,
        photo=photo,
        alt=alt,
        place=one.place,
    )


def _thing(code: str) -> tuple[str, str, str, str]:
    # As anybody may see it: a screen in a yard has no account.
    found = alchemy.artifact(code, AnonymousUser()) if code else None
    if found is None:
        return "", "", "", ""
    page = reverse("artifact", args=[code])
    if found.picture is None:
        return found.title, page, "", ""
    return found.title, page, reverse("media", args=[found.picture.files()[-1]]), found.picture.alt
