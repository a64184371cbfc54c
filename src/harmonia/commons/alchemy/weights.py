"""Weights as people say them, in their own language's figures."""

from decimal import Decimal

from django.utils.formats import number_format

NBSP = "\N{NO-BREAK SPACE}"


def said(grams: int) -> str:
    """Return a weight [g] rounded to what matters: 850 g, 3.2 kg, 140 kg."""
    if grams < 1000:
        return f"{grams}{NBSP}g"
    places = 1 if grams < 100_000 and round(grams, -2) % 1000 else 0
    return f"{number_format(round(Decimal(grams) / 1000, places), force_grouping=True)}{NBSP}kg"


def exact(grams: int) -> str:
    """Return a weight [g] to the gram: 3.204 kg, 12 kg."""
    if grams < 1000:
        return f"{grams}{NBSP}g"
    kilograms = (Decimal(grams) / 1000).normalize()
    return f"{number_format(f'{kilograms:f}', force_grouping=True)}{NBSP}kg"
