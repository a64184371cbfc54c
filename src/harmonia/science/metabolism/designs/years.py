"""One drawn year of a plant under each design that shares its digesters: what an executor carries elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism.designs.acceptance import accepted
from harmonia.science.metabolism.designs.draws import (
    FeedLog,
    WeatherLog,
    climate_of,
    draw_feed,
    draw_weather,
    streams,
)
from harmonia.science.metabolism.designs.emissions import avoided_kg_co2e
from harmonia.science.metabolism.designs.measures import NAMES
from harmonia.science.metabolism.designs.site import Site
from harmonia.science.metabolism.designs.spreading import months_of, spread
from harmonia.science.metabolism.digester import DigesterRun
from harmonia.science.metabolism.endings import sour, washed_out
from harmonia.science.metabolism.ensemble import Range, draw_member
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.follow_weather import weather_of
from harmonia.science.metabolism.following import cooking_hours
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import Plant
from harmonia.science.metabolism.plant_outcome import MassDays, energy, gas_days, mass_days, numbers
from harmonia.science.metabolism.plant_run import PlantCase, PlantRun, run_plant

KG_PER_M3 = 1000.0
_NITROGEN = 2  # place among COD, carbon, nitrogen


@dataclass(frozen=True)
class Design:
    """A plant in its place, run in one way; cost, labour [h/week] and power [kWh/d] are its bundle's."""

    code: str
    codes: tuple[str, ...]
    name: str
    cost: Decimal
    labour_h_week: float
    power_kwh_d: float
    plant: Plant
    site: Site
    loading: float = 1.0
    mix: Mapping[str, float] = field(default_factory=dict)

    @property
    def digestion(self) -> tuple[object, ...]:
        """What decides a year of the digesters: designs that agree in it share one run a member.

        Where gas heats them, its use is part of that; else it comes after.
        """
        plant = replace(self.plant, name="")
        if plant.heating is None and plant.engine is None:
            plant = replace(
                plant, gas_store_m3=0.0, stove_share=0.0, stove_m3_d=None, stove_efficiency=1.0, flare=True
            )
        limits = (self.site.most_loading_kg_vs_m3_d, self.site.least_retention_d, self.loading)
        return plant, limits, tuple(sorted(self.mix.items()))


@dataclass(frozen=True)
class YearCase:
    """Designs with one `digestion`, and the places in the ensemble whose years they live."""

    designs: tuple[Design, ...]
    feed: FeedLog
    weather: WeatherLog | None
    seed: int
    places: range
    methane: Mapping[str, Range] = field(default_factory=dict)


@dataclass(frozen=True)
class _Year:
    """What one member's plant did, and the feed it accepted (days, codes) [kg/d]."""

    fed: Floats
    run: PlantRun
    mass: MassDays


def run_years(case: YearCase) -> Floats:
    """Return every measure of every design, (designs, places, measures); NaN where a run stopped early."""
    found = np.full((len(case.designs), len(case.places), len(NAMES)), np.nan)
    for row, place in enumerate(case.places):
        year = _live(case, place)
        if year.run.complete:
            for line, design in enumerate(case.designs):
                measured = _account(design, year, case, place)
                found[line, row] = [measured[name] for name in NAMES]
    return found


def _live(case: YearCase, place: int) -> _Year:
    design, codes = case.designs[0], case.feed.codes
    parameters, feed_seed, weather_seed, _ = streams(case.seed, place)
    mix = np.array([design.mix.get(code, 1.0) for code in codes])
    fed = accepted(draw_feed(case.feed, feed_seed) * mix, *_limits(design, codes))
    air = draw_weather(case.weather, case.feed.start, weather_seed, len(fed))
    weather, _ = weather_of([design.plant], len(fed), case.feed.start, None if air is None else air.tolist())
    plants = ((0, design.plant),)
    member = draw_member(codes, parameters, case.methane)
    run = run_plant(PlantCase(plants, codes, fed, fed.mean(axis=0), member, weather))
    return _Year(fed, run, mass_days(plants, fed.sum(axis=1), run.gas_kg_d))


def _limits(design: Design, codes: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Return what a kg of each feedstock asks, and the most there is: volatile solids [kg/d], room [m3/d].

    What goes straight to the compost bays asks nothing of the digesters.
    """
    plant, site = design.plant, design.site
    volume = (1 + plant.dilution_l_per_kg) / KG_PER_M3
    burden = np.array([[feedstock(code).volatile_solids_kg_kg, volume] for code in codes])
    most = np.array([site.most_loading_kg_vs_m3_d, 1 / site.least_retention_d]) * plant.liquid_m3
    return burden * (1 - plant.composted_share), design.loading * most


def _has_soured(run: DigesterRun) -> NDArray[np.bool_]:
    soured: NDArray[np.bool_] = sour(run) | washed_out(run)
    return soured


def _account(design: Design, year: _Year, case: YearCase, place: int) -> Mapping[str, float]:
    climate = climate_of(case.seed, place)
    plants, days = ((0, design.plant),), len(year.fed)
    made, share = numbers(year.run.gas_m3_d), numbers(year.run.methane_share)
    gases = gas_days(plants, made, share, year.run.daily(lambda day: day.given))
    series = energy(plants, gases, year.mass)
    tight = 1 - climate.leak  # what leaks is burnt nowhere
    cooked, electricity = (tight * sum(series[name]) for name in ("energy_kwh_d", "electricity_kwh_d"))
    taken = sum(series["own_electricity_kwh_d"]) + days * design.power_kwh_d
    methane_burnt = tight * sum(gas.stoves * gas.methane_share for gas in gases)
    vented = 0.0 if design.plant.flare else tight * sum(gas.lost * gas.methane_share for gas in gases)
    liquid = year.mass.liquid / KG_PER_M3
    fate = spread(liquid, months_of(case.feed.start, days), design.site)
    found = avoided_kg_co2e(
        dict(zip(case.feed.codes, year.fed.sum(axis=0).tolist(), strict=True)),
        cooked,
        taken - electricity,
        climate.leak * float(year.run.methane_m3_d.sum()) + vented,
        design.site,
        climate,
    )
    return {
        "gas_m3_d": float(np.mean(made)),
        "cooking_min_d": 60 * cooking_hours(methane_burnt / days, 1.0),
        "net_kwh_d": (cooked * design.plant.stove_efficiency + electricity - taken) / days,
        "accepted_kg_d": float(year.fed.sum()) / days,
        "garden_nitrogen_kg_y": _nitrogen(design.plant, year.run)
        * _share(fate.placed_m3, float(liquid.sum())),
        "unplaced_digestate_m3_y": fate.unplaced_m3,
        "storage_months": fate.storage_months,
        "sour_risk": float(year.run.ever(_has_soured).any()),
        "avoided_t_co2e_y": found / 1000,
    }


def _nitrogen(plant: Plant, run: PlantRun) -> float:
    """Return the nitrogen of the liquid digestate [kg], after a separator's solids went to the bays."""
    press = plant.separator
    pressed = 0.0 if press is None else press.share if press.nitrogen_share is None else press.nitrogen_share
    return (1 - pressed) * float(run.elements("digestate")[:, _NITROGEN].sum())


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0
