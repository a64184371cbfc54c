"""What to feed in the next days, as the model proposes it or a scientist changed it."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from harmonia.commons.journal.sentences import shown
from harmonia.commons.journal.states import StateGraph

PLAN = StateGraph(
    name="nexus_feedplan",
    initial="asked",
    steps={
        "asked": ("proposed", "failed"),
        "proposed": ("accepted", "replaced"),
        "accepted": ("replaced",),
        "failed": (),
        "replaced": (),
    },
)


class FeedPlan(models.Model):
    """A plan of some days from `start`: kilograms a feedstock and day, and what the model makes of them.

    `feed`: feedstock -> kg of each day; `series`: name -> a number a day; `facts`: what fits, what has to wait, which
    limits hold it back or would have to give; `advice`: what to bring, one entry a feedstock. Units are in the names.
    """

    class Origin(models.TextChoices):
        """Who thought of it."""

        MODEL = "model", _("worked out by the model")
        EDITED = "edited", _("changed by a scientist")

    version = models.ForeignKey("nexus.PlantVersion", on_delete=models.PROTECT, related_name="feed_plans")
    state = models.CharField(max_length=10, choices=PLAN.choices(), default=PLAN.initial)
    origin = models.CharField(max_length=6, choices=Origin.choices)
    edited_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="edits"
    )
    start = models.DateField()
    days = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True, blank=True)  # a pseudonym
    made_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.UUIDField(null=True, blank=True)  # a pseudonym
    feed = models.JSONField(default=dict)
    series = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    advice = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state"])]
        constraints = [
            PLAN.constraint(),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="accepted"), name="nexus_feedplan_one_in_force"
            ),
            models.CheckConstraint(name="nexus_feedplan_has_days", condition=Q(days__gte=1, days__lte=60)),
            models.CheckConstraint(
                name="nexus_feedplan_accepted_by_somebody",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"feed plan {self.pk}"

    @property
    def why(self) -> str:
        """Why it could not be made, in the language of whoever reads it."""
        return shown(self.facts.get("why", {}), self.facts.get("status", ""))

    @property
    def end(self) -> date:
        """The last day it plans."""
        return self.start + timedelta(days=self.days - 1)

    def day_of(self, index: int) -> date:
        """Return the date at an index of its series."""
        return self.start + timedelta(days=index)

    def kilograms(self, day: date) -> dict[str, float]:
        """Return what it feeds on a day by feedstock [kg]; nothing outside its days."""
        index = (day - self.start).days
        if not 0 <= index < self.days:
            return {}
        return {code: kg[index] for code, kg in self.feed.items() if kg[index] > 0}
