"""Let a guest's words onto the big screen, or not: always a person."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.rituals.actions.hearing import erase
from harmonia.commons.rituals.actions.telling import allow, lock, tell
from harmonia.commons.rituals.errors import Refused
from harmonia.commons.rituals.models import Offering


@transaction.atomic
def release(offering: Offering, *, by: Person) -> Offering:
    """Show an offering to everybody, as the newest."""
    allow(by)
    ritual = lock(offering.ritual)
    found = Offering.objects.get(pk=offering.pk)
    if found.state != "waiting":
        raise Refused(_("Somebody was faster. Nothing was changed."))
    last = Offering.objects.filter(ritual=ritual).aggregate(last=Max("place"))["last"] or 0
    found.state, found.place = "shown", last + 1
    found.shown_at, found.shown_by = timezone.now(), token_of(by)
    found.save(update_fields=["state", "place", "shown_at", "shown_by"])
    tell(ritual, "shown", offering=found.pk)
    return found


@transaction.atomic
def keep_back(offering: Offering, *, by: Person) -> None:
    """Take an offering away, before or after it was shown; its words are erased."""
    allow(by)
    ritual = lock(offering.ritual)
    erase(ritual, Offering.objects.get(pk=offering.pk))
