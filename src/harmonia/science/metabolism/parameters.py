"""The model's parameters: one table with units, meaning and source, and copies of it with other values."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

SOURCE = "Rosen & Jeppsson (2006), Aspects on ADM1 implementation within the BSM2 framework, Lund"


@dataclass(frozen=True)
class Parameter:
    """One line of `parameters.csv`: value in `unit`, what it means, who published it."""

    name: str
    value: float
    unit: str
    meaning: str
    source: str


@cache
def parameter_table() -> Mapping[str, Parameter]:
    """Return every parameter by name: the BSM2 form of ADM1, Rosen & Jeppsson (2006), and acetate oxidation."""
    text = (resources.files(__package__) / "parameters.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["name"]: Parameter(row["name"], float(row["value"]), row["unit"], row["meaning"], row["source"])
        for row in rows
    }


def parameter_values(**changed: float) -> dict[str, float]:
    """Return name -> value, with some values changed.

    Raises:
        KeyError: a changed name is not in the table.
    """
    table = parameter_table()
    unknown = sorted(set(changed) - set(table))
    if unknown:
        raise KeyError(f"unknown parameter {unknown[0]}")
    return {name: parameter.value for name, parameter in table.items()} | changed
