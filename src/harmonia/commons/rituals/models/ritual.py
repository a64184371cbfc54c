"""A public event, from its announcement to its close."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from harmonia.commons.journal.states import StateGraph

WAY = ("announced", "gathering", "sharing", "unveiling", "choosing", "activating", "celebrating")
"""The states of a ritual that is under way, in the order in which they follow."""

OVER = ("closed", "called_off")

_NEXT = {
    "announced": ("gathering",),
    "gathering": ("sharing",),
    "sharing": ("unveiling",),
    "unveiling": ("choosing",),
    "choosing": ("activating", "celebrating"),  # the second where nothing is switched over that day
    "activating": ("celebrating",),
    "celebrating": ("closed",),
}

RITUAL = StateGraph(
    name="rituals_ritual",
    initial="announced",
    steps={
        **{state: (*goals, "paused", "called_off") for state, goals in _NEXT.items()},
        "paused": (*WAY, "called_off"),
        "closed": (),
        "called_off": (),
    },
)


class Ritual(models.Model):
    """What it is about, when and where, how it stands, and what everybody sees.

    `code` lets a guest in. The two-person rule and the way back from a pause are held by the database (invariants).
    """

    code = models.CharField(max_length=6, unique=True, editable=False)
    title = models.CharField(max_length=120)
    story = models.TextField(blank=True)
    call = models.TextField(blank=True)  # for artifacts and stories; what they offer opens the ritual
    place = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(default=90)
    upgrade = models.ForeignKey(
        "voice.Upgrade", null=True, blank=True, on_delete=models.PROTECT, related_name="rituals"
    )
    announced_by = models.UUIDField()  # a pseudonym
    announced_at = models.DateTimeField()
    state = models.CharField(max_length=11, choices=RITUAL.choices(), default=RITUAL.initial)
    paused_from = models.CharField(max_length=11, blank=True)
    reason = models.CharField(max_length=200, blank=True)  # of the pause, or of calling it off
    question = models.CharField(max_length=200, blank=True)
    caption = models.CharField(max_length=200, blank=True)
    # What the room was told last: stories and artifacts, answers to this question, presses.
    offered = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    pressed = models.PositiveIntegerField(default=0)
    voices = models.PositiveIntegerField(default=0)  # ballots of its vote

    class Meta:
        ordering = ["-starts_at", "-id"]
        permissions = [
            ("lead_ritual", "Can announce and lead a ritual"),
        ]
        constraints = [
            RITUAL.constraint(),
            models.CheckConstraint(name="rituals_ritual_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="rituals_ritual_length_possible", condition=Q(minutes__gte=10, minutes__lte=720)
            ),
            models.CheckConstraint(
                name="rituals_ritual_paused_from_somewhere",
                condition=(Q(state="paused") & Q(paused_from__in=WAY))
                | (~Q(state="paused") & Q(paused_from="")),
            ),
            models.CheckConstraint(
                name="rituals_ritual_stopped_with_reason",
                condition=~Q(state__in=["paused", "called_off"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def topic(self) -> str:
        """Its journal topic, which is also its room."""
        return f"ritual-{self.pk}"

    @property
    def ends_at(self) -> datetime:
        """When it is meant to be over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def phase(self) -> str:
        """Where it is, or was when it was paused."""
        return self.paused_from or self.state

    @property
    def is_over(self) -> bool:
        """Whether nothing can happen in it any more."""
        return self.state in OVER

    @property
    def takes_words(self) -> bool:
        """Whether offerings are taken: from the announcement, for the call, until it closes."""
        return self.state in WAY
