"""One plant, one set of parameters, many days: the model run behind every member of an ensemble."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from harmonia.science.metabolism import kernel, rodas
from harmonia.science.metabolism.adm1 import START_PROTONS, control_at, start_vector
from harmonia.science.metabolism.characterisation import NITROGEN_MOLAR, characterise
from harmonia.science.metabolism.constants import Vessel, sparse_rows
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.kernel import Floats, System
from harmonia.science.metabolism.kinetics import REFERENCE_C, constants_over, hydrolysis_factor, kinetics_at
from harmonia.science.metabolism.nomenclature import LIQUID
from harmonia.science.metabolism.petersen import content
from harmonia.science.metabolism.plant import Plant
from harmonia.science.metabolism.seasons import follow_seasons
from harmonia.science.metabolism.trace_elements import NO_DOSE, slow_down, supplies

# The benchmark outlet, 5e4 m3/d/bar for 3400 m3, scaled to the plant so that overpressure stays alike.
OUTLET_PER_LIQUID = 5e4 / 3400  # [1/d/bar]
WARM_UP_DAYS = 300.0
INERT_POOLS = 3  # trace elements, inert COD, inert nitrogen
# Acetate oxidisers are everywhere in small numbers. The benchmark's influent brings 0.01 kg COD/m3 of each other
# group, so feed does here too; digested sludge holds ten times that (our choice, no source).
SEED_KG_KG, SEED_KG_M3 = 1e-5, 0.1
# A day that needs more steps than this is told as not complete rather than waited for.
_CONTROL = control_at(1e-4)._replace(most_steps=3_000)
_ROUGH = control_at(1e-2)._replace(most_steps=20_000)


@dataclass(frozen=True)
class Member:
    """One guess at what is not known: factors on each feedstock's methane, speed and solids, and kinetics."""

    methane: Mapping[str, float] = field(default_factory=dict)
    speed: Mapping[str, float] = field(default_factory=dict)
    solids: Mapping[str, float] = field(default_factory=dict)
    kinetics: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class DigesterRun:
    """Daily results of one run: states (days, n), protons (days,), gas leaving (days, 3) [kg COD, kmol CO2].

    `constants` (days, 72) as the kernel read them; `ended` is the solver's code; `nitrogen_kg_m3` (days,) all
    nitrogen in a m3 of digestate; `loading_kg_vs_m3_d` (days,) fed.
    """

    states: Floats
    protons: Floats
    gas: Floats
    nitrogen_kg_m3: Floats
    constants: Floats
    ended: int
    loading_kg_vs_m3_d: Floats


@dataclass(frozen=True)
class Flow:
    """What flows into a digester: volume (days,) [m3/d], content (days, 27 + pools) [kg/d, kmol/d]."""

    volume_m3_d: Floats
    brought: Floats


