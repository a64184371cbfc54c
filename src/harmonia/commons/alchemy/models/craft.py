"""How a thing was made, and by whom."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from harmonia.commons.journal.states import StateGraph


class Technique(models.TextChoices):
    """What hands did; one vocabulary everywhere, so that things can be found by it."""

    ASSEMBLING = "assembling", _("assembling")
    BASKETRY = "basketry", _("basketry")
    BINDING = "binding", _("bookbinding")
    CARVING = "carving", _("carving")
    CASTING = "casting", _("casting")
    COLLAGE = "collage", _("collage")
    DYEING = "dyeing", _("dyeing")
    ELECTRONICS = "electronics", _("electronics")
    FELTING = "felting", _("felting")
    GLASSWORK = "glasswork", _("glasswork")
    JOINERY = "joinery", _("joinery")
    KNITTING = "knitting", _("knitting and crochet")
    METALWORK = "metalwork", _("metalwork")
    MOSAIC = "mosaic", _("mosaic")
    PAINTING = "painting", _("painting")
    PAPERMAKING = "papermaking", _("papermaking")
    QUILTING = "quilting", _("quilting")
    REPAIR = "repair", _("mending")
    SEWING = "sewing", _("sewing")
    SOAPMAKING = "soapmaking", _("soap making")
    UPHOLSTERY = "upholstery", _("upholstery")
    WEAVING = "weaving", _("weaving")


class Practice(models.Model):
    """One technique used on one thing."""

    artifact = models.ForeignKey("alchemy.Artifact", on_delete=models.PROTECT, related_name="practices")
    technique = models.CharField(max_length=16, choices=Technique.choices)

    class Meta:
        ordering = ["technique"]
        constraints = [
            models.UniqueConstraint(fields=["artifact", "technique"], name="alchemy_practice_once"),
            models.CheckConstraint(
                name="alchemy_practice_known", condition=Q(technique__in=Technique.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_technique_display())


# Only the person themself says yes; both can be changed by them at any time.
CONSENT = StateGraph(
    "alchemy_credit",
    "asked",
    {"asked": ("named", "unnamed"), "named": ("unnamed",), "unnamed": ("named",)},
)


class Credit(models.Model):
    """Somebody who had a hand in a thing, and whether they want to be named for it."""

    artifact = models.ForeignKey("alchemy.Artifact", on_delete=models.PROTECT, related_name="credits")
    token = models.UUIDField(db_index=True)  # a pseudonym: the name is gone when the person is
    part = models.CharField(_("what they did"), max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=CONSENT.choices(), default=CONSENT.initial)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            CONSENT.constraint(),
            models.UniqueConstraint(fields=["artifact", "token"], name="alchemy_credit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.token} {self.state}"
