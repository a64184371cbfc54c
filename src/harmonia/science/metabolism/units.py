"""The units plant logs are written in, and one unit for each kind of reading."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """value in the model's unit = factor * value + offset."""

    factor: float
    offset: float = 0.0


CUBIC_FOOT_M3, GALLON_M3, POUND_KG = 0.028316846592, 0.003785411784, 0.45359237
# kind -> unit as written -> scale to the unit named in MODEL_UNIT
SCALES: Mapping[str, Mapping[str, Scale]] = {
    "gas": {
        "m3/d": Scale(1.0),
        "L/d": Scale(1e-3),
        "cf/d": Scale(CUBIC_FOOT_M3),
        "m3/h": Scale(24.0),
        "cf/h": Scale(24 * CUBIC_FOOT_M3),
        "cf/min": Scale(1440 * CUBIC_FOOT_M3),
    },
    "amount": {
        "m3/d": Scale(1.0),
        "L/d": Scale(1e-3),
        "gal/d": Scale(GALLON_M3),
        "kg/d": Scale(1e-3),
        "lb/d": Scale(1e-3 * POUND_KG),
        "t/d": Scale(1.0),
    },
    "share": {"%": Scale(0.01), "-": Scale(1.0), "g/kg": Scale(1e-3)},
    "temperature": {
        "degC": Scale(1.0),
        "degF": Scale(5 / 9, -160 / 9),
        "K": Scale(1.0, -273.15),
    },
    "concentration": {"mg/L": Scale(1e-3), "g/L": Scale(1.0), "kg/m3": Scale(1.0)},
    "ph": {"-": Scale(1.0), "pH": Scale(1.0)},
    "ratio": {"-": Scale(1.0), "%": Scale(0.01)},
}
MODEL_UNIT = {
    "gas": "m3/d",
    "amount": "m3/d",
    "share": "-",
    "temperature": "degC",
    "concentration": "kg/m3",
    "ph": "-",
    "ratio": "-",
}


class UnitError(ValueError):
    """A unit that this kind of reading is not written in; the message lists those it is."""


def scale(kind: str, unit: str) -> Scale:
    """Return the scale of a unit for a kind of reading.

    Raises:
        UnitError: no such unit for this kind.
    """
    known = SCALES[kind]
    if unit not in known:
        raise UnitError(f"{unit!r} is no unit of {kind}; use {', '.join(known)}")
    return known[unit]


def to_model(kind: str, unit: str, value: float) -> float:
    """Return a value in the model's unit of its kind (see MODEL_UNIT)."""
    chosen = scale(kind, unit)
    return chosen.factor * value + chosen.offset


def from_model(kind: str, unit: str, value: float) -> float:
    """Return a value of the model's unit as it would be written in another."""
    chosen = scale(kind, unit)
    return (value - chosen.offset) / chosen.factor
