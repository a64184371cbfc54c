"""What the pages of a ritual share: finding it, knowing who comes, and what the room's script is told."""

import secrets
from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.ledger import queries as books
from harmonia.commons.nexus import queries as nexus
from harmonia.commons.people.models import Person
from harmonia.commons.rituals import actions, queries
from harmonia.commons.rituals.models import Participant, Ritual
from harmonia.commons.rituals.queries.rituals import SALT
from harmonia.commons.rituals.words import HINTS, NEWS

RING_DAYS = 30
STAY_S = 30 * 24 * 3600
NO_STORE = {"Cache-Control": "no-store"}


def found(number: int) -> Ritual:
    """Return a ritual or answer that there is none."""
    ritual = queries.ritual(number)
    if ritual is None:
        raise Http404
    return ritual


def come_in(request: HttpRequest, ritual: Ritual) -> Participant:
    """Return who this browser is, letting it in first where it is new. Raises Refused where it is over."""
    known = queries.participant_of(request, ritual)
    if known is not None:
        return known
    return actions.join(ritual, request.user if isinstance(request.user, Person) else None)


def remember(request: HttpRequest, response: HttpResponse, participant: Participant) -> HttpResponse:
    """Let this browser be known in the ritual: a signed cookie, no account."""
    name, token = queries.cookie_name(participant.ritual), str(participant.token)
    response.set_signed_cookie(
        name, token, salt=SALT, max_age=STAY_S, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def new_key() -> str:
    """Return a key for one form, so that a button pressed twice offers once."""
    return secrets.token_urlsafe(16)


def plant_facts() -> dict[str, Any]:
    """Return the plant as the phone and the screen show it: rings, and the numbers that move the form."""
    today = nexus.today()
    days = nexus.ring_days(RING_DAYS)
    visits = books.visits(days[0][0]) if days else {}
    told = Counter(timezone.localdate(story.told_at) for story in alchemy.stories())
    rings = [(day, gas, told[day], visits.get(day, 0)) for day, gas in days]
    # The form takes the newest day first, as the drawing does.
    return {"today": today, "rings": rings, "told": [told[day] for day, _gas in reversed(days)]}


def words_of_room() -> dict[str, Any]:
    """Return what the room's script says, in the reader's language."""
    return {
        "news": {state: str(text) for state, text in NEWS.items()},
        "hints": {state: str(text) for state, text in HINTS.items()},
        "why": {code: sentence() for code, sentence in actions.SENTENCES.items()}
        | {"too-fast": _("One moment, please.")},
        "standing": {
            "connecting": _("Coming in …"),
            "open": _("You are in the room."),
            "away": _("No network. Your words are kept and sent as soon as there is one."),
            "shut": _("This room is not open for you."),
        },
        "one": _counts(1),
        "many": _counts(2),
        "thanks": _("Thank you, it is kept."),
        "pressed": _("You pressed. Thank you."),
    }


def _counts(n: int) -> dict[str, str]:
    return {
        "here": _("%(n)s here"),
        "held": ngettext("%(n)s holds the light", "%(n)s hold the light", n),
        "unsent": _("%(n)s waiting to be sent"),
        "presses": ngettext("%(n)s has pressed", "%(n)s have pressed", n),
        "offered": ngettext("%(n)s thing or story", "%(n)s things and stories", n),
        "answered": ngettext("%(n)s answer", "%(n)s answers", n),
        "voices": ngettext("%(n)s ballot is in", "%(n)s ballots are in", n),
    }
