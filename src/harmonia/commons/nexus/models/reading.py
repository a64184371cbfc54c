"""What people read off the plant."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Reading(models.Model):
    """One look at an instrument, or one safety test; a mistake is answered by a newer one, never edited."""

    class Kind(models.TextChoices):
        """What was looked at."""

        GAS_METER = "gas_meter", _("Gas meter, total")
        PH = "ph", _("pH")
        TEMPERATURE = "temperature", _("Temperature")
        ACIDS = "acids", _("Acids, as acetic acid")
        ALKALINITY = "alkalinity", _("Alkalinity, as calcium carbonate")
        H2S = "h2s", _("Hydrogen sulphide in the room's air")
        CH4_ALARM = "ch4_alarm", _("Test of the methane alarm")
        LEAK_CHECK = "leak_check", _("Leak check")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()
    value = models.FloatField(null=True, blank=True)  # in the unit of its kind
    passed = models.BooleanField(null=True, blank=True)  # safety tests
    baseline = models.BooleanField(default=False)  # a new meter starts to count here
    by = models.UUIDField(null=True, blank=True)  # a pseudonym

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["kind", "at"])]
        constraints = [
            models.CheckConstraint(
                name="nexus_reading_says_something",
                condition=Q(kind__in=["ch4_alarm", "leak_check"], passed__isnull=False, value__isnull=True)
                | Q(kind="h2s", passed__isnull=False, value__gte=0)
                | Q(
                    kind__in=["gas_meter", "ph", "temperature", "acids", "alkalinity"],
                    value__isnull=False,
                    passed__isnull=True,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value if self.passed is None else self.passed}"

    @property
    def unit(self) -> str:
        """The unit of its value."""
        return UNITS[self.Kind(self.kind)]


UNITS: dict[Reading.Kind, str] = {
    Reading.Kind.GAS_METER: "m³",
    Reading.Kind.PH: "",
    Reading.Kind.TEMPERATURE: "°C",
    Reading.Kind.ACIDS: "mg/L",
    Reading.Kind.ALKALINITY: "mg/L",
    Reading.Kind.H2S: "ppm",
    Reading.Kind.CH4_ALARM: "",
    Reading.Kind.LEAK_CHECK: "",
}

# Between which values a reading can be at all; outside them somebody mistyped.
POSSIBLE: dict[Reading.Kind, tuple[float, float]] = {
    Reading.Kind.GAS_METER: (0, 10_000_000),
    Reading.Kind.PH: (3, 11),
    Reading.Kind.TEMPERATURE: (-10, 75),
    Reading.Kind.ACIDS: (0, 60_000),
    Reading.Kind.ALKALINITY: (0, 60_000),
    Reading.Kind.H2S: (0, 10_000),
}

TESTS = (Reading.Kind.CH4_ALARM, Reading.Kind.LEAK_CHECK)
SAFETY = (Reading.Kind.H2S, *TESTS)

FRESH_H: dict[Reading.Kind, int] = {
    Reading.Kind.GAS_METER: 72,
    Reading.Kind.PH: 7 * 24,
    Reading.Kind.TEMPERATURE: 7 * 24,
    Reading.Kind.ACIDS: 21 * 24,
    Reading.Kind.ALKALINITY: 21 * 24,
}
"""After how many hours a process reading no longer speaks for today; safety readings have their own rules."""
