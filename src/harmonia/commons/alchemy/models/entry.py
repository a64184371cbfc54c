"""The words by which things are found."""

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """The folded words of one part of a thing, or of a repair; the database keeps its full-text index of them."""

    class Part(models.TextChoices):
        """Whose words; those of a story, a picture or a recording follow its own access."""

        THING = "thing"
        STORY = "story"
        PICTURE = "picture"
        RECORDING = "recording"
        REPAIR = "repair"

    part = models.CharField(max_length=9, choices=Part.choices)
    row = models.BigIntegerField()  # which one, by its number in its own table
    words = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "row"], name="alchemy_entry_once"),
            models.CheckConstraint(
                name="alchemy_entry_part_known",
                condition=Q(part__in=["thing", "story", "picture", "recording", "repair"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.row}"
