"""What a person fills in about something that came in broken."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy.models import Repair
from harmonia.commons.alchemy.ords import CATEGORIES


class RepairForm(forms.Form):
    """One object, what was wrong, and how it ended: the columns of the Open Repair Data Standard."""

    what = forms.CharField(label=_("What is it?"), max_length=120, help_text=_("A toaster for two slices."))
    category = forms.ChoiceField(
        label=_("Kind of thing"),
        choices=lambda: [("", "…"), *sorted(((n, gettext(n)) for n in CATEGORIES), key=lambda kind: kind[1])],
    )
    brand = forms.CharField(label=_("Brand"), max_length=120, required=False)
    age = forms.DecimalField(
        label=_("Age in years"), required=False, min_value=0, max_value=200, decimal_places=1
    )
    problem = forms.CharField(
        label=_("What was wrong, and what was done?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everybody can read this, so leave names out of it."),
    )
    status = forms.ChoiceField(
        label=_("How did it end?"), choices=Repair.Status.choices, widget=forms.RadioSelect
    )
    barrier = forms.ChoiceField(
        label=_("What stood in the way?"),
        required=False,
        choices=[
            ("", "…"),
            *(pair for pair in Repair.Barrier.choices if pair[0] != Repair.Barrier.WORN_ITEM),
        ],
        help_text=_("Only if it could not be saved."),
    )
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    country = forms.RegexField(
        "^[A-Za-z]{3}$",
        label=_("Country"),
        help_text=_("Three letters, such as ESP or GBR: the shared table needs it."),
    )

    def __init__(self, *args: Any, country: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
        self.fields["country"].initial = country

    def clean(self) -> dict[str, Any]:
        """A barrier belongs to an end."""
        values = super().clean() or {}
        if values.get("barrier") and values.get("status") != Repair.Status.END_OF_LIFE:
            self.add_error("barrier", _("Leave this open, or say that it could not be saved."))
        return values

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        age = self.cleaned_data["age"]
        on: date = self.cleaned_data["on"]
        return {**self.cleaned_data, "age": "" if age is None else f"{age.normalize():f}", "on": on}