class Digester:
    """A plant with its feedstocks under one member's parameters, as the kernel reads it.

    The pools are one a feedstock, then three that never open: trace elements (as a share of the need), inert
    COD and the nitrogen bound in it.
    """

    def __init__(self, plant: Plant, codes: tuple[str, ...], member: Member) -> None:
        self.plant = plant
        self.codes = codes
        self.supplies = supplies(codes, plant.trace_elements or NO_DOSE)
        self.values = kinetics_at(REFERENCE_C, **member.kinetics)
        rows = sparse_rows(self.values)
        self.feeds = np.array([self._feed_column(place, member) for place in range(len(codes))])
        self.pool = self._pools(member)
        constants = self.constants(np.array([plant.temperature_c]))[0]
        still = np.zeros(kernel.LIQUID + len(self.pool))
        self.system = System(constants, rows.value, rows.first, rows.column, self.pool, still, 0.0)

    def constants(self, temperature_c: Floats) -> Floats:
        """Return the kernel's constants at temperatures (days,) [degC], shape (days, 72)."""
        plant = self.plant
        outlet = OUTLET_PER_LIQUID * plant.liquid_m3
        vessel = Vessel(plant.liquid_m3, plant.headspace_m3, plant.temperature_c, outlet)
        return constants_over(self.values, vessel, temperature_c)

    def _pools(self, member: Member) -> Floats:
        warm = hydrolysis_factor(self.plant.temperature_c)
        pool = np.zeros((len(self.codes) + INERT_POOLS, 5))
        for place, code in enumerate(self.codes):
            character = characterise(feedstock(code))
            pool[place, 0] = character.disintegration * member.speed.get(code, 1.0) * warm
            pool[place, 1:4] = character.split
        return pool

    def _feed_column(self, place: int, member: Member) -> Floats:
        """Return what one kg of a feedstock brings [kg COD, kmol], shape (27 + pools,)."""
        code = self.codes[place]
        character = characterise(feedstock(code))
        brings = np.zeros(kernel.LIQUID + len(self.codes) + INERT_POOLS)
        degradable = min(1.0, character.degradable * member.methane.get(code, 1.0))
        brings[kernel.IN], brings[kernel.IC] = character.ammonium, character.inorganic_carbon
        brings[kernel.AC] = character.acetate
        brings[kernel.CAT], brings[kernel.AN] = character.cations, character.anions
        brings[kernel.LIQUID + place] = character.cod * degradable
        brings[-2] = character.cod * (1 - degradable)
        brings[-1] = character.inert_nitrogen(degradable)
        brings *= member.solids.get(code, 1.0)
        brings[kernel.SAO] = SEED_KG_KG
        return brings

    def inflow(
        self, feed_kg_d: Floats, volume_m3_d: Floats | None = None, overflow: Flow | None = None
    ) -> tuple[Floats, Floats]:
        """Return concentrations (days, 27 + pools) and dilution [1/d] of a feed (days, feedstocks) [kg/d].

        `volume_m3_d` (days,) where the volume was measured; else feed and its water at 1000 kg/m3. `overflow`:
        what another digester sends beside the feed.
        """
        arriving = self.arriving(feed_kg_d, volume_m3_d)
        volume, brought = arriving.volume_m3_d, arriving.brought
        if overflow is not None:
            volume, brought = volume + overflow.volume_m3_d, brought + overflow.brought
        concentration = brought / np.where(volume > 0, volume, 1.0)[:, None]
        return concentration, volume / self.plant.liquid_m3

    def arriving(self, feed_kg_d: Floats, volume_m3_d: Floats | None = None) -> Flow:
        """Return what a feed (days, feedstocks) [kg/d] brings with its water; arguments as of `inflow`."""
        own = feed_kg_d.sum(axis=1) * (1 + self.plant.dilution_l_per_kg) / 1000
        volume = own if volume_m3_d is None else volume_m3_d
        brought = feed_kg_d @ self.feeds
        # Trace elements are told as a share of the need of the feed, however much water comes with it.
        brought[:, kernel.LIQUID + len(self.codes)] = volume * self.supply(feed_kg_d)
        return Flow(volume, brought)

    def supply(self, feed_kg_d: Floats) -> Floats:
        """Return which share of the needed trace elements comes with a feed (days, feedstocks), (days,) [-]."""
        total = feed_kg_d.sum(axis=1)
        share: Floats = (feed_kg_d @ self.supplies) / np.where(total > 0, total, 1.0)
        return share

    def fresh(self) -> Floats:
        """Return a full state: digested sludge, nothing of the feedstocks yet."""
        rest = start_vector()
        rest[kernel.SAO] = SEED_KG_M3
        pools = np.zeros(len(self.pool))
        pools[-INERT_POOLS] = 1.0  # sludge lacks no trace elements
        return np.concatenate([rest[: kernel.MODEL], pools, rest[kernel.MODEL :]])

    def settled(
        self,
        feed_kg_d: Floats,
        volume_m3_d: float | None = None,
        temperature_c: float | None = None,
        overflow: Flow | None = None,
    ) -> tuple[Floats, float]:
        """Return state and protons after a long steady feed (feedstocks,) [kg/d]; fresh sludge if none.

        `temperature_c` [degC] of that time, if it was not the plant's own; `overflow` of one day, as in `run`.
        """
        y = self.fresh()
        volume = None if volume_m3_d is None else np.array([volume_m3_d])
        concentration, dilution = self.inflow(feed_kg_d[None, :], volume, overflow)
        if concentration.sum() <= 0:
            return y, START_PROTONS
        place = kernel.MODEL + len(self.codes)
        y[place] = concentration[0, kernel.LIQUID + len(self.codes)]
        fed = self._at(temperature_c, y[place])._replace(inflow=concentration[0], dilution=float(dilution[0]))
        _, proton, _ = rodas.advance(y, (START_PROTONS, 1e-3), WARM_UP_DAYS, fed, _ROUGH)
        y[-kernel.OUTLETS :] = 0.0
        return y, proton

    def _at(self, temperature_c: float | None, trace_level: float) -> System:
        constant = np.array([self.plant.temperature_c if temperature_c is None else temperature_c])
        pool = self.pool.copy()
        pool[:, 0] *= self.pool_speed(constant)
        c = self.constants(constant)[0]
        slow_down(c, trace_level)
        return self.system._replace(c=c, pool=pool)

    def run(
        self,
        feed_kg_d: Floats,
        start: tuple[Floats, float],
        volume_m3_d: Floats | None = None,
        temperature_c: Floats | None = None,
        overflow: Flow | None = None,
    ) -> DigesterRun:
        """Carry a start through days of feed (days, feedstocks) [kg/d]; the start is left untouched.

        `temperature_c` (days,) of the liquid [degC] where it changes from day to day, else the plant's own;
        `overflow`: what another digester sends beside the feed.

        Raises:
            ValueError: `temperature_c` has not one finite number a day.
        """
        y, proton = start[0].copy(), start[1]
        y[-kernel.OUTLETS :] = 0.0
        feed = (*self.inflow(feed_kg_d, volume_m3_d, overflow), 1.0)
        climate = self.climate(len(feed_kg_d), temperature_c)
        ended, states, protons = follow_seasons(y, proton, feed, climate, self.system, _CONTROL)
        loading = self.loading(feed_kg_d)
        gas = np.diff(states[:, -kernel.OUTLETS :], axis=0, prepend=np.zeros((1, kernel.OUTLETS)))
        # Where the outlet just opens or shuts, the integral may step back by less than the tolerance.
        gas = np.maximum(gas, 0.0)
        return DigesterRun(states, protons, gas, self._nitrogen(states), climate[0], ended, loading)

    def loading(self, feed_kg_d: Floats) -> Floats:
        """Return the load of a feed (days, feedstocks) [kg/d], shape (days,) [kg VS/m3/d]."""
        solids = np.array([feedstock(code).volatile_solids_kg_kg for code in self.codes])
        load: Floats = feed_kg_d @ solids / self.plant.liquid_m3
        return load

    def climate(self, days: int, temperature_c: Floats | None) -> tuple[Floats, Floats]:
        """Return constants (days, 72) and relative speed of disintegration (days,) at given temperatures [degC]."""
        if temperature_c is None:
            return np.tile(self.system.c, (days, 1)), np.ones(days)
        if temperature_c.shape != (days,) or not np.isfinite(temperature_c).all():
            raise ValueError("The temperature needs one number a day.")
        return self.constants(temperature_c), self.pool_speed(temperature_c)

    def pool_speed(self, temperature_c: Floats) -> Floats:
        """Return the speed of disintegration relative to that at the plant's own temperature, same shape."""
        return hydrolysis_factor(temperature_c) / hydrolysis_factor(self.plant.temperature_c)

    def _nitrogen(self, states: Floats) -> Floats:
        """Return all nitrogen in the liquid, shape (days,) [kg N/m3]."""
        per_state = content("N", self.values)
        # An opened pool releases its protein only, so that is the nitrogen a pool holds.
        per_pool = np.append(self.pool[:-2, 2] * self.values["N_aa"], [0.0, 1.0])
        pools = states[:, kernel.MODEL : -kernel.OUTLETS]
        total: Floats = NITROGEN_MOLAR * (states[:, : len(LIQUID)] @ per_state + pools @ per_pool)
        return total
