"""The place around a plant: who takes digestate in which month, what gas replaces, what waste would have become."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from harmonia.science.metabolism.designs.option import DesignError
from harmonia.science.metabolism.plant_edits import PlantEdit
from harmonia.science.sentences import Sentence

MONTHS = 12
Fuel = Literal["lpg", "natural_gas", "none"]
Fate = Literal["landfill", "nothing"]
Moisture = Literal["dry", "moderate", "wet"]
# field -> lowest, highest, unit
SITE_RANGES = {
    "digestate_store_m3": (0.0, 1e6, "m3"),
    "released_m3_month": (0.0, 1e6, "m3/month"),
    "most_loading_kg_vs_m3_d": (0.05, 20.0, "kg VS/(m3 d)"),
    "least_retention_d": (1.0, 1000.0, "d"),
}
CHOICES = {
    "displaced_fuel": ("lpg", "natural_gas", "none"),
    "otherwise": ("landfill", "nothing"),
    "landfill_moisture": ("dry", "moderate", "wet"),
}


@dataclass(frozen=True)
class Site:
    """What stands around the plant.

    `released_m3_month` (12,) [m3]: digestate that gardens and fields with a released place take in January to
    December; 0 closes a month. `digestate_store_m3` [m3]. The operator accepts feed up to
    `most_loading_kg_vs_m3_d` and down to `least_retention_d` [d], both as means over seven days; the defaults
    are the rule of thumb for digesters without a stirrer (Voegeli et al. 2014, Anaerobic Digestion of Biowaste
    in Developing Countries, Eawag, ISBN 978-3-906484-58-7). `displaced_fuel` is what people cook with
    otherwise; `grid_kg_co2e_kwh` with its source, None where nobody knows it; `otherwise`: what the waste
    would have become; `landfill_moisture` and `horizon_y` [years]: how fast it would have rotted, and how long
    it counts.
    """

    digestate_store_m3: float = 0.0
    released_m3_month: tuple[float, ...] = (0.0,) * MONTHS
    most_loading_kg_vs_m3_d: float = 2.0
    least_retention_d: float = 30.0
    displaced_fuel: Fuel = "lpg"
    grid_kg_co2e_kwh: float | None = None
    grid_source: str = ""
    otherwise: Fate = "landfill"
    landfill_moisture: Moisture = "moderate"
    horizon_y: float = 100.0

    def __post_init__(self) -> None:
        if len(self.released_m3_month) != MONTHS:
            raise DesignError("released_m3_month needs twelve numbers, January to December.")
        for field, (low, high, unit) in SITE_RANGES.items():
            for value in _numbers(getattr(self, field)):
                _check(field, value, low, high, unit)
        _check("horizon_y", self.horizon_y, 1.0, 500.0, Sentence("years"))
        if self.grid_kg_co2e_kwh is not None:
            _check("grid_kg_co2e_kwh", self.grid_kg_co2e_kwh, 0.0, 5.0, "kg CO2e/kWh")
            if not self.grid_source:
                raise DesignError("grid_kg_co2e_kwh needs grid_source: who published it, and for which year.")
        for field, choices in CHOICES.items():
            if getattr(self, field) not in choices:
                raise DesignError(
                    "%(field)s must be one of %(choices)s.", field=field, choices=", ".join(choices)
                )


def _numbers(value: float | tuple[float, ...]) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)


def _check(field: str, value: float, low: float, high: float, unit: str) -> None:
    is_number = not isinstance(value, bool) and math.isfinite(value)
    if not (is_number and low <= value <= high):
        raise DesignError(
            "%(field)s must be between %(low)g and %(high)g %(unit)s, not %(value)r.",
            field=field,
            low=low,
            high=high,
            unit=unit,
            value=value,
        )


def edit_site(site: Site, edits: Iterable[PlantEdit]) -> Site:
    """Return the site after the edits that name one of its numbers; others are left to the plant.

    An edit of `released_m3_month` changes every month that is open.

    Raises:
        DesignError: a result is impossible.
    """
    for edit in edits:
        if edit.field in SITE_RANGES:
            site = replace(site, **{edit.field: _edited(getattr(site, edit.field), edit)})
    return site


def _edited(before: Any, edit: PlantEdit) -> Any:
    """Return a number, or the months that are open, after an edit."""
    if isinstance(before, tuple):
        return tuple(_edited(month, edit) if month else 0.0 for month in before)
    results = {"set": edit.value, "add": before + edit.value, "multiply": before * edit.value}
    if edit.operation not in results:
        raise DesignError(
            "%(field)s belongs to the place and cannot be removed; set it to another number.",
            field=edit.field,
        )
    return results[edit.operation]
