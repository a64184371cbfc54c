"""Read rituals, their rooms, and who is in them."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from harmonia.commons.journal.rooms import Guest
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.queries import people_behind
from harmonia.commons.rituals.models import OVER, Activation, Offering, Participant, Passage, Ritual
from harmonia.commons.rituals.present import Present

SALT = "harmonia.rituals.participant"


def may_lead(person: Any) -> bool:
    """Return whether a visitor leads rituals."""
    return bool(person.is_authenticated and person.has_perm("rituals.lead_ritual"))


def rituals() -> list[Ritual]:
    """Return every ritual, those to come and under way first, soonest first; then those that are over."""
    now = Ritual.objects.exclude(state__in=OVER).order_by("starts_at", "id")
    return [*now, *Ritual.objects.filter(state__in=OVER)]


def ritual(number: int) -> Ritual | None:
    """Return a ritual by its number."""
    return Ritual.objects.select_related("upgrade").filter(pk=number).first()


def ritual_of_code(code: str) -> Ritual | None:
    """Return a ritual by its code, however it was typed."""
    return Ritual.objects.filter(code="".join(code.upper().split())[:20].replace("-", "")).first()


def coming(_person: Any) -> list[tuple[date, str, str]]:
    """Return the day, title and page of each ritual that is announced or under way."""
    found = Ritual.objects.exclude(state__in=OVER)
    return [(timezone.localdate(one.starts_at), one.title, reverse("ritual", args=[one.pk])) for one in found]


def present(room: str) -> Mapping[str, Any] | None:
    """Return how a ritual stands for everybody inside its room; None where there is no such ritual."""
    number = room.removeprefix("ritual-")
    found = ritual(int(number)) if number.isascii() and number.isdecimal() and len(number) < 19 else None
    if found is None:
        return None
    last = Passage.objects.filter(ritual=found).order_by("id").last()
    switch = Activation.objects.filter(ritual=found).first()
    shown = Offering.objects.filter(ritual=found, state="shown").order_by("place")
    upgrade = found.upgrade
    return Present(
        state=found.state,
        phase=found.phase,
        since=last.at.isoformat() if last else "",
        reason=found.reason,
        question=found.question,
        caption=found.caption,
        joined=last.joined if last else 0,
        offered=found.offered,
        answered=found.answered,
        pressed=found.pressed,
        shown=list(shown.values_list("pk", flat=True)),
        upgrade=upgrade.pk if upgrade else None,
        vote=upgrade.state if upgrade else "",
        voices=found.voices,
        activation=switch.standing if switch else "",
    )


def cookie_name(found: Ritual) -> str:
    """Return the name of the cookie by which a browser is known in a ritual."""
    return f"ritual-{found.pk}"


def participant_of(request: HttpRequest, found: Ritual) -> Participant | None:
    """Return who this browser is in a ritual; a member's place is not another member's."""
    try:
        token = request.get_signed_cookie(cookie_name(found), salt=SALT)
    except (KeyError, signing.BadSignature):
        return None
    known = Participant.objects.filter(ritual=found, token=str(token)).first()
    if known is None or known.person is None:
        return known
    mine = request.user.is_authenticated and token_of(request.user) == known.person
    return known if mine else None


def guest_of(request: HttpRequest, room: str) -> Guest | None:
    """Return who a visitor is in a room: a participant, or somebody who only looks (the big screen)."""
    number = room.removeprefix("ritual-")
    found = ritual(int(number)) if number.isdecimal() and number.isascii() and len(number) < 19 else None
    if found is None:
        return None
    known = participant_of(request, found)
    if known is None or "look" in request.GET:
        return Guest(f"looks-{secrets.token_hex(8)}", speaks=False)
    return Guest(str(known.token))


def named(tokens: Iterable[UUID | None], *, to_member: bool) -> dict[UUID, str]:
    """Return the names behind pseudonyms, for members only; those who left are not in it."""
    if not to_member:
        return {}
    return {token: person.name for token, person in people_behind(t for t in tokens if t).items()}
