"""One drawn year of a plant under each design that shares its digester: what an executor carries elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np

from harmonia.science.metabolism import readings, rodas
from harmonia.science.metabolism.designs.acceptance import accepted
from harmonia.science.metabolism.designs.draws import FeedLog, WeatherLog, climate_of, draw_feed, streams
from harmonia.science.metabolism.designs.emissions import avoided_kg_co2e
from harmonia.science.metabolism.designs.measures import NAMES
from harmonia.science.metabolism.designs.site import Site
from harmonia.science.metabolism.designs.spreading import months_of, spread
from harmonia.science.metabolism.digester import DigesterRun
from harmonia.science.metabolism.endings import sour, washed_out
from harmonia.science.metabolism.ensemble import draw_member
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.following import (
    ENERGY_OF_METHANE,
    MemberCase,
    cooking_hours,
    overflow,
    run_member,
)
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import Plant

KG_PER_M3 = 1000.0
_QUIET_SHARE = 0.5  # the half of the day nobody cooks, whose gas must fit the store


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
        """What decides a year of the digester: designs that agree in it share one run a member."""
        alike = replace(self.plant, name="", gas_store_m3=0.0, stove_share=0.0)
        limits = (self.site.most_loading_kg_vs_m3_d, self.site.least_retention_d, self.loading)
        return alike, limits, tuple(sorted(self.mix.items()))


@dataclass(frozen=True)
class YearCase:
    """Designs with one `digestion`, and the places in the ensemble whose years they live."""

    designs: tuple[Design, ...]
    feed: FeedLog
    weather: WeatherLog | None
    seed: int
    places: range


@dataclass(frozen=True)
class _Year:
    """What one member's digester did: daily series (days,) and the feed it accepted (days, codes) [kg/d]."""

    fed: Floats
    gas_m3_d: Floats
    methane_share: Floats
    digestate_m3_d: Floats
    nitrogen_kg_d: Floats
    soured: bool
    complete: bool


def run_years(case: YearCase) -> Floats:
    """Return every measure of every design, (designs, places, measures); NaN where a run stopped early."""
    found = np.full((len(case.designs), len(case.places), len(NAMES)), np.nan)
    for row, place in enumerate(case.places):
        year = _live(case, place)
        if year.complete:
            for line, design in enumerate(case.designs):
                measured = _account(design, year, case, place)
                found[line, row] = [measured[name] for name in NAMES]
    return found


def _live(case: YearCase, place: int) -> _Year:
    design, codes = case.designs[0], case.feed.codes
    parameters, feed_seed, _, _ = streams(case.seed, place)
    mix = np.array([design.mix.get(code, 1.0) for code in codes])
    fed = accepted(draw_feed(case.feed, feed_seed) * mix, *_limits(design, codes))
    member = draw_member(codes, parameters)
    run = run_member(MemberCase(design.plant, codes, fed, fed.mean(axis=0), member))
    entering = fed.sum(axis=1) * (1 + design.plant.dilution_l_per_kg)
    digestate = overflow(entering, readings.gas_kg_d(run)) / KG_PER_M3
    return _Year(
        fed, readings.gas_m3_d(run), readings.methane_share(run), digestate,
        run.nitrogen_kg_m3 * digestate, _has_soured(run), run.ended == rodas.OK,
    )  # fmt: skip


def _limits(design: Design, codes: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Return what a kg of each feedstock asks, and the most there is: volatile solids [kg/d], room [m3/d]."""
    plant, site = design.plant, design.site
    volume = (1 + plant.dilution_l_per_kg) / KG_PER_M3
    burden = np.array([[feedstock(code).volatile_solids_kg_kg, volume] for code in codes])
    most = np.array([site.most_loading_kg_vs_m3_d, 1 / site.least_retention_d]) * plant.liquid_m3
    return burden, design.loading * most


def _has_soured(run: DigesterRun) -> bool:
    return bool(sour(run).any() or washed_out(run).any())


def _account(design: Design, year: _Year, case: YearCase, place: int) -> Mapping[str, float]:
    climate = climate_of(case.seed, place)
    days = len(year.gas_m3_d)
    kept = np.minimum(
        year.gas_m3_d, (1 - _QUIET_SHARE) * year.gas_m3_d + design.plant.gas_store_m3
    )  # fmt: skip
    methane_burnt = (1 - climate.leak) * design.plant.stove_share * kept * year.methane_share
    stove_kwh = ENERGY_OF_METHANE * float(methane_burnt.sum())
    power_kwh = design.power_kwh_d * days
    fate = spread(year.digestate_m3_d, months_of(case.feed.start, days), design.site)
    made = float(year.digestate_m3_d.sum())
    avoided = avoided_kg_co2e(
        dict(zip(case.feed.codes, year.fed.sum(axis=0).tolist(), strict=True)),
        stove_kwh,
        power_kwh,
        float((year.gas_m3_d * year.methane_share).sum()),
        design.site,
        climate,
    )
    return {
        "gas_m3_d": float(year.gas_m3_d.mean()),
        "cooking_min_d": 60 * cooking_hours(float(methane_burnt.mean()), 1.0),
        "net_kwh_d": (stove_kwh - power_kwh) / days,
        "accepted_kg_d": float(year.fed.sum()) / days,
        "garden_nitrogen_kg_y": float(year.nitrogen_kg_d.sum())
        * (fate.placed_m3 / made if made > 0 else 0.0),
        "unplaced_digestate_m3_y": fate.unplaced_m3,
        "storage_months": fate.storage_months,
        "sour_risk": float(year.soured),
        "avoided_t_co2e_y": avoided / 1000,
    }
