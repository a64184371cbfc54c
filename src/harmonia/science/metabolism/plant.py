"""A plant as a small text file, and the edits an upgrade makes to it."""

import math
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Literal

Operation = Literal["set", "add", "multiply"]


class PlantError(ValueError):
    """A plant or an edit that cannot be; the message is one sentence for the reader."""


@dataclass(frozen=True)
class Plant:
    """A heated digester with a gas store and stoves.

    `liquid_m3`, `headspace_m3` [m3]; `temperature_c` [degC]; `dilution_l_per_kg`: water added per kg of feed
    [L/kg]; `gas_store_m3` [m3]: gas made while nobody cooks and beyond the store is burnt off; `stove_share`
    [-]: share of the kept gas that goes to stoves and counts as energy people use.
    """

    name: str
    liquid_m3: float
    headspace_m3: float
    temperature_c: float
    dilution_l_per_kg: float
    gas_store_m3: float
    stove_share: float

    def __post_init__(self) -> None:
        for field, (low, high, unit) in RANGES.items():
            value = getattr(self, field)
            if not (isinstance(value, int | float) and math.isfinite(value) and low <= value <= high):
                raise PlantError(f"{field} must be between {low:g} and {high:g} {unit}, not {value!r}.")


# Mesophilic kinetics only, so the temperature stays below thermophilic.
RANGES = {
    "liquid_m3": (0.001, 100_000.0, "m3"),
    "headspace_m3": (0.0001, 50_000.0, "m3"),
    "temperature_c": (12.0, 45.0, "degC"),
    "dilution_l_per_kg": (0.0, 50.0, "L/kg"),
    "gas_store_m3": (0.0, 100_000.0, "m3"),
    "stove_share": (0.0, 1.0, "(a share)"),
}


@dataclass(frozen=True)
class PlantEdit:
    """One change of one number of a plant: set it, add to it or multiply it by `value`."""

    field: str
    operation: Operation
    value: float


def apply_edits(plant: Plant, edits: Iterable[PlantEdit]) -> Plant:
    """Return the plant after the edits, in order.

    Raises:
        PlantError: a field or operation is unknown, or a result is impossible.
    """
    for edit in edits:
        plant = _apply(plant, edit)
    return plant


def _apply(plant: Plant, edit: PlantEdit) -> Plant:
    if edit.field not in RANGES:
        raise PlantError(f"A plant has no number called {edit.field!r}; it has {', '.join(RANGES)}.")
    before: float = getattr(plant, edit.field)
    results = {"set": edit.value, "add": before + edit.value, "multiply": before * edit.value}
    if edit.operation not in results:
        raise PlantError(f"{edit.operation!r} is no way to edit a plant; use set, add or multiply.")
    return Plant(**(asdict(plant) | {edit.field: results[edit.operation]}))


def plant_from_toml(text: str) -> Plant:
    """Return the plant a TOML text describes.

    Raises:
        PlantError: the text is no TOML, a number is missing, unknown or impossible.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlantError(f"The plant is not valid TOML: {error}.") from None
    names = {field.name for field in fields(Plant)}
    wrong = sorted(names - set(table)) or sorted(set(table) - names)
    if wrong:
        raise PlantError(f"The plant {'lacks' if wrong[0] in names else 'has an unknown'} {wrong[0]}.")
    return Plant(**table)


def plant_to_toml(plant: Plant) -> str:
    """Return the plant as TOML that `plant_from_toml` reads back unchanged."""
    name = plant.name.replace("\\", "\\\\").replace('"', '\\"')
    numbers = [f"{field} = {float(getattr(plant, field))!r}" for field in RANGES]
    return "\n".join([f'name = "{_escaped(name)}"', *numbers, ""])


def _escaped(name: str) -> str:
    """Write control characters, which TOML refuses in a string, as escapes."""
    return "".join(f"\\u{ord(sign):04x}" if ord(sign) < 32 or ord(sign) == 127 else sign for sign in name)
