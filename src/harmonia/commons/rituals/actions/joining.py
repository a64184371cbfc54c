"""Come in, with or without an account."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.rituals.actions.telling import lock
from harmonia.commons.rituals.errors import Refused
from harmonia.commons.rituals.models import Participant, Ritual

MOST_GUESTS = 20_000
"""A hub takes 6,000 at once, and people come and go; beyond this it is a machine that comes in."""


@transaction.atomic
def join(ritual: Ritual, person: Person | None = None) -> Participant:
    """Let somebody in; a member who comes again is the same participant. Guests have a voice, ballots are members'."""
    if lock(ritual).is_over:
        raise Refused(_("This ritual is over. Its record is open to everybody."))
    if person is None and ritual.participants.count() >= MOST_GUESTS:
        raise Refused(_("More people came in than this room can hold. The big screen shows everything."))
    if person is None:
        return Participant.objects.create(ritual=ritual, joined_at=timezone.now())
    found, _made = Participant.objects.get_or_create(
        ritual=ritual, person=token_of(person), defaults={"joined_at": timezone.now()}
    )
    return found
