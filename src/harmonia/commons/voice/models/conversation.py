"""What people say to each other before they choose."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SHORTEST, LONGEST = 140, 280
"""Length of a statement [characters]: long enough for a claim and its reason, short enough to be read by all."""


class Statement(models.Model):
    """One thought, of 140 to 280 characters, that everybody can agree with, disagree with or pass."""

    upgrade = models.ForeignKey("voice.Upgrade", on_delete=models.PROTECT, related_name="statements")
    text = models.CharField(max_length=LONGEST)
    by = models.UUIDField()  # a pseudonym, never shown beside the text
    at = models.DateTimeField()
    hidden = models.BooleanField(default=False)

    class Meta:
        ordering = ["upgrade", "id"]
        permissions = [("moderate_statement", "Can hide a statement, publicly and with a reason")]
        constraints = [models.UniqueConstraint(fields=["upgrade", "text"], name="voice_statement_once")]

    def __str__(self) -> str:
        return self.text


class Stance(models.IntegerChoices):
    """What somebody makes of a statement, as the opinion map counts it."""

    AGREE = 1, _("agree")
    DISAGREE = -1, _("disagree")
    PASS = 0, _("pass")


class Reaction(models.Model):
    """Somebody's stance on a statement; it can be changed, and the pseudonym ends when they leave."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="reactions")
    token = models.UUIDField()  # a pseudonym
    stance = models.SmallIntegerField(choices=Stance.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "token"], name="voice_reaction_once"),
            models.CheckConstraint(name="voice_reaction_stance_known", condition=Q(stance__in=Stance.values)),
        ]

    def __str__(self) -> str:
        return f"{self.stance} on statement {self.statement_id}"


class Moderation(models.Model):
    """A statement was hidden or shown again, and why; everybody reads this log, rows are only added."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="moderations")
    hidden = models.BooleanField()
    why = models.CharField(max_length=200)
    by = models.UUIDField()  # a pseudonym
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(name="voice_moderation_with_reason", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"statement {self.statement_id}: {self.why}"
