"""What many runs of a plant bring, one value a day: medians with bands, and a plant's books that close."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from harmonia.science.metabolism import readings
from harmonia.science.metabolism.composting import CompostDays, compost
from harmonia.science.metabolism.digester import DigesterRun
from harmonia.science.metabolism.gas_use import HOURS, GasDay, Stock, use_gas
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import Plant
from harmonia.science.metabolism.plant_run import PlantRun

Numbers = tuple[float, ...]
Plants = Sequence[tuple[int, Plant]]
RETENTION_DAYS = 28
LONGEST_RETENTION_D = 1000.0
KG_PER_M3 = 1000.0


@dataclass(frozen=True)
class TankOutcome:
    """One digester from day `first` (0 is the case's first) on: medians, one value a day.

    Gas in m3 at 0 degC and 101.325 kPa; `temperature_c` [degC]; `acid_ratio` [-]; `loading_kg_vs_m3_d`.
    """

    name: str
    first: int
    gas_m3_d: Numbers
    methane_share: Numbers
    ph: Numbers
    acid_ratio: Numbers
    temperature_c: Numbers


def daily(plants: Plants, days: int, number: Callable[[Plant], float]) -> Floats:
    """Return a number of the plant in force on each day, shape (days,)."""
    firsts = [first for first, _ in plants]
    spans = zip(plants, [*firsts[1:], days], strict=True)
    return np.concatenate([np.full(last - first, float(number(plant))) for (first, plant), last in spans])


def in_force(plants: Plants, days: int) -> list[Plant]:
    """Return the plant of each day."""
    firsts = [first for first, _ in plants]
    spans = zip(plants, [*firsts[1:], days], strict=True)
    return [plant for (first, plant), last in spans for _ in range(first, last)]


def numbers(values: Floats) -> Numbers:
    """Return an array as a tuple of plain numbers."""
    return tuple(float(value) for value in values)


def band(values: Floats) -> tuple[Numbers, Numbers, Numbers]:
    """Return low, median, high of runs (members, days); empty where no day has a value."""
    if np.isnan(values).any():
        return (), (), ()
    low, median, high = np.quantile(values, [0.1, 0.5, 0.9], axis=0)
    return numbers(low), numbers(median), numbers(high)


def overflow(entering: Floats, gas: Floats, taken_out: Floats | None = None) -> Floats:
    """Return digestate leaving [kg/d]: what enters less gas, after any earlier loss of level is made up.

    `taken_out` [kg/d]: liquid that leaves because a plant with less room came into force.
    """
    leaving, missing = np.zeros_like(entering), 0.0
    for day, gain in enumerate(entering - gas):
        missing -= gain
        if missing < 0:
            leaving[day], missing = -missing, 0.0
    return leaving if taken_out is None else leaving + taken_out


def retention(entering: Floats, liquid_m3: float | Floats) -> Numbers:
    """Return the days [d] the liquid stays, from the mean of up to four weeks of feed and water [kg/d]."""
    total = np.cumsum(entering)
    days = np.arange(1, entering.size + 1)
    before = np.concatenate([np.zeros(RETENTION_DAYS), total])[: entering.size]
    mean = (total - before) / np.minimum(days, RETENTION_DAYS) / KG_PER_M3
    return numbers(np.minimum(LONGEST_RETENTION_D, liquid_m3 / np.maximum(mean, 1e-9)))


@dataclass(frozen=True)
class MassDays:
    """Mass of each day [kg/d], shape (days,): digested + water = gas + liquid + solids + change.

    `digested` of the feed; `liquid` digestate after a separator, its `solids` go to the bays; `bays` what they
    make of solids and of the feed that goes straight to them, None without any.
    """

    digested: Floats
    water: Floats
    liquid: Floats
    solids: Floats
    change: Floats
    bays: CompostDays | None


def mass_days(plants: Plants, feed_kg_d: Floats, gas_kg_d: Floats) -> MassDays:
    """Return the mass balance of a feed (days,) and the gas that left (days,) [kg/d]."""
    days = len(feed_kg_d)
    composted = feed_kg_d * daily(plants, days, lambda plant: plant.composted_share)
    digested = feed_kg_d - composted
    water = digested * daily(plants, days, lambda plant: plant.dilution_l_per_kg)
    leaving = overflow(digested + water, gas_kg_d, _taken_out(plants, days))
    pressed = daily(plants, days, lambda plant: plant.separator.share if plant.separator else 0.0)
    solids = leaving * pressed
    bays = next((plant.composting for _, plant in reversed(plants) if plant.composting), None)
    return MassDays(
        digested, water, leaving - solids, solids, digested + water - gas_kg_d - leaving,
        None if bays is None else compost(bays, composted + solids),
    )  # fmt: skip


def _taken_out(plants: Plants, days: int) -> Floats:
    out = np.zeros(days)
    for (_, before), (first, after) in pairwise(plants):
        kept = {tank.name: tank.liquid_m3 for tank in after.digesters}
        gone = [max(0.0, tank.liquid_m3 - kept.get(tank.name, 0.0)) for tank in before.digesters]
        out[first] += KG_PER_M3 * sum(gone)
    return out


def gas_days(plants: Plants, made: Numbers, share: Numbers, heat: Floats) -> list[GasDay]:
    """Return what becomes of each day's gas [m3/d] of a methane share, when so much heat is asked [kWh/d]."""
    found: list[GasDay] = []
    stock = Stock()
    for day, plant in enumerate(in_force(plants, len(made))):
        found.append(use_gas(plant, made[day], made[day] * share[day], float(heat[day]), stock))
        stock = found[-1].stock
    return found


def energy(plants: Plants, gases: Sequence[GasDay], mass: MassDays) -> Mapping[str, Numbers]:
    """Return the energy series of an outcome [kWh/d], by name."""
    rows = [
        _energy_of(plant, gas, float(digested), float(leaving))
        for plant, gas, digested, leaving in zip(
            in_force(plants, len(gases)), gases, mass.digested, mass.liquid + mass.solids, strict=True
        )
    ]
    return {name: tuple(row[name] for row in rows) for name in rows[0]}


def _energy_of(plant: Plant, gas: GasDay, digested: float, leaving: float) -> dict[str, float]:
    cooked = gas.stoves * gas.fuel_kwh_m3
    made = gas.engine * gas.fuel_kwh_m3 * plant.engine.electric_efficiency if plant.engine else 0.0
    own = HOURS / 1000 * sum(tank.mixing_w_m3 * tank.liquid_m3 for tank in plant.digesters)
    own += plant.engine.own_kwh_d if plant.engine else 0.0
    own += plant.shredder.kwh_per_t * digested / KG_PER_M3 if plant.shredder else 0.0
    own += plant.separator.kwh_per_t * leaving / KG_PER_M3 if plant.separator else 0.0
    own += gas.heat_electric / plant.heating.electric_efficiency if plant.heating else 0.0
    return {
        "energy_kwh_d": cooked,
        "electricity_kwh_d": made,
        "own_electricity_kwh_d": own,
        "net_kwh_d": cooked * plant.stove_efficiency + made - own,
    }


def tank_outcomes(runs: Sequence[PlantRun]) -> tuple[TankOutcome, ...]:
    """Return each digester that ever stood, from the day it came on."""
    names = dict.fromkeys(tank.name for era in runs[0].eras for tank in era.plant.digesters)
    return tuple(_tank(runs, name) for name in names)


def _tank(runs: Sequence[PlantRun], name: str) -> TankOutcome:
    def medians(reading: Callable[[DigesterRun], Floats]) -> Numbers:
        return numbers(np.median([run.tank(name, reading) for run in runs], axis=0))

    warmth = np.median([run.temperature_c(name) for run in runs], axis=0)
    first = next(era.first for era in runs[0].eras if name in {t.name for t in era.plant.digesters})
    return TankOutcome(
        name,
        first,
        medians(readings.gas_m3_d),
        medians(readings.methane_share),
        medians(readings.ph),
        medians(readings.acid_ratio),
        numbers(warmth),
    )
