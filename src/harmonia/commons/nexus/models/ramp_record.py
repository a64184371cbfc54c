"""What happened on the way to the new load, and how what was promised compares with what came."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RampRecord(models.Model):
    """One step of a ramp, numbered without gaps. The database refuses changes, rises of more than 0.5 kg VS/m3/d, and
    rises sooner than 14 days after the one before."""

    class Kind(models.TextChoices):
        """What happened."""

        START = "start", _("begun")
        RISE = "rise", _("raised")
        HOLD = "hold", _("held")
        RESUME = "resume", _("taken up again")
        FINISH = "finish", _("finished")
        ROLL_BACK = "roll_back", _("rolled back")

    activation = models.ForeignKey("nexus.Activation", on_delete=models.PROTECT, related_name="records")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=Kind.choices)
    loading_kg_vs_m3_d = models.FloatField()  # from then on
    at = models.DateTimeField()
    by = models.UUIDField(null=True, blank=True)  # a pseudonym; none where a guard acted
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["activation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["activation", "number"], name="nexus_ramprecord_in_order"),
            models.CheckConstraint(
                name="nexus_ramprecord_begins_once",
                condition=Q(number=1, kind="start") | (Q(number__gt=1) & ~Q(kind="start")),
            ),
            models.CheckConstraint(
                name="nexus_ramprecord_only_guards_act_alone",
                condition=Q(kind__in=["hold", "finish"]) | Q(by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activation_id} #{self.number}: {self.kind} at {self.loading_kg_vs_m3_d}"


class Accounting(models.Model):
    """Foreseen against real, after three retention times and after a year, with the words that were promised."""

    class Kind(models.TextChoices):
        """After how long."""

        RETENTION = "retention", _("after three retention times")
        YEAR = "year", _("after a year")

    activation = models.ForeignKey("nexus.Activation", on_delete=models.PROTECT, related_name="accountings")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    due_on = models.DateField()
    made_at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["activation", "due_on"]
        constraints = [
            models.UniqueConstraint(fields=["activation", "kind"], name="nexus_accounting_once"),
        ]

    def __str__(self) -> str:
        return f"accounting of {self.activation_id} {self.kind}"
