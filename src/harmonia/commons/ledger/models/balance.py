"""What each holder holds now."""

from django.db import models


class Balance(models.Model):
    """Grams of a substance at a holder: kept by trigger from the lines, read by everybody, written by nobody."""

    holder = models.ForeignKey("ledger.Holder", on_delete=models.PROTECT, related_name="balances")
    substance = models.ForeignKey("ledger.Substance", on_delete=models.PROTECT, related_name="balances")
    grams = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "substance"], name="ledger_balance_once")]

    def __str__(self) -> str:
        return f"{self.grams} g {self.substance_id} at {self.holder_id}"
