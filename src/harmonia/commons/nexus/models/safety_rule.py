"""Which safety readings a site requires."""

from django.db import models

from harmonia.commons.nexus.models.reading import Reading


class SafetyRule(models.Model):
    """How old a safety reading may be, from which value on it is red; without a rule it is not required."""

    kind = models.CharField(max_length=12, unique=True, choices=Reading.Kind.choices)
    fresh_h = models.PositiveIntegerField()  # [h]
    red_from = models.FloatField(null=True, blank=True)  # in the unit of the kind; tests have none

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                name="nexus_safetyrule_of_a_safety_reading",
                condition=models.Q(kind__in=["h2s", "ch4_alarm", "leak_check"]),
            ),
            models.CheckConstraint(name="nexus_safetyrule_lasts", condition=models.Q(fresh_h__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} every {self.fresh_h} h"

    @property
    def fresh_days(self) -> int:
        """How old its reading may be [d], rounded down."""
        return self.fresh_h // 24


# H2S: 10 ppm is NIOSH's ceiling for ten minutes of work (DHHS (NIOSH) 77-158). How often is each site's own
# decision; a week and a month are what makers of detectors ask for at least.
USUAL: dict[str, tuple[int, float | None]] = {
    Reading.Kind.H2S: (7 * 24, 10.0),
    Reading.Kind.CH4_ALARM: (31 * 24, None),
    Reading.Kind.LEAK_CHECK: (31 * 24, None),
}
