"""What people fill in about the tour."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from harmonia.commons.tapestry.actions.replying import LONGEST, NAME


class StopForm(forms.Form):
    """A stop of the tour."""

    place = forms.CharField(
        label=_("Where will it hang?"),
        max_length=120,
        help_text=_("A place everybody knows: the library, the bakery's window. Never anybody's home."),
    )
    first_day = forms.DateField(
        label=_("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    last_day = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    words = forms.CharField(
        label=_("What should visitors know?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Opening hours, steps at the door, whom to ask."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_day"].initial = timezone.localdate()


class ReplyForm(forms.Form):
    """What a visitor writes back."""

    text = forms.CharField(
        label=_("What would you like to say back?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Leave out what is private: everybody can read it once it is woven in."),
    )
    name = forms.CharField(
        label=_("A name to show, if you like"),
        required=False,
        max_length=NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    answers = forms.CharField(widget=forms.HiddenInput, required=False, max_length=7)
