"""A voice that tells."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy.models.access import FacesQuerySet, Shared


class Recording(Shared):
    """A recording of at most five minutes, with what is said in it for those who cannot hear."""

    class Container(models.TextChoices):
        """What the file is, by its content."""

        M4A = "m4a", "MP4 audio"
        MP3 = "mp3", "MP3"
        OGG = "ogg", "Ogg Opus"
        WAV = "wav", "WAV"
        WEBM = "webm", "WebM"

    artifact = models.ForeignKey("alchemy.Artifact", on_delete=models.PROTECT, related_name="recordings")
    name = models.CharField(max_length=32, unique=True, editable=False)
    container = models.CharField(max_length=4, choices=Container.choices)
    seconds = models.PositiveSmallIntegerField()
    transcript = models.TextField(_("what is said"))
    language = models.CharField(_("language"), max_length=35)

    objects = FacesQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            *Shared.Meta.constraints,
            models.CheckConstraint(name="alchemy_recording_at_most_5_min", condition=Q(seconds__lte=300)),
            models.CheckConstraint(name="alchemy_recording_has_a_transcript", condition=~Q(transcript="")),
            models.CheckConstraint(
                name="alchemy_recording_container_known",
                condition=Q(container__in=["m4a", "mp3", "ogg", "wav", "webm"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.seconds} s"

    def files(self) -> list[str]:
        """Return the name of its file."""
        return [f"{self.name}.{self.container}"]
