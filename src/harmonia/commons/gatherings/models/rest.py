"""What a gathering lets rest."""

from django.db import models


class Rest(models.Model):
    """A material that a gathering closed at the collection points; ended when it may come again."""

    gathering = models.ForeignKey("gatherings.Gathering", on_delete=models.PROTECT, related_name="rests")
    substance = models.ForeignKey("ledger.Substance", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["gathering", "substance"]
        constraints = [
            models.UniqueConstraint(
                fields=["substance"],
                condition=models.Q(ended_at__isnull=True),
                name="gatherings_rest_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"rest {self.pk}"
