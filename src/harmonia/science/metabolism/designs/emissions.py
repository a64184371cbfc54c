"""Greenhouse gas of a year: what was kept out of a landfill and out of the gas bottle, and what leaked."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from harmonia.science.metabolism.designs.site import Site

SHORT_TON_KG = 907.18474
METHANE_KG_M3 = 0.7175  # [kg/m3 at 0 degC, 101.325 kPa], 16.043 / 22.36 (NIST WebBook)


@dataclass(frozen=True)
class Factor:
    """A factor with its range, unit, the edition it is from and who published it."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    edition: str
    source: str


@dataclass(frozen=True)
class ClimateDraw:
    """One guess at what is not known: leak [share of methane], standing of gas collection [-1 worst to +1 best]."""

    leak: float
    collection: float


@cache
def _table() -> dict[str, Any]:
    text = (resources.files(__package__) / "emission_factors.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def factors() -> Mapping[str, Factor]:
    """Return the factors by name: methane_gwp, methane_leak, fuel.lpg, fuel.natural_gas."""
    table = _table()
    plain = {name: table[name] for name in ("methane_gwp", "methane_leak")}
    plain |= {f"fuel.{name}": row for name, row in table["fuel"].items()}
    return {name: _factor(name, row) for name, row in plain.items()}


def _factor(name: str, row: Mapping[str, Any]) -> Factor:
    return Factor(
        name, row["value"], row["low"], row["high"], row["unit"], row["edition"], row["source"]
    )  # fmt: skip


def draw_climate(generator: np.random.Generator) -> ClimateDraw:
    """Return one draw: triangles over the published lowest, usual and highest values."""
    leak = factors()["methane_leak"]
    return ClimateDraw(
        float(generator.triangular(leak.low, leak.value, leak.high)),
        float(generator.triangular(-1.0, 0.0, 1.0)),
    )


def has_landfill_factor(code: str) -> bool:
    """Return whether a feedstock has a published landfill factor."""
    return code in _table()["landfill"]["of"]


def landfill_factor(code: str, site: Site) -> Factor:
    """Return what a kg of a feedstock makes in a landfill of the site [kg CO2e/kg], 0 where none is published."""
    landfill = _table()["landfill"]
    low, value, high = (landfill_kg_co2e_kg(code, site, standing) for standing in (1.0, 0.0, -1.0))
    return Factor(
        f"landfill.{code}", value, low, high, "kg CO2e/kg fresh", landfill["edition"], landfill["source"]
    )


def landfill_kg_co2e_kg(code: str, site: Site, collection: float = 0.0) -> float:
    """Return what a kg of a feedstock would have made in a landfill [kg CO2e/kg].

    The published factor, its methane scaled to the potential used here, to the share collected (`collection`
    from -1, the worst scenario, over 0, the national average, to +1, the best) and to what rots within the
    horizon; first-order decay.
    """
    if site.otherwise == "nothing" or not has_landfill_factor(code):
        return 0.0
    landfill = _table()["landfill"]
    material = landfill["material"][landfill["of"][code]]
    handling = landfill["handling_t_co2e_short_ton"]
    methane = material["t_co2e_short_ton"] - handling
    potential = factors()["methane_gwp"].value / landfill["methane_gwp_of_source"]
    low, usual, high = material["collected"]
    collected = usual + collection * (high - usual if collection > 0 else usual - low)
    rotten = 1 - math.exp(-material["decay_1_y"][site.landfill_moisture] * site.horizon_y)
    scaled = methane * potential * (1 - collected) / (1 - usual) * rotten
    return float((handling + scaled) * 1000 / SHORT_TON_KG)


def avoided_kg_co2e(
    accepted_kg: Mapping[str, float],
    stove_kwh: float,
    power_kwh: float,
    lost_methane_m3: float,
    site: Site,
    draw: ClimateDraw,
) -> float:
    """Return greenhouse gas avoided over a period [kg CO2e]; negative when more is made than avoided.

    `accepted_kg` fresh by feedstock; `stove_kwh` of gas that replaces the fuel, burner for burner; `power_kwh`
    taken from the grid (below zero: given to it), left out where the site knows no grid factor;
    `lost_methane_m3` that leaked or was let off unburnt.
    """
    landfill = sum(kg * landfill_kg_co2e_kg(code, site, draw.collection) for code, kg in accepted_kg.items())
    fuel = 0.0 if site.displaced_fuel == "none" else factors()[f"fuel.{site.displaced_fuel}"].value
    leaked = lost_methane_m3 * METHANE_KG_M3 * factors()["methane_gwp"].value
    return landfill + stove_kwh * fuel - leaked - power_kwh * (site.grid_kg_co2e_kwh or 0.0)
