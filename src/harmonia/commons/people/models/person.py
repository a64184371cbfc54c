"""A person with an account."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class People(BaseUserManager["Person"]):
    """How accounts are found and made."""

    def create_user(self, email: str | None, password: str | None = None, **values: Any) -> "Person":
        """Make an account; without an address or a password nobody can sign in to it."""
        person = self.model(email=self.normalize_email(email).lower() if email else None, **values)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find an account by mail address, whatever the case it was typed in."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who belongs here, known by the name they chose."""

    email = models.EmailField(_("mail address"), unique=True, null=True, blank=True)
    name = models.CharField(_("chosen name"), max_length=60)
    language = models.CharField(_("language"), max_length=8, blank=True)
    guardian = models.ForeignKey(
        "self",
        verbose_name=_("guardian"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="wards",
        help_text=_("Set for people under 16: the adult who joined with them."),
    )
    # Who shares a kitchen shares this number; it says nothing about where that is.
    home = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    vouched = models.BooleanField(
        _("members vouched for them"),
        default=True,
        help_text=_("Set by the vouching of other members. Without it a person has no vote."),
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[People] = People()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                name="people_person_gone_without_trace",
                condition=models.Q(left_at__isnull=True)
                | models.Q(email__isnull=True, name="", is_active=False, guardian__isnull=True),
            ),
            models.UniqueConstraint(Lower("email"), name="people_person_email_once"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("somebody who left"))

    @property
    def is_minor(self) -> bool:
        """Whether an adult answers for this account."""
        return self.guardian_id is not None

    @property
    def shows_face_publicly(self) -> bool:
        """Whether photos and voice of this person may be seen outside the habitat."""
        return not self.is_minor
