"""What facilitators and scientists type when they ask everybody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.voice.models import Age, BallotKind, Per

DAY = {"type": "date"}


def _day(label: object, help_text: object = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs=DAY)
    return forms.DateField(label=str(label), help_text=str(help_text), required=required, widget=widget)


class UpgradeForm(forms.Form):
    """The question and its budget."""

    title = forms.CharField(
        label=_("What is the question?"), max_length=120, help_text=_("Like 'Room for the next street'.")
    )
    story = forms.CharField(
        label=_("Why now?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "What people should know before they choose: what happened, what happens if nothing changes."
        ),
    )
    budget = forms.IntegerField(
        label=_("Budget"),
        min_value=1,
        max_value=100_000_000,
        help_text=_("Whole units of the currency below."),
    )
    currency = forms.CharField(label=_("Currency"), max_length=4, initial="€")


class ElectorateForm(forms.Form):
    """Who votes, and how: said before voting opens, frozen then."""

    per = forms.ChoiceField(label=_("Ballot papers"), choices=Per.choices, widget=forms.RadioSelect)
    age = forms.ChoiceField(
        label=_("Who may vote"),
        choices=Age.choices,
        widget=forms.RadioSelect,
        help_text=_("Nobody's birthday is stored: an account of somebody under 16 has a guardian."),
    )
    assisted = forms.BooleanField(
        label=_("Somebody of one's own choice may help at the ballot"),
        required=False,
        help_text=_("To read, to type, to explain. Not to decide."),
    )
    ballot_kind = forms.ChoiceField(
        label=_("How people vote"), choices=BallotKind.choices, widget=forms.RadioSelect
    )


class SettleForm(forms.Form):
    """Why the sets were not compared, where that could not be."""

    uncompared_why = forms.CharField(
        label=_("If the model could not compare the sets: why?"),
        max_length=300,
        required=False,
        help_text=_("Everybody reads this. Leave it empty where the comparison is there."),
    )


class VoteForm(forms.Form):
    """Until when people can vote."""

    closes_on = _day(
        _("Last day of voting"),
        _("With a day, nobody can close the vote before it is over. Without one, a facilitator closes it."),
        required=False,
    )


class ScheduleForm(forms.Form):
    """When what was chosen is put into force."""

    day = _day(_("Day of the activation"), _("Everybody is told, and can come."))


class AccountForm(forms.Form):
    """How it went."""

    words = forms.CharField(
        label=_("How did it go, compared with what was foreseen?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What cost more, what took longer, what nobody thought of. Everybody reads this."),
    )


class WithdrawForm(forms.Form):
    """Why a question is taken back."""

    why = forms.CharField(
        label=_("Why?"), max_length=200, required=False, help_text=_("Everybody reads this.")
    )
