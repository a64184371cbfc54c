"""One plant under one member's parameters for some days: digesters in series and side by side, heat and gas."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from harmonia.science.metabolism import readings
from harmonia.science.metabolism.digester import Digester, DigesterRun, Flow, Member
from harmonia.science.metabolism.elements import Contents, liquid_states
from harmonia.science.metabolism.gas_use import HOURS, GasDay, Stock, use_gas
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import Plant
from harmonia.science.metabolism.plant_heat import HeatDay, Weather, heat_day
from harmonia.science.metabolism.plant_parts import Tank
from harmonia.science.metabolism.stretch import Stretch, joined
from harmonia.science.metabolism.succession import TankState
from harmonia.science.metabolism.warmth import FREEZING_C

KG_PER_M3 = 1000.0
_ROUNDS, _CLOSE = 8, 1e-4
_LONGEST = 100_000  # [d] no stretch is longer
_SEASON_D = 28  # over how many days the weather a plant starts in is averaged


class Works:
    """A plant, what is fed to it (days, codes) [kg/d], and the weather, None where nobody knows it."""

    def __init__(
        self,
        plant: Plant,
        codes: tuple[str, ...],
        member: Member,
        feed: Floats,
        weather: tuple[Weather, ...] | None,
    ) -> None:
        self.plant, self.weather, self.days = plant, weather, len(feed)
        if plant.shredder is not None:
            speed = {code: member.speed.get(code, 1.0) * plant.shredder.speed for code in codes}
            member = replace(member, speed=speed)
        self.digesters = {tank.name: _digester(plant, tank, codes, member) for tank in plant.digesters}
        self.contents = {name: Contents(digester) for name, digester in self.digesters.items()}
        self.feeds = [share * self._digested(feed) for share in plant.feed_shares]
        self.fresh_m3 = [self._volume(fed) for fed in self.feeds]
        flows: dict[str, Floats] = {}
        for tank, own in zip(plant.digesters, self.fresh_m3, strict=True):
            flows[tank.name] = own + flows[tank.after] if tank.after else own
        self.flows_m3 = list(flows.values())

    def _digested(self, feed: Floats) -> Floats:
        return feed * (1 - self.plant.composted_share)

    def _volume(self, feed: Floats) -> Floats:
        volume: Floats = feed.sum(axis=-1) * (1 + self.plant.dilution_l_per_kg) / KG_PER_M3
        return volume

    @property
    def water_c(self) -> float:
        """How warm the water is that fills new room [degC]."""
        if self.weather is None:
            return self.plant.temperature_c
        return max(FREEZING_C, float(np.mean([day.air_c for day in self.weather[:_SEASON_D]])))

    @property
    def first_c(self) -> tuple[float, ...]:
        """How warm each digester is when nothing is known of the days before [degC]."""
        if self.weather is None:
            held_c = self.plant.temperature_c
            return tuple(held_c if t.temperature_c is None else t.temperature_c for t in self.plant.digesters)
        ground = max(FREEZING_C, float(np.mean([day.ground_c for day in self.weather[:_SEASON_D]])))
        free = [ground if tank.buried else self.water_c for tank in self.plant.digesters]
        return tuple(
            warmth if tank.temperature_c is None else tank.temperature_c
            for tank, warmth in zip(self.plant.digesters, free, strict=True)
        )

    def settled(self, warm: Floats) -> dict[str, TankState]:
        """Return each digester after a long steady feed (codes,) [kg/d]; fresh sludge if none."""
        found: dict[str, TankState] = {}
        flows: dict[str, Flow] = {}
        rows = zip(self.plant.digesters, self.plant.feed_shares, self.first_c, strict=True)
        for tank, share, warmth in rows:
            digester, before, fed = (
                self.digesters[tank.name],
                flows.get(tank.after),
                share * self._digested(warm),
            )
            y, proton = digester.settled(fed, temperature_c=warmth, overflow=before)
            found[tank.name] = TankState(y, proton, warmth)
            volume = np.array([self._volume(fed)]) + (0.0 if before is None else before.volume_m3_d)
            flows[tank.name] = Flow(volume, volume[:, None] * liquid_states(y[None, :]))
        return found

    def run(self, states: Mapping[str, TankState], stock: Stock) -> Stretch:
        """Carry all digesters through all days; where gas for heating falls short, day by day.

        Days are first run as if it never did. From the first day on which it does, that day is run again with
        the heat there is, and the rest goes on from its evening.
        """
        now, first, size = dict(states), 0, _LONGEST
        parts: list[Stretch] = []
        while first < self.days:
            part = self._stretch(now, stock, slice(first, min(self.days, first + size)), self._most_heat)
            short = next((n for n in range(part.days) if part.lacks_heat(n)), None)
            size = 1 if short is not None else min(2 * size, _LONGEST)
            if short == 0:
                part = self._short_day(now, stock, first, part.gases[0].heat)
            elif short is not None:
                part = part.cut(short)
            parts.append(part)
            now, stock, first = part.evening(self.plant), part.gases[-1].stock, first + part.days
        return joined(parts)

    def _short_day(self, now: Mapping[str, TankState], stock: Stock, day: int, most: float) -> Stretch:
        """Return a day with the heat its gas can give: a cooler day gives less gas, so in a few rounds.

        What the last round still lacked is taken off the books' heat and temperature, though the biology ran at
        the temperature before: some 1e-4 of the day's heat.
        """
        days = slice(day, day + 1)
        for _ in range(_ROUNDS):
            part = self._stretch(now, stock, days, most)
            before, most = most, min(most, part.gases[0].heat)
            if most >= before * (1 - _CLOSE):
                break
        heats = self._heats(now, days, most)
        gases = self._gases(part.tanks, heats, stock)
        return replace(part, temperature_c=np.array([heats[0].mean_c]), heats=heats, gases=gases)

    @property
    def _most_heat(self) -> float:
        """The most all sources can give a day [kWh/d], whatever gas there is."""
        heating, engine = self.plant.heating, self.plant.engine
        if heating is None:
            return float("inf")
        waste = (
            0.0
            if engine is None
            else engine.electric_kw / engine.electric_efficiency * engine.heat_efficiency
        )
        return HOURS * (heating.outside_kw + heating.boiler_kw + heating.electric_kw + waste)

    def _stretch(self, now: Mapping[str, TankState], stock: Stock, days: slice, most: float) -> Stretch:
        heats = self._heats(now, days, most)
        warmth = np.array([day.mean_c for day in heats])
        runs, elements = self._digest(now, days, None if self.weather is None else warmth)
        return Stretch(tuple(runs), warmth, heats, self._gases(runs, heats, stock), *elements)

    def _heats(self, now: Mapping[str, TankState], days: slice, most: float) -> tuple[HeatDay, ...]:
        warmth = tuple(now[tank.name].temperature_c for tank in self.plant.digesters)
        found = []
        for day in range(days.start, days.stop):
            flows = tuple(float(flow[day]) for flow in self.flows_m3)
            fresh = tuple(float(own[day]) for own in self.fresh_m3)
            if self.weather is None:
                hot = sum(fresh) if self.plant.pasteuriser else 0.0
                found.append(HeatDay(warmth, warmth, 0.0, 0.0, hot))
                continue
            found.append(heat_day(self.plant, flows, fresh, warmth, self.weather[day], most))
            warmth = found[-1].evening_c
        return tuple(found)

    def _digest(
        self, now: Mapping[str, TankState], days: slice, warmth: Floats | None
    ) -> tuple[list[DigesterRun], Floats]:
        """Return a run of each digester, and elements fed, gas, digestate and change, shape (4, days, 3)."""
        runs: list[DigesterRun] = []
        flows: dict[str, Flow] = {}
        elements = np.zeros((4, days.stop - days.start, 3))
        handed_on = {tank.after for tank in self.plant.digesters}
        for place, tank in enumerate(self.plant.digesters):
            digester, contents = self.digesters[tank.name], self.contents[tank.name]
            state, fed = now[tank.name], self.feeds[place][days]
            before = flows.get(tank.after)
            temperature = None if warmth is None else warmth[:, place]
            run = digester.run(fed, (state.y, state.proton), temperature_c=temperature, overflow=before)
            own = digester.arriving(fed).brought
            entering = own if before is None else own + before.brought
            flow = contents.outflow(state.y, run, Flow(self.flows_m3[place][days], entering))
            flows[tank.name] = flow
            runs.append(run)
            elements[0] += contents.of_flow(own)
            elements[1] += contents.of_gas(run)
            if tank.name not in handed_on:
                elements[2] += contents.of_flow(flow.brought)
            elements[3] += np.diff(contents.held(np.concatenate([state.y[None, :], run.states])), axis=0)
        return runs, elements

    def _gases(
        self, runs: Sequence[DigesterRun], heats: tuple[HeatDay, ...], stock: Stock
    ) -> tuple[GasDay, ...]:
        made = methane = np.zeros(len(heats))
        for run in runs:
            made = made + readings.gas_m3_d(run)
            methane = methane + readings.gas_m3_d(run) * readings.methane_share(run)
        found = []
        for day, heat in enumerate(heats):
            found.append(use_gas(self.plant, float(made[day]), float(methane[day]), heat.given, stock))
            stock = found[-1].stock
        return tuple(found)


def _digester(plant: Plant, tank: Tank, codes: tuple[str, ...], member: Member) -> Digester:
    alone = Plant(
        plant.name,
        (replace(tank, after="", feed_share=None),),
        plant.dilution_l_per_kg,
        ambient=plant.ambient,
        trace_elements=plant.trace_elements,
    )
    return Digester(alone, codes, member)
