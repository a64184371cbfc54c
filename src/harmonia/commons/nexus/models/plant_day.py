"""One day of the plant, as the books have it."""

from django.db import models

from harmonia.commons.ledger.models import Movement


class PlantDay(models.Model):
    """What a day gave: gas, foreseen by the model until a meter reading replaces it, and digestate."""

    day = models.DateField(primary_key=True)
    gas_m3 = models.FloatField(default=0)  # [m3] at 0 degC and 101.325 kPa, dry
    measured = models.BooleanField(default=False)
    gas = models.ForeignKey(
        "ledger.Movement", null=True, blank=True, on_delete=models.PROTECT, related_name="gas_of"
    )
    closed = models.BooleanField(default=False)  # its digestate is booked, so the digester is level again
    digestate = models.ForeignKey(
        "ledger.Movement", null=True, blank=True, on_delete=models.PROTECT, related_name="digestate_of"
    )

    class Meta:
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(name="nexus_plantday_gas_not_negative", condition=models.Q(gas_m3__gte=0))
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.gas_m3} m3"

    @property
    def gas_g(self) -> int:
        """Return what its gas weighs in the books [g]."""
        return _into_store(self.gas)

    @property
    def digestate_g(self) -> int:
        """Return what its digestate weighs in the books [g]."""
        return _into_store(self.digestate)


def _into_store(movement: Movement | None) -> int:
    return sum(line.grams for line in movement.lines.all() if line.grams > 0) if movement else 0
