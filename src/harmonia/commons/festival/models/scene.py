"""What a teller adds to a story so that it can stand in a room."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SIDES = ("front", "right", "back", "left")


class Scene(models.Model):
    """A shape for a story, and words for those who can't see it; one a story, made by its teller alone."""

    artifact = models.CharField(max_length=7, unique=True, editable=False)  # the code of the thing
    teller = models.UUIDField(editable=False)  # a pseudonym
    glb = models.CharField(max_length=32, blank=True, editable=False)  # a name nobody can guess
    glb_bytes = models.PositiveIntegerField(default=0)
    front = models.CharField(_("from the front"), max_length=300, blank=True)
    right = models.CharField(_("from the right"), max_length=300, blank=True)
    back = models.CharField(_("from behind"), max_length=300, blank=True)
    left = models.CharField(_("from the left"), max_length=300, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="festival_scene_glb_of_20_mb",
                condition=models.Q(glb_bytes__lte=20 * 1024 * 1024)
                & (models.Q(glb="", glb_bytes=0) | (~models.Q(glb="") & models.Q(glb_bytes__gt=0))),
            ),
        ]

    def __str__(self) -> str:
        return f"scene of {self.artifact}"
