"""One thing that could be bought or changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from harmonia.commons.journal.sentences import shown


class Foresight(models.TextChoices):
    """Whether the twin has said what an option would do."""

    UNNEEDED = "unneeded", _("changes nothing the model knows")
    WAITING = "waiting", _("the model is thinking")
    READY = "ready", _("foreseen")
    FAILED = "failed", _("the model could not say")


class Option(models.Model):
    """What it costs [whole currency units], the work [h], the edits of the plant, and what the twin foresees.

    `edits` is a list of {field, operation, value}; `foreseen` is what `nexus.actions.foresee` returned. `needs`,
    `excludes` and `substitutes` are lists of codes of the same upgrade. What law or safety asks for is `mandatory`:
    paid first, off the ballot. What the licence holder vetoed stays readable, with the reason, and off the ballot.
    """

    upgrade = models.ForeignKey("voice.Upgrade", on_delete=models.PROTECT, related_name="options")
    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    description = models.TextField()
    who = models.CharField(max_length=200, blank=True)  # who would do it, in words
    cost = models.PositiveIntegerField()
    labour_h = models.PositiveIntegerField(default=0)
    edits = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    excludes = models.JSONField(default=list)
    substitutes = models.JSONField(default=list)
    mandatory = models.BooleanField(default=False)
    mandatory_why = models.CharField(max_length=300, blank=True)
    vetoed_at = models.DateTimeField(null=True, blank=True)
    vetoed_by = models.UUIDField(null=True, blank=True)  # a pseudonym
    veto_why = models.CharField(max_length=300, blank=True)
    foresight = models.CharField(max_length=8, choices=Foresight.choices)
    foreseen = models.JSONField(default=dict)
    foreseen_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["upgrade", "code"]
        constraints = [
            models.UniqueConstraint(fields=["upgrade", "code"], name="voice_option_code_once"),
            models.CheckConstraint(
                name="voice_option_foresight_known", condition=Q(foresight__in=Foresight.values)
            ),
            models.CheckConstraint(
                name="voice_option_mandatory_with_reason", condition=Q(mandatory=False) | ~Q(mandatory_why="")
            ),
            models.CheckConstraint(
                name="voice_option_veto_with_reason",
                condition=Q(vetoed_at__isnull=True)
                | (Q(vetoed_by__isnull=False, mandatory=False) & ~Q(veto_why="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_on_ballot(self) -> bool:
        """Whether people choose about it: neither mandatory nor vetoed."""
        return not self.mandatory and self.vetoed_at is None

    @property
    def why_unforeseen(self) -> str:
        """Why the twin could not say, in the language of whoever reads it where the catalogue knows the whole note."""
        return shown({}, self.foreseen_note)
