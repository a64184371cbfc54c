"""A switch-over: decided together, checked item by item, called for by one person, confirmed by another, ramped up."""

from django.db import models
from django.db.models import F, Q

from harmonia.commons.journal.states import StateGraph

ACTIVATION = StateGraph(
    name="nexus_activation",
    initial="checking",
    steps={
        "checking": ("ramping", "called_off"),
        "ramping": ("holding", "finished", "rolled_back"),
        "holding": ("ramping", "rolled_back"),
        "finished": (),
        "rolled_back": (),
        "called_off": (),
    },
)

OPEN = ("checking", "ramping", "holding")
IN_FORCE = ("ramping", "holding", "finished", "rolled_back")
"""States after the confirmation."""


class Activation(models.Model):
    """What is to change, what was promised, who called for it and who confirmed it.

    `edits`: field, operation, value; `promised`: measures foreseen when it was decided, units in the names; `words`: the
    sentences people were told; `ramp`: the steps the twin planned, as `science.metabolism.RampStep`. Only one is open
    at a time: `slot` is 1 while it is. What happened on the way is append-only: `PreflightCheck`, `RampRecord`.
    """

    subject = models.CharField(max_length=60, blank=True)  # who decided, like "voice:3"
    title = models.CharField(max_length=120)
    edits = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, blank=True)  # of what was frozen when it was decided
    promised = models.JSONField(default=dict)
    words = models.JSONField(default=list)
    goal_kg_vs_m3_d = models.FloatField()
    before = models.ForeignKey(
        "nexus.PlantVersion", on_delete=models.PROTECT, related_name="activations_away"
    )
    plan_before = models.ForeignKey(
        "nexus.FeedPlan", null=True, blank=True, on_delete=models.PROTECT, related_name="activations"
    )
    ramp = models.JSONField(default=list)
    ramp_status = models.CharField(max_length=300, blank=True)
    ramp_planned_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=11, choices=ACTIVATION.choices(), default=ACTIVATION.initial)
    slot = models.PositiveSmallIntegerField(null=True, blank=True, unique=True, default=1)
    prepared_at = models.DateTimeField()
    prepared_by = models.UUIDField()  # pseudonyms
    pressed_at = models.DateTimeField(null=True, blank=True)
    pressed_by = models.UUIDField(null=True, blank=True)
    crowd = models.PositiveIntegerField(default=0)  # how many pressed with them
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    version = models.ForeignKey(
        "nexus.PlantVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="activations"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        permissions = [("call_activation", "Can prepare and call for a switch-over")]
        constraints = [
            ACTIVATION.constraint(),
            models.CheckConstraint(
                name="nexus_activation_one_at_a_time",
                condition=Q(state__in=OPEN, slot__isnull=False, slot=1)
                | (~Q(state__in=OPEN) & Q(slot__isnull=True)),
            ),
            models.CheckConstraint(
                name="nexus_activation_takes_two",
                condition=Q(confirmed_by__isnull=True)
                | (Q(pressed_by__isnull=False) & ~Q(pressed_by=F("confirmed_by"))),
            ),
            models.CheckConstraint(
                name="nexus_activation_in_force_when_confirmed",
                condition=Q(
                    state__in=IN_FORCE,
                    pressed_at__isnull=False,
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    version__isnull=False,
                )
                | Q(state__in=["checking", "called_off"], confirmed_at__isnull=True, version__isnull=True),
            ),
            models.CheckConstraint(
                name="nexus_activation_has_a_load", condition=Q(goal_kg_vs_m3_d__gt=0, goal_kg_vs_m3_d__lt=20)
            ),
        ]

    def __str__(self) -> str:
        return f"activation {self.pk}: {self.title}"

    @property
    def is_confirmed(self) -> bool:
        """Whether the changed plant came into force."""
        return self.state in IN_FORCE
