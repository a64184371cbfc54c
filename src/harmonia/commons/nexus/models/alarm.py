"""What needs care."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Alarm(models.Model):
    """Something that needs care, since when. Facts are numbers; words are made for the reader."""

    class Kind(models.TextChoices):
        """What is wrong."""

        ACIDS = "acids", _("acids")
        PH = "ph", _("pH")
        GAS_STORE = "gas_store", _("gas store")
        READINGS = "readings", _("readings")
        RAMP = "ramp", _("ramp")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    since = models.DateTimeField()
    facts = models.JSONField(default=dict)
    closes = models.ForeignKey(
        "ledger.Substance", null=True, blank=True, on_delete=models.PROTECT, related_name="alarms"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(lifted_at__isnull=True),
                name="nexus_alarm_one_open_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} since {self.since:%Y-%m-%d}"
