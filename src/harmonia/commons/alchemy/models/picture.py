"""A photo, re-encoded: nothing of the uploaded file is kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy.models.access import Access


class Picture(models.Model):
    """One photo of an artifact in a few widths, found under a name nobody can guess."""

    artifact = models.OneToOneField("alchemy.Artifact", on_delete=models.CASCADE, related_name="picture")
    name = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField(default=list)  # [px], smallest first
    alt = models.CharField(_("what the photo shows"), max_length=300)
    colour = models.CharField(max_length=7)  # "#rrggbb", the most telling colour
    access = models.CharField(max_length=8, choices=Access.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(name="alchemy_picture_has_alt_text", condition=~models.Q(alt="")),
            models.CheckConstraint(
                name="alchemy_picture_access_known", condition=models.Q(access__in=Access.values)
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    def files(self) -> list[str]:
        """Return the names of its files, smallest first."""
        return [f"{self.name}-{width}.webp" for width in self.widths]
