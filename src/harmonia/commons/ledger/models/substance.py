"""What matter is."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Substance(models.Model):
    """A kind of matter people bring or the plant makes."""

    class Use(models.TextChoices):
        """What becomes of it."""

        ROTS = "rots", _("feeds the Nexus")
        MAKES = "makes", _("is made into things")
        PRODUCT = "product", _("comes out of the Nexus")
        REFUSED = "refused", _("cannot be taken here")

    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=80)
    name_es = models.CharField(max_length=80)
    use = models.CharField(max_length=8, choices=Use.choices)
    feedstock = models.CharField(
        max_length=40, blank=True, help_text=_("Code in the feedstock library, which holds its analysis.")
    )
    max_drop_off_g = models.PositiveIntegerField(default=200_000)

    class Meta:
        ordering = ["use", "code"]

    def __str__(self) -> str:
        return self.name_es if (get_language() or "").startswith("es") else self.name_en
