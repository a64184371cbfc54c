"""Which plant is in force since when."""

from django.db import models


class PlantVersion(models.Model):
    """A plant as text, once and for ever; the newest is in force."""

    number = models.PositiveIntegerField(unique=True)
    toml = models.TextField()
    since = models.DateTimeField()
    why = models.CharField(max_length=300)
    by = models.UUIDField(null=True, blank=True)  # a pseudonym
    liquid_volume_m3 = (
        models.FloatField()
    )  # [m3], read from the text once, so that no page needs the model's code
    gas_store_m3 = models.FloatField(default=0)  # [m3]; 0: no store
    water_per_feed = models.FloatField(default=0)  # [kg water per kg feed]

    class Meta:
        ordering = ["number"]
        permissions = [
            ("change_plant", "Can change the plant in force"),
            ("feed_plant", "Can record what the plant was fed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="nexus_plantversion_holds_something", condition=models.Q(liquid_volume_m3__gt=0)
            ),
            models.CheckConstraint(
                name="nexus_plantversion_no_negative_sizes",
                condition=models.Q(gas_store_m3__gte=0, water_per_feed__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"plant {self.number}"

    @property
    def liquid_g(self) -> int:
        """Mass of a full digester [g]; slurry weighs 1000 kg/m3 within 2 %."""
        return round(self.liquid_volume_m3 * 1_000_000)
