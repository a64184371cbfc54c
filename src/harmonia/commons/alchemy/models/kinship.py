"""What came from what."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Kinship(models.Model):
    """A thing and one that was made from it; the matter went from holder to holder in the same step.

    A child is always recorded after its parent, which keeps the family free of circles; rows are for ever.
    """

    class Kind(models.TextChoices):
        """How the child came from the parent."""

        REMADE = "remade", _("remade into")
        SPLIT = "split", _("split into")
        JOINED = "joined", _("joined into")

    parent = models.ForeignKey("alchemy.Artifact", on_delete=models.PROTECT, related_name="became")
    child = models.ForeignKey("alchemy.Artifact", on_delete=models.PROTECT, related_name="came_from")
    kind = models.CharField(max_length=6, choices=Kind.choices)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "child"], name="alchemy_kinship_once"),
            models.CheckConstraint(
                name="alchemy_kinship_kind_known", condition=Q(kind__in=["remade", "split", "joined"])
            ),
            models.CheckConstraint(name="alchemy_kinship_parent_first", condition=Q(parent__lt=F("child"))),
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} {self.kind} {self.child_id}"
