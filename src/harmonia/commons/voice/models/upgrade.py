"""A question to everybody: what should the plant become next?"""

from django.db import models
from django.db.models import Q

from harmonia.commons.journal.states import StateGraph

UPGRADE = StateGraph(
    name="voice_upgrade",
    initial="drafting",
    steps={
        "drafting": ("open", "withdrawn"),
        "open": ("voting", "withdrawn"),
        "voting": ("decided", "withdrawn"),
        "decided": ("activated",),
        "activated": (),
        "withdrawn": (),
    },
)

EDITABLE = ("drafting", "open")
"""States in which options may still change."""


class Upgrade(models.Model):
    """A question with a budget [whole units of `currency`]; from `voting` on the database keeps it."""

    title = models.CharField(max_length=120)
    story = models.TextField()
    budget = models.PositiveIntegerField()
    currency = models.CharField(max_length=4, default="€")
    state = models.CharField(max_length=9, choices=UPGRADE.choices(), default=UPGRADE.initial)
    drafted_by = models.UUIDField()  # a pseudonym
    drafted_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    voting_at = models.DateTimeField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)  # the last day of voting, where one was promised
    decided_at = models.DateTimeField(null=True, blank=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)
    electorate = models.PositiveIntegerField(null=True, blank=True)  # people who may vote
    frozen_at = models.DateTimeField(
        null=True, blank=True
    )  # by this machine's clock: who joined later has no vote
    frozen = models.TextField(blank=True)  # canonical JSON of rule, options, budget, electorate
    frozen_sha256 = models.CharField(max_length=64, blank=True)
    decision = models.JSONField(null=True, blank=True)
    bundle = models.BinaryField(null=True, blank=True)
    plant_version = models.ForeignKey(
        "nexus.PlantVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="upgrades"
    )

    class Meta:
        ordering = ["-drafted_at", "-id"]
        permissions = [
            ("open_vote", "Can open, close and withdraw a vote"),
            ("cast_ballot", "Can approve options"),
            ("activate_upgrade", "Can put what was chosen into force"),
        ]
        constraints = [
            UPGRADE.constraint(),
            models.CheckConstraint(
                name="voice_upgrade_frozen_while_voting",
                condition=Q(state__in=["drafting", "open", "withdrawn"])
                | (
                    Q(voting_at__isnull=False, frozen_at__isnull=False, electorate__isnull=False)
                    & ~Q(frozen_sha256="")
                ),
            ),
            models.CheckConstraint(
                name="voice_upgrade_decided_with_decision",
                condition=Q(state__in=["drafting", "open", "voting", "withdrawn"], decision__isnull=True)
                | Q(state__in=["decided", "activated"], decision__isnull=False, bundle__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_editable(self) -> bool:
        """Whether options may still change."""
        return self.state in EDITABLE
