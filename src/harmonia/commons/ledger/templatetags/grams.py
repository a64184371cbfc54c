"""Grams as people read them; a no-break space keeps a number beside its unit."""

from math import floor, log10

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def kg(grams: int) -> str:
    """Write grams [g] as kilograms with the digits that matter: 2.4 kg, 0.35 kg, 1,240 kg."""
    kilograms = grams / 1000
    digits = 0 if abs(kilograms) >= 100 else 1 if abs(kilograms) >= 10 else 2
    text = number_format(round(kilograms, digits), digits, use_l10n=True, force_grouping=True)
    return f"{text}\u00a0kg"


@register.filter
def about(grams: float) -> str:
    """Write modelled grams [g] with the two digits they deserve: 2.4 kg, 0.35 kg, 12 g."""
    if 0 < grams < 99.5:
        return f"{two_digits(grams)}\u00a0g"
    return f"{two_digits(grams / 1000)}\u00a0kg"


def two_digits(value: float) -> str:
    """Write a modelled figure with two digits."""
    number = float(f"{value:.2g}")
    digits = 0 if abs(number) >= 10 else max(0, min(4, 1 - floor(log10(abs(number))))) if number else 0
    return str(number_format(number, digits, use_l10n=True, force_grouping=True))


@register.filter
def signed_kg(grams: int) -> str:
    """Write grams [g] as kilograms with sign and all digits, as a book does."""
    text = number_format(abs(grams) / 1000, 3, use_l10n=True, force_grouping=True)
    return f"{'+' if grams > 0 else '−'}{text} kg"
