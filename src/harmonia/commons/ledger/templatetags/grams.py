"""Grams as people read them."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def kg(grams: int) -> str:
    """Write grams [g] as kilograms with the digits that matter: 2.4 kg, 0.35 kg, 1,240 kg."""
    kilograms = grams / 1000
    digits = 0 if abs(kilograms) >= 100 else 1 if abs(kilograms) >= 10 else 2
    text = number_format(round(kilograms, digits), digits, use_l10n=True, force_grouping=True)
    return f"{text} kg"


@register.filter
def signed_kg(grams: int) -> str:
    """Write grams [g] as kilograms with sign and all digits, as a book does."""
    text = number_format(abs(grams) / 1000, 3, use_l10n=True, force_grouping=True)
    return f"{'+' if grams > 0 else '−'}{text} kg"
