"""What the model said about sets of options, side by side."""

from django.db import models
from django.db.models import Q

from harmonia.commons.journal.sentences import shown
from harmonia.commons.journal.states import StateGraph

COMPARISON = StateGraph(
    name="nexus_designcomparison",
    initial="waiting",
    steps={
        "waiting": ("running", "failed"),
        # A worker that was stopped half way begins again.
        "running": ("running", "done", "failed"),
        "done": (),
        "failed": (),
    },
)


class DesignComparison(models.Model):
    """One question to the model: every affordable set of `options`, on one plant version.

    `subject` names who asked ("voice:3"); until `shown` only people who may compare see it. `options` hold code,
    name, cost and edits; `outcome` is `science.metabolism.designs.as_plain`, with template
    and values of every reason beside it; `said` is why it failed.
    """

    version = models.ForeignKey("nexus.PlantVersion", on_delete=models.PROTECT, related_name="comparisons")
    subject = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    by = models.UUIDField(null=True, blank=True)  # a pseudonym
    budget = models.PositiveIntegerField()
    currency = models.CharField(max_length=4, blank=True)
    options = models.JSONField(default=list)
    shown = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=COMPARISON.choices(), default=COMPARISON.initial)
    said = models.CharField(max_length=400, blank=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject"])]
        permissions = [("compare_designs", "Can ask the model to compare sets of options")]
        constraints = [
            COMPARISON.constraint(),
            models.CheckConstraint(
                name="nexus_designcomparison_done_with_outcome",
                condition=~Q(state="done") | Q(done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nexus_designcomparison_failed_with_reason", condition=~Q(state="failed") | ~Q(said="")
            ),
        ]

    def __str__(self) -> str:
        return f"comparison {self.pk}: {self.title}"

    @property
    def why(self) -> str:
        """Why it failed, in the language of whoever reads it."""
        return shown(self.outcome.get("why", {}), self.said)

    @property
    def impossible(self) -> list[tuple[str, str]]:
        """The sets ("bag+tank") that make no plant, and why, in the language of whoever reads it."""
        whys = self.outcome.get("whys", {})
        return [(c, shown(whys.get(c, {}), said)) for c, said in self.outcome.get("impossible", {}).items()]
