"""Numbers with units as people write them: "500 L", "1,5 m³", "98 °F"."""

import re
from functools import cache
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

AS_PINT = {
    "m³": "m**3",
    "m²": "m**2",
    "°C": "degC",
    "L": "L",
    "W/(m² K)": "W/(m**2*K)",
    "d": "day",
    "h": "hour",
}
SPELLINGS = {"³": "**3", "²": "**2", "°": "deg", "m3": "m**3", "m2": "m**2", "litros": "L", "litro": "L"}
NUMBER = re.compile(r"\s*([-+]?\d+(?:[.,]\d+)?)\s*(.*)")


class BadQuantity(ValueError):
    """What was written is no number, or not of this kind; the message is a sentence for who wrote it."""


@cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry(autoconvert_offset_to_baseunit=True, cache_folder=None)


def read(text: str, unit: str, *, difference: bool = False) -> float:
    """Return a number in `unit`; without a unit of its own it is in that unit already.

    `difference` reads a temperature as degrees more or less. Raises BadQuantity.
    """
    found = NUMBER.fullmatch(text)
    if found is None:
        raise BadQuantity(_("Write a number, like 1.5, with a unit if you like."))
    number, written = float(found[1].replace(",", ".")), found[2].strip()
    value = _converted(number, written, unit, difference=difference) if written else number
    if not isfinite(value):
        raise BadQuantity(_("Write a number, like 1.5, with a unit if you like."))
    return value


def _converted(number: float, written: str, unit: str, *, difference: bool) -> float:
    import pint

    if not unit:
        raise BadQuantity(_("This number has no unit; write the number alone."))
    kind = "delta_" if difference and unit == "°C" else ""
    try:
        given = _registry().Quantity(number, kind + _spelt(written))
        return round(float(given.to(kind + AS_PINT.get(unit, unit)).magnitude), 9)
    except (
        pint.PintError,
        ValueError,
        AttributeError,
        TypeError,
        AssertionError,
        ZeroDivisionError,
    ) as error:
        words = {"written": written, "unit": unit}
        raise BadQuantity(
            _("“%(written)s” cannot become %(unit)s. Write the number in %(unit)s.") % words
        ) from error


def _spelt(written: str) -> str:
    text = written.replace("° ", "°")
    for spelling, known in SPELLINGS.items():
        text = text.replace(spelling, known)
    # Units are short; anything longer is no unit and not worth parsing.
    if len(text) > 24 or not re.fullmatch(r"[A-Za-zµ*/() 0-9]+", text):
        raise ValueError(written)
    return text
