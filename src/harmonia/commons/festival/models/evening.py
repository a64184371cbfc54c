"""An evening of stories."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Evening(models.Model):
    """When and where stories are shown; a place everybody knows."""

    code = models.CharField(max_length=8, unique=True, editable=False)
    title = models.CharField(_("what it is called"), max_length=120)
    place = models.CharField(_("place"), max_length=120)
    at = models.DateTimeField(_("begins"))
    by = models.UUIDField(editable=False)  # a pseudonym
    cancelled = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "id"]
        permissions = [("programme", "Can plan evenings and ask for stories")]
        constraints = [
            models.CheckConstraint(
                name="festival_evening_is_named", condition=~models.Q(title="") & ~models.Q(place="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
