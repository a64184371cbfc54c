"""A worry or a question, and its public answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from harmonia.commons.journal.states import StateGraph

CONCERN = StateGraph(
    name="gatherings_concern",
    initial="asked",
    steps={
        "asked": ("answered", "taken_back"),
        "answered": ("answered", "taken_back"),  # an answer may be made better
        "taken_back": (),
    },
)


class Concern(models.Model):
    """What a member worries about or asks, in public; taken back, words and answer are erased."""

    class Kind(models.TextChoices):
        """What it is."""

        WORRY = "worry", _("a worry")
        QUESTION = "question", _("a question")

    gathering = models.ForeignKey("gatherings.Gathering", on_delete=models.PROTECT, related_name="concerns")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    words = models.CharField(max_length=600, blank=True)
    token = models.UUIDField()  # a pseudonym
    at = models.DateTimeField()
    key = models.CharField(max_length=64)  # of the form: a button pressed twice asks once
    state = models.CharField(max_length=10, choices=CONCERN.choices(), default=CONCERN.initial)
    answer = models.TextField(blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["gathering", "id"]
        constraints = [
            CONCERN.constraint(),
            models.UniqueConstraint(fields=["token", "key"], name="gatherings_concern_key_once"),
            models.CheckConstraint(
                name="gatherings_concern_words_until_taken_back",
                condition=(~Q(state="taken_back") & ~Q(words=""))
                | Q(state="taken_back", words="", answer=""),
            ),
            models.CheckConstraint(
                name="gatherings_concern_answered_by_somebody",
                condition=~Q(state="answered")
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}, {self.state}"
