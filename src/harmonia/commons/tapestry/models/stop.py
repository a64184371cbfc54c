"""A stop of the cloth on its tour of the neighbourhood."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stop(models.Model):
    """Where the cloth hangs for some days; a place everybody knows, never anybody's home."""

    code = models.CharField(max_length=8, unique=True, editable=False)
    place = models.CharField(_("place"), max_length=120)
    words = models.TextField(_("what visitors find there"), max_length=600, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    by = models.UUIDField(editable=False)  # a pseudonym
    cancelled = models.BooleanField(default=False)

    class Meta:
        ordering = ["first_day", "id"]
        permissions = [
            ("exhibit", "Can send the cloth on tour"),
            ("moderate", "Can weave replies in, decline them and take them out"),
        ]
        constraints = [
            models.CheckConstraint(name="tapestry_stop_has_a_place", condition=~models.Q(place="")),
            models.CheckConstraint(
                name="tapestry_stop_ends_after_it_begins",
                condition=models.Q(last_day__gte=models.F("first_day")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"
