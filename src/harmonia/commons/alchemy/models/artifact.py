"""A thing that was made."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy.identities import new_identity
from harmonia.commons.journal.states import StateGraph

SHOWING = StateGraph("alchemy_artifact", "shown", {"shown": ("hidden",), "hidden": ("shown",)})


class Artifact(models.Model):
    """A made thing: its code, who made it (by pseudonym), and the holder of its matter.

    The database refuses to delete one, and to hide or show one without an entry in the log of moderation.
    """

    identity = models.UUIDField(unique=True, editable=False, default=new_identity)
    code = models.CharField(max_length=7, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    care = models.TextField(_("care and repair"), blank=True)
    maker = models.UUIDField(editable=False)  # a pseudonym: names go, things stay
    # Kept here because the guardian's link is erased when a minor leaves, and the protection must outlive it.
    by_minor = models.BooleanField(default=False, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    holder = models.OneToOneField("ledger.Holder", on_delete=models.PROTECT, related_name="artifact")
    movement = models.OneToOneField("ledger.Movement", on_delete=models.PROTECT, related_name="artifact")
    material = models.ForeignKey(
        "ledger.Substance",
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("What most of it is made of."),
    )
    repair = models.ForeignKey(
        "alchemy.Repair", null=True, blank=True, on_delete=models.PROTECT, related_name="artifacts"
    )
    state = models.CharField(max_length=8, choices=SHOWING.choices(), default=SHOWING.initial)

    class Meta:
        ordering = ["-made_at", "-id"]
        permissions = [("moderate", "Can hide what others told, and show it again")]
        constraints = [
            SHOWING.constraint(),
            models.CheckConstraint(name="alchemy_artifact_has_a_title", condition=~models.Q(title="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
