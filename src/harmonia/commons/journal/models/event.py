"""One thing that happened."""

from django.db import models


class Event(models.Model):
    """An append-only fact: topic, place in the topic, kind, payload. The database refuses changes."""

    topic = models.ForeignKey("journal.Topic", on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["topic", "sequence"]
        constraints = [models.UniqueConstraint(fields=["topic", "sequence"], name="journal_event_once")]

    def __str__(self) -> str:
        return f"{self.topic_id} #{self.sequence}: {self.kind}"
