"""One thing that could be bought or changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Foresight(models.TextChoices):
    """Whether the twin has said what an option would do."""

    UNNEEDED = "unneeded", _("changes nothing the model knows")
    WAITING = "waiting", _("the model is thinking")
    READY = "ready", _("foreseen")
    FAILED = "failed", _("the model could not say")


class Option(models.Model):
    """What it costs [whole currency units], the work [h], the edits of the plant, and what the twin foresees.

    `edits` is a list of {field, operation, value}; `foreseen` is what `nexus.actions.foresee` returned.
    """

    upgrade = models.ForeignKey("voice.Upgrade", on_delete=models.PROTECT, related_name="options")
    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    description = models.TextField()
    cost = models.PositiveIntegerField()
    labour_h = models.PositiveIntegerField(default=0)
    edits = models.JSONField(default=list)
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
        ]

    def __str__(self) -> str:
        return self.title
