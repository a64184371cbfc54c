"""What nobody can explain: the sum of all adjustments after counting."""

from dataclasses import dataclass

from django.db.models import Sum

from harmonia.commons.ledger.models import Balance, Holder, Line, Movement

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
    # Step by step from the few adjustments: joined in one question, a database may begin with a million movements.
    place = Holder.objects.filter(code=UNEXPLAINED).values_list("id", flat=True).first() or 0
    counted = Line.objects.filter(holder_id=place)
    reversals = Movement.objects.filter(reverses_id__in=counted.values("movement_id")).values_list(
        "id", "reverses_id"
    )
    undone = {number for pair in reversals for number in pair}
    grams = [g for number, g in counted.values_list("movement_id", "grams") if number not in undone]
    # What households gave on balance; their balances are few, their drop-offs are a million.
    given = (
        Balance.objects.filter(holder__kind=Holder.Kind.HOUSEHOLD).aggregate(total=Sum("grams"))["total"] or 0
    )
    return Unexplained(sum(g for g in grams if g > 0), -sum(g for g in grams if g < 0), -given)
