"""A question to everybody: what should the plant become next?"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from harmonia.commons.journal.states import StateGraph

UPGRADE = StateGraph(
    name="voice_upgrade",
    initial="drafting",
    steps={
        "drafting": ("open", "withdrawn"),
        "open": ("foreseen", "withdrawn"),
        # Somebody has one more idea: back to the options.
        "foreseen": ("voting", "open", "withdrawn"),
        "voting": ("decided", "withdrawn"),
        "decided": ("scheduled",),
        # The weather turns, the crane is late: back, and scheduled anew.
        "scheduled": ("activated", "decided"),
        "activated": ("accounted",),
        "accounted": (),
        "withdrawn": (),
    },
)

BEFORE_VOTING = ("drafting", "open", "foreseen")
"""States in which the database still lets options, budget and rule change."""

EDITABLE = ("drafting", "open")
"""States in which people still write options."""

DECIDED = ("decided", "scheduled", "activated", "accounted")
"""States in which the ballots are counted."""


class BallotKind(models.TextChoices):
    """How people say what they want."""

    APPROVAL = "approval", _("tick what you could live with")
    SCORE = "score", _("give each option 0 to 5 points")


class Per(models.TextChoices):
    """Who holds one ballot paper."""

    PERSON = "person", _("one for each person")
    HOUSEHOLD = "household", _("one for each household")


class Age(models.TextChoices):
    """From which age people vote; nobody's birthday is stored, an account under 16 has a guardian."""

    GROWN = "grown", _("from 16 years on")
    EVERYBODY = "everybody", _("children too")


class Upgrade(models.Model):
    """A question with a budget [whole units of `currency`]; from `voting` on the database keeps it."""

    title = models.CharField(max_length=120)
    story = models.TextField()
    budget = models.PositiveIntegerField()
    currency = models.CharField(max_length=4, default="€")
    ballot_kind = models.CharField(max_length=8, choices=BallotKind.choices, default=BallotKind.APPROVAL)
    per = models.CharField(max_length=9, choices=Per.choices, default=Per.PERSON)
    age = models.CharField(max_length=9, choices=Age.choices, default=Age.GROWN)
    assisted = models.BooleanField(default=True)  # somebody of one's choice may help at the ballot
    state = models.CharField(max_length=9, choices=UPGRADE.choices(), default=UPGRADE.initial)
    drafted_by = models.UUIDField()  # a pseudonym
    drafted_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    foreseen_at = models.DateTimeField(null=True, blank=True)
    uncompared_why = models.CharField(max_length=300, blank=True)  # why the sets were not compared, publicly
    voting_at = models.DateTimeField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)  # the last day of voting, where one was promised
    decided_at = models.DateTimeField(null=True, blank=True)
    scheduled_for = models.DateField(null=True, blank=True)  # the day of the public activation
    activated_at = models.DateTimeField(null=True, blank=True)
    accounted_at = models.DateTimeField(null=True, blank=True)
    account = models.JSONField(null=True, blank=True)  # foreseen beside measured, as it was on that day
    account_words = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)
    electorate = models.PositiveIntegerField(null=True, blank=True)  # ballot papers that could be handed out
    frozen_at = models.DateTimeField(null=True, blank=True)  # by this machine's clock
    frozen = models.TextField(blank=True)  # canonical JSON of rule, options, budget, electorate, log key
    frozen_sha256 = models.CharField(max_length=64, blank=True)
    decision = models.JSONField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)  # what the public reads: tallies without small cells
    bundle = models.BinaryField(null=True, blank=True)  # all ballots, as they were counted
    plant_version = models.ForeignKey(
        "nexus.PlantVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="upgrades"
    )

    class Meta:
        ordering = ["-drafted_at", "-id"]
        permissions = [
            ("open_vote", "Can open, close and withdraw a vote"),
            ("propose_option", "Can propose an option"),
            ("veto_option", "Can veto an option as the holder of the plant's licence"),
            ("cast_ballot", "Can vote"),
            ("keep_desk", "Can hand out paper ballots and enter them"),
            ("activate_upgrade", "Can put what was chosen into force"),
        ]
        constraints = [
            UPGRADE.constraint(),
            models.CheckConstraint(
                name="voice_upgrade_frozen_while_voting",
                condition=Q(state__in=[*BEFORE_VOTING, "withdrawn"])
                | (
                    Q(voting_at__isnull=False, frozen_at__isnull=False, electorate__isnull=False)
                    & ~Q(frozen_sha256="")
                ),
            ),
            models.CheckConstraint(
                name="voice_upgrade_decided_with_decision",
                condition=Q(state__in=[*BEFORE_VOTING, "voting", "withdrawn"], decision__isnull=True)
                | Q(state__in=DECIDED, decision__isnull=False, bundle__isnull=False),
            ),
            models.CheckConstraint(
                name="voice_upgrade_scheduled_with_day",
                condition=~Q(state="scheduled") | Q(scheduled_for__isnull=False),
            ),
            models.CheckConstraint(
                name="voice_upgrade_accounted_with_account",
                condition=~Q(state="accounted") | Q(account__isnull=False, accounted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_editable(self) -> bool:
        """Whether options may still change."""
        return self.state in EDITABLE

    @property
    def is_decided(self) -> bool:
        """Whether the ballots are counted."""
        return self.state in DECIDED
