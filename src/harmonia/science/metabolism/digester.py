"""One plant, one set of parameters, many days: the model run behind every member of an ensemble."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from harmonia.science.metabolism import kernel, rodas
from harmonia.science.metabolism.adm1 import START_PROTONS, control_at, start_vector
from harmonia.science.metabolism.characterisation import NITROGEN_MOLAR, characterise
from harmonia.science.metabolism.constants import Vessel, fill_constants, sparse_rows
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.kernel import Floats, System
from harmonia.science.metabolism.kinetics import hydrolysis_factor, kinetics_at
from harmonia.science.metabolism.nomenclature import LIQUID
from harmonia.science.metabolism.petersen import content
from harmonia.science.metabolism.plant import Plant

# The benchmark outlet, 5e4 m3/d/bar for 3400 m3, scaled to the plant so that overpressure stays alike.
OUTLET_PER_LIQUID = 5e4 / 3400  # [1/d/bar]
WARM_UP_DAYS = 300.0
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

    `ended` is the solver's code; `nitrogen_kg_m3` (days,) all nitrogen in a m3 of digestate.
    """

    states: Floats
    protons: Floats
    gas: Floats
    nitrogen_kg_m3: Floats
    constants: Floats
    ended: int


class Digester:
    """A plant with its feedstocks under one member's parameters, as the kernel reads it.

    The pools are one a feedstock, then two that never open: inert COD and the nitrogen bound in it.
    """

    def __init__(self, plant: Plant, codes: tuple[str, ...], member: Member) -> None:
        self.plant = plant
        self.codes = codes
        values = kinetics_at(plant.temperature_c, **member.kinetics)
        rows = sparse_rows(values)
        vessel = Vessel(
            plant.liquid_m3, plant.headspace_m3, plant.temperature_c, OUTLET_PER_LIQUID * plant.liquid_m3
        )
        self.feeds = np.array([self._feed_column(place, member) for place in range(len(codes))])
        self.pool = self._pools(member)
        self.values = values
        self.system = System(
            fill_constants(values, vessel), rows.value, rows.first, rows.column, self.pool,
            np.zeros(kernel.LIQUID + len(self.pool)), 0.0,
        )  # fmt: skip

    def _pools(self, member: Member) -> Floats:
        warm = hydrolysis_factor(self.plant.temperature_c)
        pool = np.zeros((len(self.codes) + 2, 5))
        for place, code in enumerate(self.codes):
            character = characterise(feedstock(code))
            pool[place, 0] = character.disintegration * member.speed.get(code, 1.0) * warm
            pool[place, 1:4] = character.split
        return pool

    def _feed_column(self, place: int, member: Member) -> Floats:
        """Return what one kg of a feedstock brings [kg COD, kmol], shape (26 + pools,)."""
        code = self.codes[place]
        character = characterise(feedstock(code))
        brings = np.zeros(kernel.LIQUID + len(self.codes) + 2)
        degradable = min(1.0, character.degradable * member.methane.get(code, 1.0))
        # Ammonium comes with the bicarbonate it was freed with, so the feed itself is neutral.
        brings[kernel.IN] = brings[kernel.IC] = character.ammonium
        brings[kernel.LIQUID + place] = character.cod * degradable
        brings[-2] = character.cod * (1 - degradable)
        brings[-1] = character.organic_nitrogen * (1 - degradable)
        return brings * member.solids.get(code, 1.0)

    def inflow(self, feed_kg_d: Floats, volume_m3_d: Floats | None = None) -> tuple[Floats, Floats]:
        """Return concentrations (days, 26 + pools) and dilution [1/d] of a feed (days, feedstocks) [kg/d].

        `volume_m3_d` (days,) where the volume was measured; else feed and its water at 1000 kg/m3.
        """
        own = feed_kg_d.sum(axis=1) * (1 + self.plant.dilution_l_per_kg) / 1000
        volume = own if volume_m3_d is None else volume_m3_d
        brought = feed_kg_d @ self.feeds
        concentration = brought / np.where(volume > 0, volume, 1.0)[:, None]
        return concentration, volume / self.plant.liquid_m3

    def fresh(self) -> Floats:
        """Return a full state: digested sludge, nothing of the feedstocks yet."""
        rest = start_vector()
        return np.concatenate([rest[: kernel.MODEL], np.zeros(len(self.pool)), rest[kernel.MODEL :]])

    def settled(self, feed_kg_d: Floats, volume_m3_d: float | None = None) -> tuple[Floats, float]:
        """Return state and protons after a long steady feed (feedstocks,) [kg/d]; fresh sludge if none."""
        y = self.fresh()
        if feed_kg_d.sum() <= 0:
            return y, START_PROTONS
        volume = None if volume_m3_d is None else np.array([volume_m3_d])
        concentration, dilution = self.inflow(feed_kg_d[None, :], volume)
        fed = self.system._replace(inflow=concentration[0], dilution=float(dilution[0]))
        _, proton, _ = rodas.advance(y, (START_PROTONS, 1e-3), WARM_UP_DAYS, fed, _ROUGH)
        y[-kernel.OUTLETS :] = 0.0
        return y, proton

    def run(
        self, feed_kg_d: Floats, start: tuple[Floats, float], volume_m3_d: Floats | None = None
    ) -> DigesterRun:
        """Carry a start through days of feed (days, feedstocks) [kg/d]; the start is left untouched."""
        y, proton = start[0].copy(), start[1]
        y[-kernel.OUTLETS :] = 0.0
        feed = (*self.inflow(feed_kg_d, volume_m3_d), 1.0)
        ended, states, protons = rodas.follow_holds(y, proton, feed, self.system, _CONTROL)
        gas = np.diff(states[:, -kernel.OUTLETS :], axis=0, prepend=np.zeros((1, kernel.OUTLETS)))
        # Where the outlet just opens or shuts, the integral may step back by less than the tolerance.
        gas = np.maximum(gas, 0.0)
        return DigesterRun(states, protons, gas, self._nitrogen(states), self.system.c, ended)

    def _nitrogen(self, states: Floats) -> Floats:
        """Return all nitrogen in the liquid, shape (days,) [kg N/m3]."""
        per_state = content("N", self.values)
        # An opened pool releases its protein only, so that is the nitrogen a pool holds.
        per_pool = np.append(self.pool[:-2, 2] * self.values["N_aa"], [0.0, 1.0])
        pools = states[:, kernel.MODEL : -kernel.OUTLETS]
        total: Floats = NITROGEN_MOLAR * (states[:, : len(LIQUID)] @ per_state + pools @ per_pool)
        return total
