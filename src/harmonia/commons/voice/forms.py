"""What facilitators and scientists type when they ask everybody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.voice.edits import OPERATIONS, choices

CHANGES = 3
"""How many numbers of the plant one option may change in the form."""

PARTS = ("field", "operation", "value")


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


class OptionForm(forms.Form):
    """One option: words, cost, work, and what it changes about the plant."""

    title = forms.CharField(label=_("What is it?"), max_length=120)
    description = forms.CharField(label=_("In plain words"), widget=forms.Textarea(attrs={"rows": 4}))
    cost = forms.IntegerField(
        label=_("Cost"), min_value=1, max_value=100_000_000, help_text=_("Whole units, everything included.")
    )
    labour_h = forms.IntegerField(
        label=_("Our own work, hours"),
        min_value=0,
        max_value=100_000,
        initial=0,
        help_text=_("All hands together."),
    )

    def __init__(self, plant: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", _("nothing")), *choices(plant)]
        for n in range(1, CHANGES + 1):
            self.fields[f"field{n}"] = forms.ChoiceField(
                label=_("What changes about the plant?") if n == 1 else _("What else changes?"),
                choices=names,
                required=False,
            )
            self.fields[f"operation{n}"] = forms.ChoiceField(
                label=_("How?"), choices=list(OPERATIONS.items()), required=False
            )
            self.fields[f"value{n}"] = forms.FloatField(
                label=_("Which number, in its unit?"), required=False, localize=True
            )

    @property
    def changes(self) -> list[list[forms.BoundField]]:
        """The fields of each change, together."""
        return [[self[f"{part}{n}"] for part in PARTS] for n in range(1, CHANGES + 1)]

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields before the changes."""
        return [self[name] for name in ("title", "description", "cost", "labour_h")]

    def clean(self) -> dict[str, Any]:
        """Gather the changes; a change without a number is asked for."""
        values = super().clean() or {}
        edits = []
        for n in range(1, CHANGES + 1):
            field, operation, value = (values.pop(f"{part}{n}", None) for part in PARTS)
            if field and value is None and f"value{n}" not in self.errors:
                self.add_error(f"value{n}", _("Write the number, like 1.5."))
            elif field:
                edits.append({"field": field, "operation": operation or "set", "value": value})
        values["edits"] = edits
        return values


class VoteForm(forms.Form):
    """Until when people can vote."""

    closes_on = forms.DateField(
        label=_("Last day of voting"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_(
            "With a day, nobody can close the vote before it is over. Without one, a facilitator closes it."
        ),
    )


class WithdrawForm(forms.Form):
    """Why a question is taken back."""

    why = forms.CharField(
        label=_("Why?"), max_length=200, required=False, help_text=_("Everybody reads this.")
    )
