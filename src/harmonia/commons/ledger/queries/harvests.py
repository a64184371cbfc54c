"""How long beds wait for their harvest after something was spread on them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from harmonia.commons.ledger.models import Batch, Holder, Line


@dataclass(frozen=True)
class Wait:
    """A bed, when a batch was spread on it last, how much of it in all [g], and from which day on it may be harvested."""

    bed: Holder
    spread_on: date
    grams: int
    harvest_from: date

    @property
    def is_over(self) -> bool:
        """Whether it may be harvested today."""
        return self.harvest_from <= timezone.localdate()


def waits(batch: Batch) -> list[Wait]:
    """Return every bed a batch was spread on; what was taken back counts no more."""
    given = Line.objects.filter(holder=batch.holder_id, grams__lt=0, movement__reversed_by__isnull=True)
    taken = Line.objects.filter(
        movement__in=given.values("movement"), holder__kind=Holder.Kind.GARDEN, grams__gt=0
    )
    beds: dict[Holder, tuple[date, int]] = {}
    for line in taken.select_related("holder", "movement").order_by("movement__occurred_at"):
        _before, grams = beds.get(line.holder, (None, 0))
        beds[line.holder] = (timezone.localdate(line.movement.occurred_at), grams + line.grams)
    days = timedelta(days=batch.harvest_days)
    return [Wait(bed, day, grams, day + days) for bed, (day, grams) in beds.items()]


def harvest_from(bed: Holder) -> date | None:
    """Return the day from which a bed may be harvested, None where no batch was ever spread."""
    batches = Batch.objects.filter(
        holder__lines__movement__lines__holder=bed, holder__lines__grams__lt=0
    ).distinct()
    days = [wait.harvest_from for batch in batches for wait in waits(batch) if wait.bed == bed]
    return max(days, default=None)
