"""A photo, re-encoded: nothing of the uploaded file is kept."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy.models.access import FacesQuerySet, Shared

MOST_PICTURES = 6  # of one thing


class Picture(Shared):
    """One photo of an artifact in a few widths, found under a name nobody can guess."""

    artifact = models.ForeignKey("alchemy.Artifact", on_delete=models.PROTECT, related_name="pictures")
    name = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField(default=list)  # [px], smallest first
    formats = models.JSONField(default=list)  # "avif", "webp": best first
    alt = models.CharField(_("what the photo shows"), max_length=300)
    colour = models.CharField(max_length=7)  # "#rrggbb", the most telling colour
    # "#rrggbb #rrggbb #rrggbb", what its thread is dyed in; empty until `find_colours` looked.
    palette = models.CharField(max_length=23, blank=True, editable=False)

    objects = FacesQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            *Shared.Meta.constraints,
            models.CheckConstraint(name="alchemy_picture_has_alt_text", condition=~models.Q(alt="")),
            models.CheckConstraint(
                name="alchemy_picture_palette_of_whole_colours",
                condition=models.Q(palette="")
                | models.Q(In(Length("palette"), [7, 15, 23]), palette__startswith="#"),
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    def files(self, kind: str = "") -> list[str]:
        """Return the names of its files, best format and smallest width first; of one kind if asked."""
        return [f"{self.name}-{w}.{f}" for f in self.formats if kind in ("", f) for w in self.widths]
