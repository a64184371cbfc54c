"""What is left of the promises of homes that are gone."""

from django.db import models
from django.db.models import F, Q


class WeekTotal(models.Model):
    """All promises of one week by homes that left since: how many, how many kept, and the grams."""

    monday = models.DateField(unique=True)
    homes = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    promised_g = models.PositiveBigIntegerField(default=0)
    brought_g = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["monday"]
        constraints = [
            models.CheckConstraint(name="covenants_weektotal_kept_of_all", condition=Q(kept__lte=F("homes"))),
        ]

    def __str__(self) -> str:
        return f"week of {self.monday}"
