"""What stands around the plant: who takes digestate when, what gas replaces, how much the operator accepts."""

from typing import Any

from django.db import models
from django.db.models import Q

ONLY = 1


class Surroundings(models.Model):
    """The place of the plant; one row, or none while nobody has told. Defaults are those of the science.

    `open_months` lists the months (1 to 12) in which gardens take `released_m3` [m3/month] of digestate each.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    digestate_store_m3 = models.FloatField(default=0)
    open_months = models.JSONField(default=list)
    released_m3 = models.FloatField(default=0)
    most_loading_kg_vs_m3_d = models.FloatField(default=2.0)
    least_retention_d = models.FloatField(default=30.0)
    displaced_fuel = models.CharField(max_length=12, default="lpg")
    otherwise = models.CharField(max_length=12, default="landfill")
    grid_kg_co2e_kwh = models.FloatField(null=True, blank=True)
    grid_source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="nexus_surroundings_only_one", condition=Q(id=ONLY)),
            models.CheckConstraint(
                name="nexus_surroundings_not_below_zero",
                condition=Q(digestate_store_m3__gte=0, released_m3__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return "the plant's surroundings"

    def as_site(self) -> dict[str, Any]:
        """Return the arguments of `science.metabolism.designs.Site`."""
        months = tuple(self.released_m3 if month in self.open_months else 0.0 for month in range(1, 13))
        same = (
            "digestate_store_m3", "most_loading_kg_vs_m3_d", "least_retention_d", "displaced_fuel", "otherwise",
            "grid_kg_co2e_kwh", "grid_source",
        )  # fmt: skip
        return {name: getattr(self, name) for name in same} | {"released_m3_month": months}
