"""Which hygiene rules this site follows."""

from django.db import models
from django.utils.translation import gettext


class HygieneChoice(models.Model):
    """From when on which rule set holds, and whether the plant has a pasteuriser; append-only, the newest counts."""

    rules = models.CharField(max_length=40)
    pasteuriser = models.BooleanField(default=False)
    allowed = models.JSONField(default=list, blank=True)  # what is off by default and this site turned on
    since = models.DateTimeField()
    by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        permissions = [("choose_hygiene", "Can choose the site's hygiene rules")]

    def __str__(self) -> str:
        return f"{self.rules} since {self.since:%Y-%m-%d}"

    @property
    def name(self) -> str:
        """The rule set's name in the language of now."""
        from harmonia.science.soil import rule_sets

        found = rule_sets().get(self.rules)
        return gettext(found.name) if found else self.rules
