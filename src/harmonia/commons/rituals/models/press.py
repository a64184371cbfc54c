"""The crowd's press."""

from django.db import models


class Press(models.Model):
    """That a participant pressed while the plant was being switched over; it moves no valve. Once each, append-only."""

    participant = models.OneToOneField(
        "rituals.Participant", on_delete=models.PROTECT, related_name="press", primary_key=True
    )
    ritual = models.ForeignKey("rituals.Ritual", on_delete=models.PROTECT, related_name="presses")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "participant"]

    def __str__(self) -> str:
        return f"press of {self.participant_id}"
