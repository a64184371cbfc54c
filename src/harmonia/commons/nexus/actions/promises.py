"""Take in what covenants promise to bring."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.models import Expectation
from harmonia.commons.nexus.tasks import follow_on_commit

if TYPE_CHECKING:
    pass


@transaction.atomic
def expect(
    source: str, substance: Substance, kg_week: Decimal, *, starts: date, ends: date | None = None
) -> Expectation:
    """Tell the Nexus what a covenant promised; the same source and substance again replaces it."""
    if kg_week <= 0 or (ends is not None and ends < starts):
        raise Refused(_("A promise needs a weight and an end after its start. Nothing was changed."))
    found, _created = Expectation.objects.update_or_create(
        source=source, substance=substance, defaults={"kg_week": kg_week, "starts": starts, "ends": ends}
    )
    # One home's promise is nobody else's business: the public topic hears only that the forecast changed.
    record("nexus", "expected", substance=substance.code)
    follow_on_commit()
    return found


@transaction.atomic
def drop_expectation(source: str) -> None:
    """Forget what a source promised."""
    dropped, _by_model = Expectation.objects.filter(source=source).delete()
    if dropped:
        record("nexus", "expectation_dropped", source=source)
        follow_on_commit()
