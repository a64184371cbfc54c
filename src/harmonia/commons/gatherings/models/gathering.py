"""A gathering that was called because something is wrong."""

from django.db import models
from django.db.models import Q

from harmonia.commons.journal.states import StateGraph

GATHERING = StateGraph(
    name="gatherings_gathering",
    initial="called",
    steps={
        "called": ("open", "closed", "called_off"),
        "open": ("closed", "called_off"),
        "closed": (),
        "called_off": (),
    },
)

OVER = ("closed", "called_off")


class Gathering(models.Model):
    """What happened, where and when people meet, and which bins take what the plant cannot meanwhile."""

    alarm = models.ForeignKey(
        "nexus.Alarm", null=True, blank=True, on_delete=models.PROTECT, related_name="gatherings"
    )
    title = models.CharField(max_length=160)
    happened = models.TextField()  # the alarm's own words, as they were when it was called
    place = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    fallback = models.CharField(max_length=120)  # where what rots goes while the plant rests
    called_by = models.UUIDField()  # a pseudonym
    called_at = models.DateTimeField()
    people = models.PositiveIntegerField()  # how many were called
    state = models.CharField(max_length=10, choices=GATHERING.choices(), default=GATHERING.initial)
    reason = models.CharField(max_length=200, blank=True)  # of calling it off
    outcome = models.TextField(blank=True)  # what was agreed, in words
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-called_at", "-id"]
        permissions = [
            ("call_gathering", "Can call everybody together, and close a gathering"),
            ("answer_concern", "Can answer worries and questions for everybody to read"),
        ]
        constraints = [
            GATHERING.constraint(),
            models.UniqueConstraint(
                fields=["alarm"], condition=~Q(state__in=OVER), name="gatherings_gathering_once_an_alarm"
            ),
            models.CheckConstraint(
                name="gatherings_gathering_called_off_with_reason",
                condition=~Q(state="called_off") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="gatherings_gathering_over_at_some_time",
                condition=Q(state__in=OVER, over_at__isnull=False)
                | (~Q(state__in=OVER) & Q(over_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked or answered."""
        return self.state in OVER
