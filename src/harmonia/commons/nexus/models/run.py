"""What the model said."""

from datetime import date, timedelta

from django.db import models


class Run(models.Model):
    """One run of the model over everything fed, and two weeks on: the case, the outcome, and how it ended.

    `feed` and `outcome` hold one number a day from `start` on; `until` is the last day that is history. Units
    are in the names. `seen` is the journal's number when the case was read: what came later is not in it.
    """

    version = models.ForeignKey("nexus.PlantVersion", on_delete=models.PROTECT, related_name="runs")
    made_at = models.DateTimeField()
    start = models.DateField()
    until = models.DateField()
    horizon_days = models.PositiveSmallIntegerField()
    engine = models.CharField(max_length=200)
    seed = models.BigIntegerField()
    members = models.PositiveSmallIntegerField()
    status = models.TextField()
    parameters = models.JSONField(default=dict)
    feed = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    seen = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["version", "until"])]

    def __str__(self) -> str:
        return f"run {self.pk} until {self.until}"

    def day_of(self, index: int) -> date:
        """Return the date of the number at an index of a series."""
        return self.start + timedelta(days=index)

    def index_of(self, day: date) -> int:
        """Return the place of a day in the series; may lie outside them."""
        return (day - self.start).days

    def series(self, name: str) -> list[float]:
        """Return one of the outcome's daily series; empty where a run of former days had none."""
        return list(self.outcome.get(name, ()))
