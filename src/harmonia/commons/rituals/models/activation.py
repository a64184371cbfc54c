"""The switch: asked for by one person, confirmed by a second, done by hand on site."""

from django.db import models
from django.db.models import F, Q


class Activation(models.Model):
    """Who asked, who confirmed (somebody else: the database holds it), who acted on site and what they saw."""

    ritual = models.OneToOneField("rituals.Ritual", on_delete=models.PROTECT, related_name="activation")
    asked_by = models.UUIDField()  # pseudonyms
    asked_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    acted_by = models.UUIDField(null=True, blank=True)
    acted_at = models.DateTimeField(null=True, blank=True)
    seen = models.CharField(max_length=300, blank=True)  # what was done on site, in words

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rituals_activation_two_people",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("asked_by"))
                ),
            ),
            models.CheckConstraint(
                name="rituals_activation_acted_after_confirmed",
                condition=Q(acted_by__isnull=True, acted_at__isnull=True)
                | Q(acted_by__isnull=False, acted_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"activation of {self.ritual_id}, {self.standing}"

    @property
    def standing(self) -> str:
        """How far it is: asked, confirmed or acted."""
        return "acted" if self.acted_by else "confirmed" if self.confirmed_by else "asked"
