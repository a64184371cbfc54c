"""What somebody offers: a story, an artifact, an answer to the circle's question."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from harmonia.commons.journal.states import StateGraph

OFFERING = StateGraph(
    name="rituals_offering",
    initial="waiting",
    steps={"waiting": ("shown", "taken_back"), "shown": ("taken_back",), "taken_back": ()},
)


class Offering(models.Model):
    """Words on their way to the big screen; a person releases them. Taken back, only the place stays."""

    class Kind(models.TextChoices):
        """What is offered."""

        STORY = "story", _("a story")
        ARTIFACT = "artifact", _("an artifact")
        ANSWER = "answer", _("an answer")

    ritual = models.ForeignKey("rituals.Ritual", on_delete=models.PROTECT, related_name="offerings")
    participant = models.ForeignKey("rituals.Participant", on_delete=models.PROTECT, related_name="offerings")
    key = models.CharField(max_length=64)  # the client's own: sent twice, kept once
    kind = models.CharField(max_length=8, choices=Kind.choices)
    words = models.CharField(max_length=600, blank=True)
    name = models.CharField(max_length=40, blank=True)  # as they want to be called on the screen
    artifact = models.CharField(max_length=7, blank=True)  # the code of a thing in the gallery
    question = models.CharField(max_length=200, blank=True)  # the one that an answer answers
    phase = models.CharField(max_length=11)  # when it was offered; "announced" is the call
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=OFFERING.choices(), default=OFFERING.initial)
    place = models.PositiveIntegerField(null=True, blank=True)  # the how-manieth on the screen
    shown_at = models.DateTimeField(null=True, blank=True)
    shown_by = models.UUIDField(null=True, blank=True)  # a pseudonym: no words reach the screen by themselves

    class Meta:
        ordering = ["ritual", "id"]
        constraints = [
            OFFERING.constraint(),
            models.UniqueConstraint(fields=["participant", "key"], name="rituals_offering_key_once"),
            models.CheckConstraint(
                name="rituals_offering_words_until_taken_back",
                condition=(~Q(state="taken_back") & (~Q(words="") | ~Q(artifact="")))
                | Q(state="taken_back", words="", name="", artifact=""),
            ),
            models.CheckConstraint(
                name="rituals_offering_shown_by_somebody",
                condition=~Q(state="shown")
                | Q(place__isnull=False, shown_at__isnull=False, shown_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}, {self.state}"
