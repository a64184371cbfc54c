"""One step from a state to the next: the record of the ritual."""

from django.db import models


class Passage(models.Model):
    """Who took which step when, and why; append-only. `joined` counts who had come in by then."""

    ritual = models.ForeignKey("rituals.Ritual", on_delete=models.PROTECT, related_name="passages")
    old = models.CharField(max_length=11, blank=True)
    new = models.CharField(max_length=11)
    at = models.DateTimeField()
    by = models.UUIDField()  # a pseudonym
    reason = models.CharField(max_length=200, blank=True)
    joined = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["ritual", "id"]

    def __str__(self) -> str:
        return f"{self.old or 'nothing'} -> {self.new}"
