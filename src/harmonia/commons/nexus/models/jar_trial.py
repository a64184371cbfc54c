"""Jar trials: bottles of one feedstock, who reads them, what was read, and what it told."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from harmonia.commons.journal.states import StateGraph

TRIAL = StateGraph(
    name="nexus_jartrial",
    initial="open",
    steps={"open": ("closed", "abandoned"), "closed": (), "abandoned": ()},
)


class JarTrial(models.Model):
    """Some bottles of one feedstock, set up together; a home jar or a trial by the standard."""

    class Tier(models.TextChoices):
        """How much its result may claim."""

        KITCHEN = "kitchen", _("home jar")
        STANDARD = "standard", _("standard trial")

    class Method(models.TextChoices):
        """What is read off a bottle; the unit is in `UNITS`."""

        GAS = "gas", _("all gas so far, by volume")
        METHANE = "methane", _("all methane so far, by a meter (dry, 0 °C, 1 atm)")
        PRESSURE = "pressure", _("pressure before it is let out")
        MASS = "mass", _("mass after gas was let out")

    class Inoculum(models.TextChoices):
        """What digests the feed."""

        DIGESTATE = "digestate", _("slurry of our own plant")
        MANURE = "manure", _("cow manure in water, strained")
        SLUDGE = "sludge", _("digested sewage sludge")

    class Vessel(models.TextChoices):
        """What holds the feed, as `science.metabolism.jar_safety.Vessel`."""

        BAG = "bag", _("a bottle that breathes into a bag")
        COLUMN = "column", _("a bottle that bubbles under water")
        PLASTIC = "plastic", _("a closed plastic bottle")
        GLASS_VENTED = "glass_vented", _("laboratory glass with a meter or a vent")
        GLASS = "glass", _("a closed glass jar")

    tier = models.CharField(max_length=8, choices=Tier.choices)
    substance = models.ForeignKey("ledger.Substance", on_delete=models.PROTECT, related_name="jar_trials")
    state = models.CharField(max_length=10, choices=TRIAL.choices(), default=TRIAL.initial)
    method = models.CharField(max_length=8, choices=Method.choices)
    inoculum = models.CharField(max_length=9, choices=Inoculum.choices)
    vessel = models.CharField(max_length=12, choices=Vessel.choices)
    headspace_ml = models.FloatField()  # above the liquid of each bottle
    bag_ml = models.FloatField(default=0)
    column_m = models.FloatField(default=0)
    temperature_c = models.FloatField()  # the warmest the bottles stand
    solids_error = models.FloatField()  # relative, of the substrate's volatile solids
    peak_kpa = models.FloatField()  # the most gauge pressure, as judged before they were closed
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            TRIAL.constraint(),
            models.CheckConstraint(name="nexus_jartrial_never_sealed_glass", condition=~Q(vessel="glass")),
            models.CheckConstraint(name="nexus_jartrial_below_its_limit", condition=Q(peak_kpa__lte=30)),
            models.CheckConstraint(
                name="nexus_jartrial_no_sludge_at_home",
                condition=~Q(tier="kitchen", inoculum="sludge"),
            ),
            models.CheckConstraint(
                name="nexus_jartrial_ends_with_a_day",
                condition=Q(state="open", ended_at__isnull=True)
                | ~Q(state="open") & Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"jar trial {self.pk}"

    @property
    def is_open(self) -> bool:
        """Return whether it is still read."""
        return self.state == TRIAL.initial

    @property
    def is_standard(self) -> bool:
        """Return whether the published standard judges it."""
        return self.tier == self.Tier.STANDARD

    @property
    def unit(self) -> str:
        """The unit of its readings."""
        return UNITS[self.Method(self.method)]

    def day_of(self, moment: datetime) -> float:
        """Return how long after closing a moment lies [d]."""
        return (moment - self.opened_at).total_seconds() / 86_400


UNITS: dict[JarTrial.Method, str] = {
    JarTrial.Method.GAS: "mL",
    JarTrial.Method.METHANE: "mL",
    JarTrial.Method.PRESSURE: "kPa",
    JarTrial.Method.MASS: "g",
}


class JarMaker(models.Model):
    """Somebody who may write readings of a trial."""

    trial = models.ForeignKey(JarTrial, on_delete=models.PROTECT, related_name="makers")
    token = models.UUIDField()  # a pseudonym
    first = models.BooleanField(default=False)  # who set it up: the pool takes it as the household

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["trial", "token"], name="nexus_jarmaker_once")]

    def __str__(self) -> str:
        return f"maker of {self.trial_id}"


class JarBottle(models.Model):
    """One bottle and what it holds [g of volatile solids]."""

    class Content(models.TextChoices):
        """What is inside beside the inoculum."""

        BLANK = "blank", _("inoculum only")
        CELLULOSE = "cellulose", _("cellulose")
        SUBSTRATE = "substrate", _("feed")

    trial = models.ForeignKey(JarTrial, on_delete=models.PROTECT, related_name="bottles")
    name = models.CharField(max_length=12)
    content = models.CharField(max_length=9, choices=Content.choices)
    inoculum_g = models.FloatField()
    substrate_g = models.FloatField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["trial", "name"], name="nexus_jarbottle_name_once"),
            models.CheckConstraint(
                name="nexus_jarbottle_blank_holds_inoculum_only",
                condition=Q(content="blank", substrate_g=0, inoculum_g__gt=0)
                | ~Q(content="blank") & Q(substrate_g__gt=0, inoculum_g__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class JarReading(models.Model):
    """One look at a bottle; a second one on the same day answers the first, and both stay."""

    bottle = models.ForeignKey(JarBottle, on_delete=models.PROTECT, related_name="readings")
    at = models.DateTimeField()
    value = models.FloatField()  # in the unit of the trial's method
    temperature_c = models.FloatField(default=20)  # of the gas that was measured
    methane_share = models.FloatField(null=True, blank=True)  # where somebody measured it
    by = models.UUIDField(null=True, blank=True)  # a pseudonym

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["bottle", "at"])]
        constraints = [
            models.CheckConstraint(
                name="nexus_jarreading_share_is_one",
                condition=Q(methane_share__isnull=True) | Q(methane_share__gte=0, methane_share__lte=1),
            ),
            models.CheckConstraint(name="nexus_jarreading_not_negative", condition=Q(value__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.bottle} {self.value:g}"
