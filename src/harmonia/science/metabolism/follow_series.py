"""From the runs of all members to the daily series of an outcome."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from harmonia.science.metabolism import readings
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.gas_use import GasDay
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import Plant
from harmonia.science.metabolism.plant_heat import HeatDay
from harmonia.science.metabolism.plant_outcome import (
    KG_PER_M3,
    MassDays,
    Plants,
    band,
    daily,
    energy,
    gas_days,
    mass_days,
    numbers,
    retention,
    tank_outcomes,
)
from harmonia.science.metabolism.plant_run import PlantRun

Series = dict[str, Any]


def follow_series(plants: Plants, codes: Sequence[str], feed: Floats, runs: Sequence[PlantRun]) -> Series:
    """Return every series of `FollowOutcome` by name, from the feed (days, codes) [kg/d] and the runs."""
    digestion = _digestion(runs)
    mass = mass_days(plants, feed.sum(axis=1), np.array(digestion["gas_kg_d"]))
    share = digestion["methane_share"] or (0.0,) * len(feed)
    gases = gas_days(plants, digestion["gas_m3_d"], share, _median(runs, lambda day: day.given))
    return {
        **digestion,
        **_load(plants, codes, feed, mass),
        **_matter(mass),
        **_digestate(plants, runs),
        **_gas(plants, gases),
        **_heat(runs, gases),
        **energy(plants, gases, mass),
    }


def _median(runs: Sequence[PlantRun], number: Callable[[HeatDay], float]) -> Floats:
    middle: Floats = np.median([run.daily(number) for run in runs], axis=0)
    return middle


def _digestion(runs: Sequence[PlantRun]) -> Series:
    series: Series = {}
    for name, values in (
        ("gas", [run.gas_m3_d for run in runs]),
        ("ph", [run.first_tank(readings.ph) for run in runs]),
        ("acid_ratio", [run.first_tank(readings.acid_ratio) for run in runs]),
    ):
        low, middle, high = band(np.array(values))
        series |= {f"{name}_low": low, "gas_m3_d" if name == "gas" else name: middle, f"{name}_high": high}
    return series | {
        "methane_share": band(np.array([run.methane_share for run in runs]))[1],
        "gas_kg_d": band(np.array([run.gas_kg_d for run in runs]))[1],
        "temperature_c": band(np.array([run.first_temperature_c for run in runs]))[1],
        "digesters": tank_outcomes(runs),
    }


def _load(plants: Plants, codes: Sequence[str], feed: Floats, mass: MassDays) -> Series:
    days = len(feed)
    solids = feed @ np.array([feedstock(code).volatile_solids_kg_kg for code in codes])
    liquid = daily(plants, days, lambda plant: plant.liquid_m3)
    digested = solids * daily(plants, days, lambda plant: 1 - plant.composted_share)
    return {
        "volatile_solids_kg_d": numbers(solids),
        "loading_kg_vs_m3_d": numbers(digested / np.where(liquid > 0, liquid, np.inf)),
        "retention_d": retention(mass.digested + mass.water, liquid),
    }


def _matter(mass: MassDays) -> Series:
    bays, nothing = mass.bays, np.zeros_like(mass.liquid)
    return {
        "digestate_kg_d": numbers(mass.liquid),
        "solids_kg_d": numbers(mass.solids),
        "content_change_kg_d": numbers(mass.change),
        "composted_kg_d": numbers(bays.taken if bays else nothing),
        "cuttings_kg_d": numbers(bays.cuttings if bays else nothing),
        "compost_kg_d": numbers(bays.compost if bays else nothing),
        "compost_loss_kg_d": numbers(bays.lost if bays else nothing),
    }


def _digestate(plants: Plants, runs: Sequence[PlantRun]) -> Series:
    elements = np.median([run.elements("digestate") for run in runs], axis=0)
    pressed = [daily(plants, len(elements), which) for which in (_nitrogen_pressed, _carbon_pressed)]
    return {
        "nitrogen_kg_d": numbers(elements[:, 2] * (1 - pressed[0])),
        "carbon_kg_d": numbers(elements[:, 1] * (1 - pressed[1])),
        "solids_nitrogen_kg_d": numbers(elements[:, 2] * pressed[0]),
    }


def _nitrogen_pressed(plant: Plant) -> float:
    press = plant.separator
    if press is None:
        return 0.0
    return press.share if press.nitrogen_share is None else press.nitrogen_share


def _carbon_pressed(plant: Plant) -> float:
    press = plant.separator
    if press is None:
        return 0.0
    return press.share if press.carbon_share is None else press.carbon_share


def _gas(plants: Plants, gases: Sequence[GasDay]) -> Series:
    burnt = daily(plants, len(gases), lambda plant: float(plant.flare))
    lost = np.array([day.lost for day in gases])
    return {
        "gas_kept_m3_d": tuple(max(0.0, day.made - day.spilt) for day in gases),
        "gas_used_m3_d": tuple(day.engine + day.boiler + day.stoves for day in gases),
        "gas_stored_m3": tuple(day.stock.gas_m3 for day in gases),
        "flared_m3_d": numbers(lost * burnt),
        "vented_m3_d": numbers(lost * (1 - burnt)),
    }


def _heat(runs: Sequence[PlantRun], gases: Sequence[GasDay]) -> Series:
    return {
        "heat_demand_kwh_d": numbers(_median(runs, lambda day: day.asked)),
        "heat_kwh_d": tuple(day.heat for day in gases),
        "heat_gas_m3_d": tuple(day.boiler for day in gases),
        "pasteurised_kg_d": numbers(_median(runs, lambda day: day.pasteurised_m3) * KG_PER_M3),
    }
