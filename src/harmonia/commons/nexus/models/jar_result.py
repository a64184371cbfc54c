"""What jars told: each trial by itself, and all of them together."""

from django.db import models


class JarResult(models.Model):
    """The newest evaluation of a trial: results, rules broken, curve and yields to pool, as plain numbers."""

    trial = models.OneToOneField("nexus.JarTrial", on_delete=models.PROTECT, related_name="result")
    made_at = models.DateTimeField()
    told = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"result of {self.trial}"


class JarPool(models.Model):
    """All jars pooled after one more trial ended; the newest says what is known.

    `estimates`: feedstock -> low, middle, high [mL CH4/g VS] and jars; `gained`: feedstock, ± before and after
    [mL CH4/g VS] and bits of the trial that ended; `worth`: feedstock -> bits one more home jar would add.
    """

    trial = models.ForeignKey("nexus.JarTrial", on_delete=models.PROTECT, related_name="pools")
    made_at = models.DateTimeField()
    estimates = models.JSONField(default=dict)
    gained = models.JSONField(default=dict)
    worth = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"pool after {self.trial}"
