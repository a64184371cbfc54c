"""A lab sheet for tests, and one way to change it."""

from collections.abc import Mapping
from dataclasses import asdict

from harmonia.science.metabolism.lab_values import LabValues

SHEET = LabValues(
    "Kitchen scraps",
    total_solids=0.245,
    volatile_solids=0.88,
    cod=1.45,
    protein=0.19,
    lipid=0.18,
    carbohydrate=0.45,
    fibre=0.18,
    ammonium_nitrogen=0.0004,
    kjeldahl_nitrogen=0.008,
    methane_potential=0.41,
    disintegration=0.4,
    ph=5.2,
)


def changed(sheet: LabValues, numbers: Mapping[str, float | str | None]) -> LabValues:
    """Return the sheet with other numbers."""
    return LabValues(**(asdict(sheet) | dict(numbers)))
