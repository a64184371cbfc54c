"""What can hold matter."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Holder(models.Model):
    """A place or thing that holds matter. Boundary holders stand for the world outside and may go below zero."""

    class Kind(models.TextChoices):
        """What sort of holder it is."""

        HOUSEHOLD = "household", _("household")
        OUTSIDE = "outside", _("outside")
        POINT = "point", _("collection point")
        DIGESTER = "digester", _("digester")
        GAS_STORE = "gas_store", _("gas store")
        DIGESTATE = "digestate", _("digestate store")
        COMPOST = "compost", _("compost bay")
        BATCH = "batch", _("batch")
        GARDEN = "garden", _("garden bed")
        WORKSHOP = "workshop", _("workshop")
        ARTIFACT = "artifact", _("artifact")

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    boundary = models.BooleanField(default=False)
    where = models.CharField(
        max_length=120, blank=True, help_text=_("A place everybody knows, never a home address.")
    )
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="ledger_holder_boundary_by_kind",
                condition=models.Q(boundary=True, kind__in=["household", "outside"])
                | (models.Q(boundary=False) & ~models.Q(kind__in=["household", "outside"])),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Household(models.Model):
    """Whose household a boundary holder is: apart from the movements, deleted when the person leaves."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    holder = models.OneToOneField(Holder, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"household {self.holder_id}"
