"""A material that cannot be taken for now."""

from django.db import models
from django.db.models import Q


class Closure(models.Model):
    """Since when a material is closed, why, and which bin takes it meanwhile."""

    substance = models.ForeignKey("ledger.Substance", on_delete=models.PROTECT, related_name="closures")
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    instead = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["substance"], condition=Q(lifted_at__isnull=True), name="ledger_closure_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.substance} closed: {self.reason}"
