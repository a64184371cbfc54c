"""The books: movements, their lines, and the seal that closes them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What a movement does, in the words of ValueFlows."""

    PICKUP = "pickup", _("pick up")
    DROPOFF = "dropoff", _("drop off")
    TRANSFER = "transfer", _("transfer")
    CONSUME = "consume", _("consume")
    PRODUCE = "produce", _("produce")
    COMBINE = "combine", _("combine")
    SEPARATE = "separate", _("separate")
    RAISE = "raise", _("raise")
    LOWER = "lower", _("lower")
    ACCEPT = "accept", _("accept for repair")
    MODIFY = "modify", _("give back repaired")
    MOVE = "move", _("move")
    COPY = "copy", _("copy")
    TRANSFER_CUSTODY = "transferCustody", _("hand over for safe keeping")
    TRANSFER_ALL_RIGHTS = "transferAllRights", _("give away the rights")
    USE = "use", _("use")
    CITE = "cite", _("refer to")
    WORK = "work", _("work")
    DELIVER_SERVICE = "deliverService", _("do somebody a service")


class Seal(models.Model):
    """Closes a movement: its trigger sums the lines, and after it no line can be added."""

    id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"seal {self.pk}"


class Movement(models.Model):
    """Matter changed hands, once and for ever; a mistake is reversed, never edited."""

    action = models.CharField(max_length=20, choices=Action.choices)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorder = models.UUIDField(null=True, blank=True)  # a pseudonym: names go, matter stays
    key = models.CharField(max_length=80, unique=True, default=uuid.uuid4)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    estimated = models.BooleanField(default=False)  # foreseen by the twin; a meter reading replaces it
    note = models.CharField(max_length=200, blank=True)
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["occurred_at"]), models.Index(fields=["action", "occurred_at"])]
        permissions = [
            ("reverse_movement", "Can reverse anybody's movement"),
            ("count_stock", "Can count stock against the books"),
        ]
        constraints = [
            models.CheckConstraint(
                name="ledger_movement_not_its_own_reverse", condition=~Q(reverses=F("id"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.action}"


class Line(models.Model):
    """Grams into (+) or out of (-) a holder."""

    # The unique constraint's index begins with the movement; one of its own would only cost every line.
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="lines", db_index=False)
    holder = models.ForeignKey("ledger.Holder", on_delete=models.PROTECT, related_name="lines")
    substance = models.ForeignKey("ledger.Substance", on_delete=models.PROTECT, related_name="lines")
    grams = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="ledger_line_moves_something", condition=~Q(grams=0)),
            models.UniqueConstraint(fields=["movement", "holder", "substance"], name="ledger_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.grams:+d} g {self.substance_id} at {self.holder_id}"
