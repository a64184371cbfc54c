"""What came in broken, in the words of the Open Repair Data Standard 0.3 (openrepair.org)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Repair(models.Model):
    """One object at one repair event, and how it ended. Field names are the standard's own columns.

    `recorder` is the pseudonym of the member who told it; empty for rows that came from elsewhere.
    """

    class Status(models.TextChoices):
        """How it ended."""

        FIXED = "Fixed", _("Fixed")
        REPAIRABLE = "Repairable", _("Can be repaired")
        END_OF_LIFE = "End of life", _("End of life")
        UNKNOWN = "Unknown", _("Unknown")

    class Barrier(models.TextChoices):
        """What stood in the way at the end of life."""

        NO_PARTS = "Spare parts not available", _("Spare parts not available")
        DEAR_PARTS = "Spare parts too expensive", _("Spare parts too expensive")
        NO_WAY_IN = "No way to open product", _("No way to open it")
        NO_INFORMATION = "Repair information not available", _("Repair information not available")
        NO_EQUIPMENT = "Lack of equipment", _("Tools missing")
        WORN_OUT = "Too worn out", _("Too worn out")
        WORN_ITEM = "Item too worn out", _("Too worn out")  # so in the published rows, against their schema

    key = models.CharField(max_length=60, unique=True)  # the standard's `id`
    data_provider = models.CharField(max_length=120)
    country = models.CharField(max_length=3)
    partner_product_category = models.CharField(_("what it is"), max_length=255)
    product_category = models.CharField(_("kind of thing"), max_length=60)
    product_category_id = models.PositiveSmallIntegerField()
    brand = models.CharField(_("brand"), max_length=120, blank=True)
    year_of_manufacture = models.CharField(max_length=4, blank=True)
    product_age = models.CharField(max_length=12, blank=True)  # [a], as it was written: whole or decimal
    repair_status = models.CharField(max_length=11, choices=Status.choices)
    repair_barrier_if_end_of_life = models.CharField(max_length=40, choices=Barrier.choices, blank=True)
    group_identifier = models.CharField(max_length=120)
    event_date = models.DateField()
    problem = models.TextField(_("what was wrong, and what was done"), blank=True)
    recorder = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["-event_date", "-id"]
        indexes = [models.Index(fields=["-event_date", "-id"], name="alchemy_repair_newest")]
        constraints = [
            models.CheckConstraint(
                name="alchemy_repair_status_known",
                condition=Q(repair_status__in=["Fixed", "Repairable", "End of life", "Unknown"]),
            ),
            models.CheckConstraint(
                name="alchemy_repair_barrier_only_at_the_end",
                condition=Q(repair_barrier_if_end_of_life="") | Q(repair_status="End of life"),
            ),
            models.CheckConstraint(name="alchemy_repair_has_a_key", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.partner_product_category}"

    @property
    def kind(self) -> str:
        """The kind of thing in the reader's language."""
        return gettext(self.product_category) if self.product_category else ""

    @property
    def title(self) -> str:
        """What came in, in the words of who brought it where there are any."""
        return self.partner_product_category or self.kind
