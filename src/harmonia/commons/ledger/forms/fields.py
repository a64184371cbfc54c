"""Fields that several forms share."""

from typing import Any

from django import forms
from django.db.models import QuerySet


def kilograms(label: Any, **more: Any) -> forms.DecimalField:
    """Return a field for a weight [kg] that a thumb can fill."""
    attrs = {"data-unit": "kg", "inputmode": "decimal", "autocomplete": "off", "size": "6"}
    widget = forms.TextInput(attrs=attrs)
    return forms.DecimalField(
        label=label, widget=widget, max_digits=12, decimal_places=3, localize=True, **more
    )


def by_code(rows: "QuerySet[Any]", unknown: Any, **more: Any) -> "forms.ModelChoiceField[Any]":
    """Return a field that finds a row by its code."""
    return forms.ModelChoiceField(
        rows, to_field_name="code", error_messages={"invalid_choice": unknown}, **more
    )
