"""What people promised to bring."""

from django.db import models
from django.db.models import F, Q


class Expectation(models.Model):
    """An expected delivery: its source (a covenant's own code), what, how much a week, from when to when."""

    source = models.CharField(max_length=80)
    substance = models.ForeignKey("ledger.Substance", on_delete=models.PROTECT, related_name="expectations")
    kg_week = models.DecimalField(max_digits=9, decimal_places=3)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["source", "substance"]
        constraints = [
            models.UniqueConstraint(fields=["source", "substance"], name="nexus_expectation_once"),
            models.CheckConstraint(name="nexus_expectation_of_something", condition=Q(kg_week__gt=0)),
            models.CheckConstraint(
                name="nexus_expectation_ends_after_start",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.kg_week} kg a week"
