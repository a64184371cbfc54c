"""Who writes an option together, and what it said before."""

from django.db import models
from django.db.models import Q


class Author(models.Model):
    """Somebody, known as `token`, who may change an option's words: whoever proposed it, and whom they let in."""

    option = models.ForeignKey("voice.Option", on_delete=models.CASCADE, related_name="authors")
    token = models.UUIDField()  # a pseudonym
    first = models.BooleanField(default=False)  # who proposed it

    class Meta:
        ordering = ["option", "-first", "id"]
        constraints = [
            models.UniqueConstraint(fields=["option", "token"], name="voice_author_once"),
            models.UniqueConstraint(
                fields=["option"], condition=Q(first=True), name="voice_author_one_is_first"
            ),
        ]

    def __str__(self) -> str:
        return f"author of option {self.option_id}"


class Revision(models.Model):
    """What an option said, from one change to the next; rows are only added."""

    option = models.ForeignKey("voice.Option", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    by = models.UUIDField()  # a pseudonym
    at = models.DateTimeField()
    words = models.JSONField()  # every field people write

    class Meta:
        ordering = ["option", "-number"]
        constraints = [models.UniqueConstraint(fields=["option", "number"], name="voice_revision_once")]

    def __str__(self) -> str:
        return f"revision {self.number} of option {self.option_id}"


class Hand(models.Model):
    """Somebody who would help to build an option, if it is chosen [h]."""

    option = models.ForeignKey("voice.Option", on_delete=models.CASCADE, related_name="hands")
    token = models.UUIDField()  # a pseudonym
    hours = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["option", "id"]
        constraints = [models.UniqueConstraint(fields=["option", "token"], name="voice_hand_once")]

    def __str__(self) -> str:
        return f"{self.hours} h for option {self.option_id}"
