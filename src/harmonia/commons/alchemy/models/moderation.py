"""The log of what was reported, hidden, appealed and shown again, and of what tellers took back."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Moderation(models.Model):
    """One step with its reason; the database refuses to change or delete it, and to hide anything without it."""

    class Kind(models.TextChoices):
        """What was done."""

        REPORTED = "reported", _("Reported")
        DISMISSED = "dismissed", _("Looked at, left as it is")
        HIDDEN = "hidden", _("Hidden")
        APPEALED = "appealed", _("Its maker asked to look again")
        UPHELD = "upheld", _("Looked at again, stays hidden")
        SHOWN = "shown", _("Shown again")

    artifact = models.ForeignKey("alchemy.Artifact", on_delete=models.PROTECT, related_name="moderations")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    reason = models.CharField(max_length=1000)
    by = models.UUIDField(null=True)  # a pseudonym; nobody's where a visitor reported
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="alchemy_moderation_kind_known",
                condition=Q(kind__in=["reported", "dismissed", "hidden", "appealed", "upheld", "shown"]),
            ),
            models.CheckConstraint(name="alchemy_moderation_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="alchemy_moderation_somebody_decides", condition=Q(kind="reported") | Q(by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.artifact_id} {self.kind}: {self.reason}"


class Withdrawal(models.Model):
    """That a teller took something back: when and what, nothing of what it was. Without it nothing goes."""

    class What(models.TextChoices):
        """What was taken back."""

        STORY = "story", _("a story")
        PICTURE = "picture", _("a photo")
        RECORDING = "recording", _("a recording")

    artifact = models.ForeignKey("alchemy.Artifact", on_delete=models.PROTECT, related_name="withdrawals")
    what = models.CharField(max_length=9, choices=What.choices)
    row = models.BigIntegerField()  # which one, by its number in its own table
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["what", "row"], name="alchemy_withdrawal_once"),
            models.CheckConstraint(
                name="alchemy_withdrawal_what_known", condition=Q(what__in=["story", "picture", "recording"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.row}"
