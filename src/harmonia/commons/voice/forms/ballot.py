"""The ballot, on a screen and from a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmonia.commons.people.models import Person
from harmonia.commons.voice.content import POINTS, Content
from harmonia.commons.voice.models import BallotKind, Option, Upgrade
from harmonia.commons.voice.priorities import OUTCOMES


@dataclass(frozen=True)
class Row:
    """An option on the ballot: its field, and whether or how much it has now."""

    option: Option
    field: forms.BoundField


class BallotForm(forms.Form):
    """Options to approve or to score, and outcomes to put in order; `said` is what it holds when cleaned."""

    def __init__(self, upgrade: Upgrade, options: Sequence[Option], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scored = upgrade.ballot_kind == BallotKind.SCORE
        self.options = list(options)
        for option in self.options:
            self.fields[f"option-{option.code}"] = self._field(option)
        ranks = [("", _("not among mine")), *((str(n), str(n)) for n in range(1, len(OUTCOMES) + 1))]
        for name, label in OUTCOMES.items():
            widget = forms.Select(attrs={"data-rank": name})
            self.fields[f"rank-{name}"] = forms.ChoiceField(
                label=str(label), choices=ranks, required=False, widget=widget
            )

    def _field(self, option: Option) -> forms.Field:
        attrs = {"data-cost": str(option.cost)}
        if not self.scored:
            return forms.BooleanField(label=option.title, required=False, widget=forms.CheckboxInput(attrs))
        points = [(str(n), str(n)) for n in range(POINTS + 1)]
        return forms.ChoiceField(
            label=option.title, choices=points, required=False, widget=forms.RadioSelect(attrs)
        )

    @property
    def rows(self) -> list[Row]:
        """The options with their fields."""
        return [Row(option, self[f"option-{option.code}"]) for option in self.options]

    @property
    def ranks(self) -> list[forms.BoundField]:
        """The outcomes with their fields."""
        return [self[f"rank-{name}"] for name in OUTCOMES]

    def clean(self) -> dict[str, Any]:
        """Gather what was said; two outcomes in one place are asked about."""
        values = super().clean() or {}
        places = {name: values.get(f"rank-{name}") for name in OUTCOMES}
        given = {name: int(place) for name, place in places.items() if place}
        if len(set(given.values())) < len(given):
            self.add_error(None, _("Two outcomes have the same place. Give each its own, or leave one out."))
        points = {o.code: int(values.get(f"option-{o.code}") or 0) for o in self.options}
        order = tuple(sorted(given, key=lambda name: given[name]))
        values["said"] = Content(points, order, scored=self.scored)
        return values


def filled(said: Content) -> dict[str, Any]:
    """Return a ballot's content as the form's initial values."""
    given: dict[str, Any] = {
        f"option-{code}": str(points) if said.scored else bool(points) for code, points in said.points.items()
    }
    return given | {f"rank-{name}": str(n) for n, name in enumerate(said.priorities, start=1)}


class SheetForm(BallotForm):
    """A paper ballot as one of two people reads it."""

    key = forms.CharField(
        label=gettext_lazy("Key on the sheet"),
        max_length=40,
        help_text=gettext_lazy("Six groups of four letters and digits."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class SheetsForm(forms.Form):
    """How many blank sheets to print."""

    number = forms.IntegerField(
        label=gettext_lazy("How many blank sheets?"), min_value=1, max_value=60, initial=5
    )


class HandOutForm(forms.Form):
    """Who takes a sheet."""

    person = forms.ChoiceField(label=gettext_lazy("Who takes a sheet from the pile?"))

    def __init__(self, people: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", _("choose a name")), *((str(p.pk), p.name) for p in people)]
        self.fields["person"].choices = names  # type: ignore[attr-defined]
