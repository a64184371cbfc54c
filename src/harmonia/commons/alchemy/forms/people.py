"""Whom to name, and whom to let in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.people.models import Person


class SomebodyForm(forms.Form):
    """One of the people here."""

    person = forms.ChoiceField(label=_("Who?"))

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        person = self.fields["person"]
        assert isinstance(person, forms.ChoiceField)  # noqa: S101 - tells mypy what is declared above
        person.choices = [("", _("Choose one")), *((key, p.name) for key, p in self._people.items())]

    def somebody(self) -> Person:
        """Return who was chosen."""
        return self._people[self.cleaned_data["person"]]


class CreditForm(SomebodyForm):
    """Somebody who had a hand in a thing."""

    part = forms.CharField(
        label=_("What did they do?"),
        max_length=80,
        required=False,
        help_text=_("Wove the seat. Shown beside their name."),
    )


class CircleForm(forms.Form):
    """A new circle."""

    name = forms.CharField(
        label=_("Name of the circle"), max_length=60, help_text=_("Only the people in it read this name.")
    )
