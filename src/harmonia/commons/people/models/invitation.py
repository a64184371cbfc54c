"""An invitation link."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_code() -> str:
    """Return a code nobody can guess [128 bit]."""
    return secrets.token_urlsafe(16)


def in_two_weeks() -> datetime:
    """Return when an invitation made now ends."""
    return timezone.now() + timedelta(days=14)


class Invitation(models.Model):
    """One place at the table: a link that lets one person join, once."""

    code = models.CharField(max_length=32, unique=True, default=new_code, editable=False)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=20, default="resident")
    for_minor = models.BooleanField(
        _("for somebody under 16"), default=False, help_text=_("You become their guardian here.")
    )
    same_household = models.BooleanField(
        _("for somebody of my own household"),
        default=False,
        help_text=_("Where a vote is one for each household, you share it."),
    )
    expires_at = models.DateTimeField(default=in_two_weeks)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.role}, until {self.expires_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether somebody may still join with it."""
        return self.used_at is None and self.expires_at > timezone.now()
