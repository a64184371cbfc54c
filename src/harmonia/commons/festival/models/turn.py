"""A story's place in the programme of an evening."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from harmonia.commons.journal.states import StateGraph

# Only the teller moves it; who is asked again is asked anew.
TURN = StateGraph(
    "festival_turn", "asked", {"asked": ("given", "refused"), "given": ("refused",), "refused": ()}
)
SHORTEST, LONGEST = 15, 600  # [s]


class Turn(models.Model):
    """A story in a queue: shown only once its teller gave consent to this evening."""

    evening = models.ForeignKey("festival.Evening", on_delete=models.PROTECT, related_name="turns")
    artifact = models.CharField(max_length=7)
    teller = models.UUIDField(editable=False)
    place = models.PositiveIntegerField()  # in the queue
    seconds = models.PositiveIntegerField(
        default=60, validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    state = models.CharField(max_length=7, choices=TURN.choices(), default=TURN.initial)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["evening", "place", "id"]
        constraints = [
            TURN.constraint(),
            models.UniqueConstraint(name="festival_turn_once_an_evening", fields=["evening", "artifact"]),
            models.CheckConstraint(
                name="festival_turn_length", condition=models.Q(seconds__gte=SHORTEST, seconds__lte=LONGEST)
            ),
            models.CheckConstraint(
                name="festival_turn_answered",
                condition=models.Q(state="asked", answered_at__isnull=True)
                | (~models.Q(state="asked") & models.Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.artifact} in {self.evening_id}, {self.state}"
