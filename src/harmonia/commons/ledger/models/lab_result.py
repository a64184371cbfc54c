"""What a laboratory found in what a holder holds."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    """What is measured; the unit is part of the name's second word (see UNITS)."""

    TOTAL_SOLIDS = "ts", _("total solids")
    VOLATILE_SOLIDS = "vs", _("volatile solids")
    CARBON = "c", _("carbon")
    NITROGEN = "n", _("nitrogen")
    PHOSPHORUS = "p", _("phosphorus")
    POTASSIUM = "k", _("potassium")
    E_COLI = "e_coli", _("E. coli")
    SALMONELLA = "salmonella", _("Salmonella")


# Measures of matter are per fresh mass, so that they multiply with the grams of the books.
UNITS = {
    Measure.TOTAL_SOLIDS: "g/kg",
    Measure.VOLATILE_SOLIDS: "g/kg",
    Measure.CARBON: "g/kg",
    Measure.NITROGEN: "g/kg",
    Measure.PHOSPHORUS: "g/kg",
    Measure.POTASSIUM: "g/kg",
    Measure.E_COLI: "cfu/g",
    Measure.SALMONELLA: "in 25 g",
}
OF_MATTER = tuple(measure for measure, unit in UNITS.items() if unit == "g/kg")


class LabResult(models.Model):
    """One number of a laboratory, with its spread; append-only: a newer one counts from its day on."""

    holder = models.ForeignKey("ledger.Holder", on_delete=models.PROTECT, related_name="lab_results")
    measure = models.CharField(max_length=12, choices=Measure.choices)
    value = models.FloatField()
    spread = models.FloatField(null=True, blank=True, help_text=_("Half width of the 80 % interval."))
    at = models.DateTimeField()
    laboratory = models.CharField(max_length=120)
    recorder = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="ledger_lab_believable",
                condition=Q(value__gte=0) & (Q(measure__in=["e_coli", "salmonella"]) | Q(value__lte=1000)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.value:g} {UNITS[Measure(self.measure)]}"
