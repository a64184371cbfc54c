"""A topic people can listen to."""

from django.db import models


class Topic(models.Model):
    """A stream of events with its own count; its row is the lock that keeps the count free of gaps."""

    name = models.CharField(max_length=60, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} #{self.sequence}"
