"""How a person wants to hear."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from harmonia.commons.notices.models.notice import Kind


class Channel(models.TextChoices):
    """Where a notice goes."""

    PAGE = "page", _("On my page")
    MAIL = "mail", _("On my page and by mail")
    OFF = "off", _("Not at all")


USUAL = {
    Kind.ALARM: Channel.MAIL,
    Kind.COVENANT: Channel.PAGE,
    Kind.UPGRADE: Channel.MAIL,
    Kind.STORY: Channel.PAGE,
    Kind.NEWS: Channel.PAGE,
}


class Preference(models.Model):
    """The channel a person chose for a kind; without one the usual channel holds."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    channel = models.CharField(max_length=4, choices=Channel.choices)

    class Meta:
        ordering = ["person", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notices_preference_once"),
            models.CheckConstraint(name="notices_preference_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="notices_preference_channel_known", condition=Q(channel__in=Channel.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.channel}"
