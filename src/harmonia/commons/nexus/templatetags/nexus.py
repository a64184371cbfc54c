"""Small readings of numbers for the Nexus's pages."""

from collections.abc import Mapping

from django import template

from harmonia.commons.ledger.models import Substance

register = template.Library()


@register.filter
def of(fed: Mapping[str, float], substance: Substance) -> float:
    """What was fed of a material on a day [kg]."""
    return fed.get(substance.feedstock, 0.0)


@register.filter
def kilograms(grams: int) -> float:
    """Grams as kilograms."""
    return grams / 1000
