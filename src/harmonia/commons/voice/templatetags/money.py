"""Amounts as people read them."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def money(amount: int, currency: str = "€") -> str:
    """Write a whole amount with its currency: € 1,240."""
    return f"{currency}\u00a0{number_format(amount, 0, use_l10n=True, force_grouping=True)}"
