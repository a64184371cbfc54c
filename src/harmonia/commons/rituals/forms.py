"""What people fill in around a ritual."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from harmonia.commons.rituals.models import Offering
from harmonia.commons.voice.models import Upgrade


class DateTimeInput(forms.DateTimeInput):
    """The browser's own field for a day and a time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class WhereAndWhenForm(forms.Form):
    """Place and time."""

    place = forms.CharField(label=_("Where do we meet?"), max_length=160)
    starts_at = forms.DateTimeField(label=_("When does it begin?"), widget=DateTimeInput())
    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        min_value=10,
        max_value=720,
        initial=90,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def clean_starts_at(self) -> Any:
        """Refuse what is over already, before anything else is read."""
        value = self.cleaned_data["starts_at"]
        if value <= timezone.now():
            raise forms.ValidationError(_("Choose a time that is still to come."))
        return value


class AnnounceForm(WhereAndWhenForm):
    """Everything an announcement needs."""

    field_order = ("title", "place", "starts_at", "minutes", "upgrade", "call", "question", "story")
    title = forms.CharField(label=_("What is it called?"), max_length=120)
    upgrade = forms.ModelChoiceField(
        label=_("Which upgrade is it about?"),
        queryset=Upgrade.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    call = forms.CharField(
        label=_("What shall people bring or tell?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text=_("The call for artifacts and stories. What they offer opens the ritual."),
    )
    question = forms.CharField(
        label=_("The circle's question"),
        max_length=200,
        required=False,
        help_text=_("Everybody can answer it."),
    )
    story = forms.CharField(
        label=_("What is it for?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=3000, required=False
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["upgrade"]
        field.queryset = Upgrade.objects.exclude(state__in=("drafting", "withdrawn", "activated"))  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why; everybody reads it."""

    reason = forms.CharField(label=_("Why?"), max_length=200, help_text=_("Everybody reads this."))


class SeenForm(forms.Form):
    """What was done and seen on site."""

    seen = forms.CharField(
        label=_("What did you do, and what do you see?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LineForm(forms.Form):
    """One line for the screen; empty takes it away."""

    line = forms.CharField(max_length=200, required=False)


class OfferForm(forms.Form):
    """A story, a thing or an answer."""

    kind = forms.ChoiceField(
        label=_("What do you offer?"),
        choices=[
            (Offering.Kind.STORY, _("A story, in a few sentences")),
            (Offering.Kind.ARTIFACT, _("A thing I made")),
        ],
        initial=Offering.Kind.STORY,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Your words"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    artifact = forms.CharField(
        label=_("The thing's code"),
        max_length=7,
        required=False,
        help_text=_("It stands on its label, like K7QX-3M."),
    )
    name = forms.CharField(
        label=_("How shall we call you?"),
        max_length=40,
        required=False,
        help_text=_("It stands under your words, where everybody can read it."),
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


class AnswerForm(OfferForm):
    """An answer to the circle's question: only words and a name."""

    words = forms.CharField(label=_("Your answer"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        choices=[(Offering.Kind.ANSWER, "")], widget=forms.HiddenInput, initial=Offering.Kind.ANSWER
    )
    artifact = None  # type: ignore[assignment]


class CodeForm(forms.Form):
    """The code on the wall."""

    code = forms.CharField(
        label=_("The code on the wall"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
