"""A batch of compost or digestate on its way to a garden: closed, treated, tested, released."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from harmonia.commons.journal.states import StateGraph

LIFE = StateGraph(
    name="ledger_batch",
    initial="open",
    steps={
        "open": ("closed",),
        "closed": ("treated", "rejected"),  # nothing more goes in
        "treated": ("tested", "released", "rejected"),  # its heat record meets its rule set
        "tested": ("released", "rejected"),  # a laboratory found what the rule set asks for
        "released": ("recalled",),  # may go to gardens
        "recalled": (),
        "rejected": (),
    },
)


class Batch(models.Model):
    """What the holder of kind `batch` is: by which rules, how far, and what proved it.

    The database lets nothing into a batch once it is closed, and nothing from it into a garden bed before it
    is released (see `invariants`).
    """

    holder = models.OneToOneField("ledger.Holder", on_delete=models.PROTECT, primary_key=True)
    rules = models.CharField(max_length=40, help_text=_("Code of a rule set in science.soil."))
    treatment = models.CharField(max_length=40, blank=True)
    needs_test = models.BooleanField()
    storage_days = models.PositiveSmallIntegerField(default=0)
    harvest_days = models.PositiveSmallIntegerField(default=0)
    particle_mm = models.FloatField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=LIFE.choices(), default=LIFE.initial)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    treated_at = models.DateTimeField(null=True, blank=True)
    tested_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.UUIDField(null=True, blank=True)  # a pseudonym
    proof = models.JSONField(default=dict, blank=True)  # rule set with edition and source, hours, turns
    reason = models.CharField(max_length=300, blank=True)  # of a rejection or recall

    class Meta:
        ordering = ["-opened_at"]
        permissions = [("release_batch", "Can release and recall batches")]
        constraints = [
            LIFE.constraint(),
            models.CheckConstraint(
                name="ledger_batch_released_on_proof",
                condition=~Q(state__in=["released", "recalled"])
                | Q(
                    closed_at__isnull=False,
                    treated_at__isnull=False,
                    released_at__isnull=False,
                    released_by__isnull=False,
                )
                & (Q(needs_test=False) | Q(tested_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id}: {self.state}"


class HeatReading(models.Model):
    """How hot a batch was, once; append-only."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="heat")
    at = models.DateTimeField()
    celsius = models.FloatField()
    recorder = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="ledger_heat_believable", condition=Q(celsius__gte=-40, celsius__lte=110)
            ),
            models.UniqueConstraint(fields=["batch", "at"], name="ledger_heat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.celsius:g} °C at {self.at:%Y-%m-%d %H:%M}"


class Turn(models.Model):
    """A batch was turned; append-only."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="turns")
    at = models.DateTimeField()
    recorder = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["batch", "at"], name="ledger_turn_once")]

    def __str__(self) -> str:
        return f"turned {self.at:%Y-%m-%d %H:%M}"
