"""Say which safety readings this site requires."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.models import SafetyRule
from harmonia.commons.nexus.safety import check_safety
from harmonia.commons.people.models import Person

if TYPE_CHECKING:
    pass


@transaction.atomic
def require_safety(kind: str, *, fresh_h: int | None, red_from: float | None = None, by: Person) -> None:
    """Require a safety reading at least every so many hours; None no longer requires it at this site.

    Raises Refused without the permission, and when a rule would be loosened while a reading is stale or red:
    that would be an override, and there is none.
    """
    if not by.has_perm("nexus.change_plant"):
        raise Refused(_("Only a scientist can change what is required. Nothing was changed."))
    before = SafetyRule.objects.filter(kind=kind).first()
    if before and _is_looser(before, fresh_h, red_from) and not check_safety().is_clear:
        raise Refused(
            _(
                "A requirement can be loosened only while all readings are fresh and clear. Nothing was changed."
            )
        )
    SafetyRule.objects.filter(kind=kind).delete()
    if fresh_h is not None:
        SafetyRule.objects.create(kind=kind, fresh_h=fresh_h, red_from=red_from)
    record("nexus", "safety_required", what=kind, fresh_h=fresh_h)


def _is_looser(before: SafetyRule, fresh_h: int | None, red_from: float | None) -> bool:
    if fresh_h is None or fresh_h > before.fresh_h:
        return True
    return before.red_from is not None and (red_from is None or red_from > before.red_from)
