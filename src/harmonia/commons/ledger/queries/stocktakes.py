"""What nobody can explain: the sum of all adjustments after counting."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from harmonia.commons.ledger.models import Balance, Holder, Line

UNEXPLAINED = "unexplained"  # the outside holder that counting books against


@dataclass(frozen=True)
class Unexplained:
    """Grams [g] that were counted missing and counted too much, and what households gave, less what they got back."""

    missing_g: int
    surplus_g: int
    brought_g: int

    @property
    def percent(self) -> float | None:
        """Missing matter as a share of what was brought [%]; None before anything was."""
        return 100 * self.missing_g / self.brought_g if self.brought_g else None


def unexplained() -> Unexplained:
    """Return what countings found; reversed adjustments cancel out."""
    # By its number: asked by its code, a database may read every line to find the few of this holder.
    place = Holder.objects.filter(code=UNEXPLAINED).values_list("id", flat=True).first()
    outside = Line.objects.filter(holder_id=place or 0, movement__reversed_by__isnull=True)
    found = outside.filter(movement__reverses__isnull=True).aggregate(
        missing=Sum("grams", filter=Q(grams__gt=0)), surplus=Sum("grams", filter=Q(grams__lt=0))
    )
    # What households gave on balance; their balances are few, their drop-offs are a million.
    total = (
        Balance.objects.filter(holder__kind=Holder.Kind.HOUSEHOLD).aggregate(total=Sum("grams"))["total"] or 0
    )
    return Unexplained(found["missing"] or 0, -(found["surplus"] or 0), -total)
