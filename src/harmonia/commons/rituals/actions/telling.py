"""What every action on a ritual begins and ends with: who may, the lock, the journal."""

from typing import Any

from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.models import Person
from harmonia.commons.rituals.errors import Refused
from harmonia.commons.rituals.models import Ritual

LEAD = "rituals.lead_ritual"


def allow(person: Person, permission: str = LEAD) -> None:
    """Raise Refused unless a person's role allows something."""
    if not person.is_active or not person.has_perm(permission):
        raise Refused(_("Your role does not allow this. Nothing was changed."))


def lock(ritual: Ritual) -> Ritual:
    """Return the ritual as it is now, held until the transaction ends. Taken before a vote's and before the journal's."""
    return Ritual.objects.select_for_update().get(pk=ritual.pk)


def tell(ritual: Ritual, kind: str, **data: Any) -> None:
    """Tell everybody inside, and the pages that list rituals. Call it last."""
    record(ritual.topic, kind, **data)
    record("rituals", kind, ritual=ritual.pk)
