"""Fields with room for a wet thumb."""

from typing import Any

from django import forms


def amount(label: Any, unit: str, **more: Any) -> forms.DecimalField:
    """Return a large number field with its unit."""
    attrs = {"data-unit": unit, "inputmode": "decimal", "autocomplete": "off", "size": "6"}
    return forms.DecimalField(
        label=label,
        max_digits=12,
        decimal_places=3,
        localize=True,
        widget=forms.TextInput(attrs=attrs),
        **more,
    )


def tiles_of(label: Any, tiles: list[tuple[str, str]]) -> forms.ChoiceField:
    """Return a choice of one among large tiles, whose words are made for this reader."""
    return forms.ChoiceField(label=label, choices=tiles, widget=forms.RadioSelect)
