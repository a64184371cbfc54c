"""One member's run of a whole plant through its days, plant after plant, with everything that flows in and out."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism import readings, rodas
from harmonia.science.metabolism.digester import Digester, DigesterRun, Member
from harmonia.science.metabolism.elements import Contents
from harmonia.science.metabolism.gas_use import Stock
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import Plant, single_digester
from harmonia.science.metabolism.plant_heat import HeatDay, Weather
from harmonia.science.metabolism.stretch import Stretch
from harmonia.science.metabolism.succession import TankState, succeed
from harmonia.science.metabolism.works import Works

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class PlantCase:
    """One member's run of a plant, as an executor carries it elsewhere.

    `plants`: (first day, plant in force from it on), the first at day 0; `feed` (days, codes) [kg/d]; `warm`
    (codes,) [kg/d] long before; `weather`: one a day, None where nobody knows it.
    """

    plants: tuple[tuple[int, Plant], ...]
    codes: tuple[str, ...]
    feed: Floats
    warm: Floats
    member: Member
    weather: tuple[Weather, ...] | None = None


@dataclass(frozen=True)
class Era:
    """The days of one plant from day `first` on.

    `added`, `removed` (3,) [kg COD, C, N]: what came and went when the plant came into force.
    """

    first: int
    plant: Plant
    stretch: Stretch
    added: Floats
    removed: Floats


@dataclass(frozen=True)
class PlantRun:
    """A whole run, plant after plant; `bays` (days, 3): elements fed straight to the compost bays."""

    eras: tuple[Era, ...]
    bays: Floats

    @property
    def gas_m3_d(self) -> Floats:
        """Dry gas of all digesters, shape (days,) [m3/d at 0 degC, 101.325 kPa]."""
        return np.array([day.made for era in self.eras for day in era.stretch.gases])

    @property
    def gas_kg_d(self) -> Floats:
        """Mass of that gas with its vapour, shape (days,) [kg/d]."""
        return self.summed(readings.gas_kg_d)

    @property
    def methane_m3_d(self) -> Floats:
        """Methane of all digesters, shape (days,) [m3/d at 0 degC, 101.325 kPa]."""
        return self.summed(lambda run: readings.gas_m3_d(run) * readings.methane_share(run))

    @property
    def methane_share(self) -> Floats:
        """Methane share of that gas, shape (days,) [m3/m3]; of the first head space on a day without gas."""
        gas = self.gas_m3_d
        head = self.first_tank(readings.methane_share)
        return np.where(gas > 0, self.methane_m3_d / np.where(gas > 0, gas, 1.0), head)

    @property
    def first_temperature_c(self) -> Floats:
        """Mean temperature of the first digester of each day, shape (days,) [degC]; NaN without one."""
        parts = [
            era.stretch.temperature_c[:, 0] if era.stretch.tanks else np.full(era.stretch.days, np.nan)
            for era in self.eras
        ]
        return np.concatenate(parts)

    def ever(self, happens: Callable[[DigesterRun], Flags]) -> Flags:
        """Return whether something happens in any digester, shape (days,)."""
        parts = [
            np.any([happens(run) for run in era.stretch.tanks], axis=0)
            if era.stretch.tanks
            else np.zeros(era.stretch.days, dtype=bool)
            for era in self.eras
        ]
        return np.concatenate(parts)

    @property
    def complete(self) -> bool:
        """Whether every digester was computed to its last day."""
        return all(run.ended == rodas.OK for era in self.eras for run in era.stretch.tanks)

    def summed(self, reading: Callable[[DigesterRun], Floats]) -> Floats:
        """Return a reading (days,) summed over the digesters of each day."""
        parts = [
            np.sum([reading(run) for run in era.stretch.tanks], axis=0)
            if era.stretch.tanks
            else np.zeros(era.stretch.days)
            for era in self.eras
        ]
        return np.concatenate(parts)

    def first_tank(self, reading: Callable[[DigesterRun], Floats]) -> Floats:
        """Return a reading (days,) of the first digester of each day; NaN on days without one."""
        parts = [
            reading(era.stretch.tanks[0]) if era.stretch.tanks else np.full(era.stretch.days, np.nan)
            for era in self.eras
        ]
        return np.concatenate(parts)

    def tank(self, name: str, reading: Callable[[DigesterRun], Floats]) -> Floats:
        """Return a reading of one digester on the days on which it stands, in order."""
        return np.concatenate([reading(era.stretch.tanks[place]) for era, place in self._places(name)])

    def temperature_c(self, name: str) -> Floats:
        """Return the mean temperature of one digester on each day on which it stands [degC]."""
        return np.concatenate([era.stretch.temperature_c[:, place] for era, place in self._places(name)])

    def _places(self, name: str) -> list[tuple[Era, int]]:
        names = [(era, [tank.name for tank in era.plant.digesters]) for era in self.eras]
        return [(era, of_era.index(name)) for era, of_era in names if name in of_era]

    def daily(self, number: Callable[[HeatDay], float]) -> Floats:
        """Return a number of each day's heat, shape (days,)."""
        return np.array([number(day) for era in self.eras for day in era.stretch.heats])

    def elements(self, name: str) -> Floats:
        """Return "fed", "gas", "digestate" or "change", shape (days, 3) [kg COD, C, N a day]."""
        return np.concatenate([getattr(era.stretch, name) for era in self.eras])


def run_plant(case: PlantCase) -> PlantRun:
    """Run one member of a plant through all its days; between two plants nothing is made or lost."""
    firsts = [first for first, _ in case.plants]
    eras: list[Era] = []
    digesters: dict[str, Digester] = {}
    states: dict[str, TankState] = {}
    stock = Stock()
    for (first, plant), last in zip(case.plants, [*firsts[1:], len(case.feed)], strict=True):
        days = slice(first, last)
        weather = None if case.weather is None else case.weather[days]
        works = Works(plant, case.codes, case.member, case.feed[days], weather)
        added = removed = np.zeros(3)
        if eras:
            taken = succeed(digesters, states, plant, works.digesters, works.water_c)
            states, added, removed = dict(taken.states), taken.added, taken.removed
        else:
            states = works.settled(case.warm)
        stretch = works.run(states, stock)
        eras.append(Era(first, plant, stretch, added, removed))
        digesters, states, stock = works.digesters, stretch.evening(plant), stretch.gases[-1].stock
    return PlantRun(tuple(eras), _to_bays(case, eras))


def _to_bays(case: PlantCase, eras: list[Era]) -> Floats:
    # What a kilogram brings is the same in any digester, so a small one tells it for plants without.
    scale = Digester(single_digester("scale", 1.0, 0.2, 35.0), case.codes, case.member)
    share = np.concatenate([np.full(era.stretch.days, era.plant.composted_share) for era in eras])
    return Contents(scale).of_flow(share[:, None] * case.feed @ scale.feeds)
