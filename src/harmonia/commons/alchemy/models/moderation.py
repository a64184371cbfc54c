"""The log of what facilitators hid and showed again."""

from django.db import models
from django.utils import timezone

from harmonia.commons.alchemy.models.artifact import SHOWING


class Moderation(models.Model):
    """One decision with its reason; the database refuses to change or delete it."""

    artifact = models.ForeignKey("alchemy.Artifact", on_delete=models.PROTECT, related_name="moderations")
    state = models.CharField(max_length=8, choices=SHOWING.choices())
    reason = models.CharField(max_length=300)
    by = models.UUIDField()  # the facilitator's pseudonym
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="alchemy_moderation_state_known", condition=models.Q(state__in=list(SHOWING.steps))
            ),
            models.CheckConstraint(name="alchemy_moderation_says_why", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.artifact_id} {self.state}: {self.reason}"
