"""What anybody types to propose an option."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.voice import quantities
from harmonia.commons.voice.edits import OPERATIONS, choices
from harmonia.commons.voice.models import Option
from harmonia.commons.voice.plant_words import field as plant_field

CHANGES = 3
"""How many numbers of the plant one option may change in the form."""

PARTS = ("field", "operation", "value")
RELATIONS = ("needs", "excludes", "substitutes")


class OptionForm(forms.Form):
    """One option: words, cost, work, what it changes about the plant, and how it stands to other options."""

    title = forms.CharField(label=_("What is it?"), max_length=120)
    description = forms.CharField(label=_("In plain words"), widget=forms.Textarea(attrs={"rows": 4}))
    who = forms.CharField(
        label=_("Who would do it?"),
        max_length=200,
        required=False,
        help_text=_("A firm, the Saturday circle, you and two neighbours."),
    )
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
    needs = forms.MultipleChoiceField(
        label=_("It works only together with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    excludes = forms.MultipleChoiceField(
        label=_("It cannot be built together with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    substitutes = forms.MultipleChoiceField(
        label=_("It does the same as, so one of them is enough"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mandatory = forms.BooleanField(
        label=_("Law or safety asks for it"),
        required=False,
        help_text=_("It is paid first, and nobody votes about it."),
    )
    mandatory_why = forms.CharField(
        label=_("Which rule asks for it?"),
        max_length=300,
        required=False,
        help_text=_("So that everybody can check."),
    )

    def __init__(
        self, plant: Any, others: list[Option], *args: Any, asks: bool = False, **kwargs: Any
    ) -> None:
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
            self.fields[f"value{n}"] = forms.CharField(
                label=_("How much?"),
                max_length=40,
                required=False,
                help_text=_("In the unit above, or with your own: 500 L is read as 0.5 m³."),
            )
        for name in RELATIONS:
            self.fields[name].choices = [(o.code, o.title) for o in others]  # type: ignore[attr-defined]
            if not others:
                del self.fields[name]
        if not asks:
            del self.fields["mandatory"], self.fields["mandatory_why"]

    @property
    def changes(self) -> list[list[forms.BoundField]]:
        """The fields of each change, together."""
        return [[self[f"{part}{n}"] for part in PARTS] for n in range(1, CHANGES + 1)]

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields before the changes."""
        return [self[name] for name in ("title", "description", "who", "cost", "labour_h")]

    @property
    def relations(self) -> list[forms.BoundField]:
        """The fields after the changes: how it stands to others, and what must be."""
        names = (*RELATIONS, "mandatory", "mandatory_why")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Gather the changes; a change without a number is asked for."""
        values = super().clean() or {}
        edits = []
        for n in range(1, CHANGES + 1):
            path, operation, text = (values.pop(f"{part}{n}", None) for part in PARTS)
            if path:
                edits.append(self._edit(n, path, operation or "set", text or ""))
        values["edits"] = [edit for edit in edits if edit is not None]
        return values

    def _edit(self, n: int, path: str, operation: str, text: str) -> dict[str, Any] | None:
        if operation == "remove":
            return {"field": path, "operation": operation, "value": 0.0}
        found = plant_field(path)
        unit = found.unit if found and operation != "multiply" else ""
        if not text.strip():
            self.add_error(f"value{n}", _("Write the number, like 1.5."))
            return None
        try:
            value = quantities.read(text, unit, difference=operation == "add")
        except quantities.BadQuantity as error:
            self.add_error(f"value{n}", str(error))
            return None
        return {"field": path, "operation": operation, "value": value}


def written(option: Option) -> dict[str, Any]:
    """Return an option's words as the form's initial values."""
    names = (*("title", "description", "who", "cost", "labour_h", "mandatory", "mandatory_why"), *RELATIONS)
    values = {name: getattr(option, name) for name in names}
    for n, edit in enumerate(option.edits[:CHANGES], start=1):
        values |= {
            f"field{n}": edit["field"],
            f"operation{n}": edit["operation"],
            f"value{n}": f"{edit['value']:g}",
        }
    return values


class AuthorForm(forms.Form):
    """Let somebody write too."""

    name = forms.CharField(label=_("Chosen name of a member"), max_length=60)


class HandForm(forms.Form):
    """Lend a hand."""

    hours = forms.IntegerField(
        label=_("Hours I would help"), min_value=0, max_value=1000, help_text=_("0 takes it back.")
    )


class VetoForm(forms.Form):
    """Why the licence holder says no."""

    why = forms.CharField(
        label=_("Why can this not be done under the plant's licence?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads this, with your name."),
    )
