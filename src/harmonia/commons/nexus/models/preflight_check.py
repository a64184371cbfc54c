"""What somebody saw, tested or answered for before a switch-over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

ATTESTED_H: dict[str, int] = {
    "h2s_alarm": 7 * 24,
    "ch4_alarm": 7 * 24,
    "relief_valve": 24,
    "flame_arrester": 24,
    "crowd_zone": 1,
    "no_flame": 1,
    "operator": 1,
}
"""The safety list: what a person has to have tested or seen, and for how long that counts [h]. No item has an override."""


class PreflightCheck(models.Model):
    """One look at one item. The newest counts; the database refuses changes, and any override of a safety item."""

    class Item(models.TextChoices):
        """What is looked at; those of `ATTESTED_H` are the safety list."""

        DESIGN = "design", _("The design is decided and frozen")
        TWIN = "twin", _("The twin is fresh and has planned the ramp")
        STOCK = "stock", _("Enough to feed is at hand")
        READINGS = "readings", _("The required safety readings are fresh and clear")
        H2S_ALARM = "h2s_alarm", _("The hydrogen sulphide alarm was tested")
        CH4_ALARM = "ch4_alarm", _("The methane alarm was tested")
        RELIEF_VALVE = "relief_valve", _("The relief valve was seen, free and in order")
        FLAME_ARRESTER = "flame_arrester", _("The flame arrester was seen, in place and in order")
        CROWD_ZONE = "crowd_zone", _("Everybody stands outside the marked zone")
        NO_FLAME = "no_flame", _("There is no flame and nobody smokes")
        OPERATOR = "operator", _("The responsible operator is present")

    class State(models.TextChoices):
        """What was found."""

        GREEN = "green", _("in order")
        RED = "red", _("not in order")
        OVERRIDDEN = "overridden", _("overridden")

    activation = models.ForeignKey("nexus.Activation", on_delete=models.PROTECT, related_name="checks")
    item = models.CharField(max_length=14, choices=Item.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()  # when it was tested or seen
    recorded_at = models.DateTimeField()
    by = models.UUIDField()  # a pseudonym

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["activation", "item"])]
        constraints = [
            models.CheckConstraint(
                name="nexus_preflightcheck_safety_has_no_override",
                condition=~Q(state="overridden") | Q(item__in=["design", "twin", "stock"]),
            ),
            models.CheckConstraint(
                name="nexus_preflightcheck_override_has_a_reason",
                condition=~Q(state="overridden") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="nexus_preflightcheck_a_person_looks_only_at_the_safety_list",
                condition=Q(state="overridden") | Q(item__in=list(ATTESTED_H)),
            ),
            models.CheckConstraint(
                name="nexus_preflightcheck_not_of_the_future", condition=Q(at__lte=models.F("recorded_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.state}"
