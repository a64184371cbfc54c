"""What people type about themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from harmonia.commons.people.models import Person
from harmonia.commons.people.roles import ROLES

ROLE_NAMES = {
    "resident": _("resident"),
    "facilitator": _("facilitator"),
    "scientist": _("scientist"),
    "artist": _("artist"),
    "architect": _("architect"),
    "licensee": _("holder of the plant's licence"),
}


class JoinForm(forms.Form):
    """Accept an invitation."""

    name = forms.CharField(
        label=_("The name you want to be called"),
        max_length=60,
        help_text=_("A first name or any name you like. Other members see it."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = forms.EmailField(
        label=_("Mail address"),
        help_text=_("To sign in and to reach you. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 8 characters; a short sentence is good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Check the password against the name and the address."""
        values = super().clean() or {}
        if {"name", "email", "password"} <= values.keys():
            stranger = Person(name=values["name"], email=values["email"])
            try:
                validate_password(values["password"], stranger)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return values


class AccountForm(forms.Form):
    """Change name and language."""

    name = forms.CharField(label=_("The name you want to be called"), max_length=60)
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES, required=False)


class InviteForm(forms.Form):
    """Make an invitation link."""

    role = forms.ChoiceField(label=_("They join as"), choices=[(role, ROLE_NAMES[role]) for role in ROLES])
    for_minor = forms.BooleanField(label=_("They are under 16, and I am their guardian here"), required=False)
    same_household = forms.BooleanField(
        label=_("They live in my household"),
        required=False,
        help_text=_("Where a vote is one for each household, you share it."),
    )


class NoDeviceForm(forms.Form):
    """A place for somebody without a mail address."""

    name = forms.CharField(
        label=_("The name they want to be called by"),
        max_length=60,
        help_text=_("They vote on paper, once members vouched for them."),
    )


class LeaveForm(forms.Form):
    """Confirm leaving."""

    sure = forms.BooleanField(label=_("Yes, erase my name, my address and my account"))


class ForgottenForm(PasswordResetForm):
    """Who forgot the password types the address under the name it has everywhere here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Mail address")
