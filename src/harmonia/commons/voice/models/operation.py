"""How what was bought is run: the answer to the second question of a vote."""

from django.db import models
from django.db.models import Q

from harmonia.commons.journal.sentences import shown

LONGEST_REASON = 400


class Operation(models.Model):
    """The operating design that residents' priorities chose once the vote was decided; rows are only added.

    `chosen` is its code; "" where none could be computed, and `said` tells why. A reason may be followed by another
    try; after a choice nothing follows. `told` holds the front with intervals, and no figure about one to four people;
    of a reason its template and values.
    """

    upgrade = models.ForeignKey("voice.Upgrade", on_delete=models.PROTECT, related_name="operations")
    at = models.DateTimeField()
    chosen = models.CharField(max_length=80, blank=True)
    said = models.CharField(max_length=LONGEST_REASON, blank=True)
    told = models.JSONField(default=dict)

    class Meta:
        ordering = ["upgrade", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["upgrade"], condition=~Q(chosen=""), name="voice_operation_chosen_once"
            ),
            models.CheckConstraint(
                name="voice_operation_chosen_or_said",
                condition=(~Q(chosen="") & Q(said="")) | (Q(chosen="") & ~Q(said="")),
            ),
        ]

    def __str__(self) -> str:
        return self.chosen or self.said

    @property
    def why(self) -> str:
        """Why none could be computed, in the language of whoever reads it."""
        return shown(self.told.get("why", {}), self.said)
