"""Close and open materials."""

from django.db import transaction
from django.utils import timezone

from harmonia.commons.journal.actions import record
from harmonia.commons.ledger.models import (
    Closure,
    Substance,
)


@transaction.atomic
def close_material(substance: Substance, *, reason: str, instead: str) -> Closure:
    """Close a material at every collection point until it is lifted; told on *Bring*."""
    closure, created = Closure.objects.get_or_create(
        substance=substance,
        lifted_at=None,
        defaults={"since": timezone.now(), "reason": reason, "instead": instead},
    )
    if created:
        record("ledger", "closed", substance=substance.code)
    return closure


@transaction.atomic
def open_material(substance: Substance) -> None:
    """Lift the closure of a material."""
    if Closure.objects.filter(substance=substance, lifted_at__isnull=True).update(lifted_at=timezone.now()):
        record("ledger", "opened", substance=substance.code)
