"""The switch: called for by one person with the crowd, done by hand and confirmed by another on site."""

from django.db import models
from django.db.models import F, Q


class Activation(models.Model):
    """Which switch-over of the Nexus, who called for it with how many, who else acted on site and what they saw."""

    ritual = models.OneToOneField("rituals.Ritual", on_delete=models.PROTECT, related_name="activation")
    switch = models.ForeignKey("nexus.Activation", on_delete=models.PROTECT, related_name="rituals")
    called_by = models.UUIDField()  # pseudonyms
    called_at = models.DateTimeField()
    crowd = models.PositiveIntegerField(default=0)
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    seen = models.CharField(max_length=300, blank=True)  # what was done on site, in words

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rituals_activation_two_people",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True, seen="")
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(seen="")
                    & ~Q(confirmed_by=F("called_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"activation of {self.ritual_id}, {self.standing}"

    @property
    def standing(self) -> str:
        """How far it is: called or confirmed."""
        return "confirmed" if self.confirmed_by else "called"
