"""Somebody in a ritual."""

import uuid

from django.db import models


class Participant(models.Model):
    """A guest, or a member under their pseudonym; `token` is what the room knows of either."""

    ritual = models.ForeignKey("rituals.Ritual", on_delete=models.PROTECT, related_name="participants")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.UUIDField(null=True, blank=True)  # a pseudonym; none for guests
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["ritual", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ritual", "person"], name="rituals_participant_person_once")
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"
