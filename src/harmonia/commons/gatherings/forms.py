"""What people fill in around a gathering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.gatherings.models import Concern


class ChangeForm(forms.Form):
    """Where, when, and which bins meanwhile."""

    place = forms.CharField(label=_("Where do we meet?"), max_length=160)
    starts_at = forms.DateTimeField(
        label=_("When does it begin?"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    fallback = forms.CharField(
        label=_("Where does what rots go while the plant rests?"),
        max_length=120,
        help_text=_("A bin people know, like the city's brown bin."),
    )


class ConcernForm(forms.Form):
    """A worry or a question."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(Concern.Kind.QUESTION, _("A question")), (Concern.Kind.WORRY, _("A worry"))],
        initial=Concern.Kind.QUESTION,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In your words"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """A public answer."""

    words = forms.CharField(
        label=_("The answer, for everybody to read"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OutcomeForm(forms.Form):
    """What was agreed."""

    outcome = forms.CharField(
        label=_("What was agreed?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReasonForm(forms.Form):
    """Why it is called off."""

    reason = forms.CharField(label=_("Why?"), max_length=200, help_text=_("Everybody reads this."))
