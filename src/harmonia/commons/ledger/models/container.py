"""Buckets and bins: what they weigh empty, what they take, and what a scale showed with them on it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Container(models.Model):
    """A bucket that is carried to the scale, or a bin that stands at a collection point.

    With a tare, whatever is weighed in it is weighed with it, and the tare is taken off.
    """

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    point = models.ForeignKey(
        "ledger.Holder", null=True, blank=True, on_delete=models.PROTECT, related_name="containers"
    )
    substance = models.ForeignKey(
        "ledger.Substance", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    tare_g = models.PositiveIntegerField(
        default=0, help_text=_("What it weighs empty [g]; 0: weighed without it.")
    )
    capacity_g = models.PositiveIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(name="ledger_container_holds_something", condition=Q(capacity_g__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name


class GrossWeight(models.Model):
    """What the scale showed for one drop-off, and the tare of that day; the net is in the movement. Append-only."""

    movement = models.OneToOneField(
        "ledger.Movement", on_delete=models.PROTECT, primary_key=True, related_name="gross"
    )
    container = models.ForeignKey(Container, on_delete=models.PROTECT, related_name="weighings")
    gross_g = models.PositiveIntegerField()
    tare_g = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="ledger_gross_above_tare", condition=Q(gross_g__gt=F("tare_g"))),
        ]

    def __str__(self) -> str:
        return f"{self.gross_g} g with {self.tare_g} g of container"


class Emptying(models.Model):
    """A bin was emptied; what was weighed into it since then is what it holds. Append-only."""

    container = models.ForeignKey(Container, on_delete=models.PROTECT, related_name="emptyings")
    at = models.DateTimeField()
    after_movement = models.BigIntegerField()  # the last one of the books then
    recorder = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.container_id} emptied {self.at:%Y-%m-%d %H:%M}"
