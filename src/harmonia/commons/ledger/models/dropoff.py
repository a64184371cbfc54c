"""What was seen in the bucket."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DropOff(models.Model):
    """The look into the bucket at a drop-off; the grams are in its movement."""

    class Foreign(models.TextChoices):
        """What did not belong."""

        NONE = "none", _("nothing foreign")
        PLASTIC = "plastic", _("plastic")
        GLASS = "glass", _("glass")
        METAL = "metal", _("metal")
        OTHER = "other", _("something else")

    movement = models.OneToOneField("ledger.Movement", on_delete=models.PROTECT, primary_key=True)
    point = models.ForeignKey("ledger.Holder", on_delete=models.PROTECT, related_name="drop_offs")
    foreign_kind = models.CharField(max_length=8, choices=Foreign.choices, default=Foreign.NONE)
    foreign_percent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ledger_dropoff_percent_fits_kind",
                condition=models.Q(foreign_kind="none", foreign_percent=0)
                | (~models.Q(foreign_kind="none") & models.Q(foreign_percent__range=(1, 100))),
            )
        ]

    def __str__(self) -> str:
        return f"drop-off {self.pk}"
