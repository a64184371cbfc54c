"""A plant: its digesters, what warms and uses them, and what becomes of its gas and its digestate."""

from collections.abc import Mapping
from dataclasses import dataclass

from harmonia.science.metabolism.plant_parts import (
    Ambient,
    Composting,
    Engine,
    Heating,
    Limits,
    Pasteuriser,
    PlantError,
    Separator,
    Shredder,
    Starter,
    Tank,
    TraceElements,
    check_numbers,
    number,
    numbers_of,
)

FIRST = "first"
# The names under which a plant of one digester was written before it could have several.
SINGLE = ("liquid_m3", "headspace_m3", "temperature_c")


@dataclass(frozen=True)
class Plant:
    """A plant; every part but digesters or composting may be missing.

    `digesters` in the order in which matter flows; `dilution_l_per_kg`: water added per kg of feed [L/kg];
    `gas_store_m3` [m3]: gas made while nobody cooks and beyond the store is lost to the `flare`, or to the air
    without one; `stove_share` [-]: share of the kept gas that goes to stoves and counts as energy people use,
    at most `stove_m3_d` [m3/d] of it; `stove_efficiency` [kWh in the pot per kWh of methane].
    """

    name: str
    digesters: tuple[Tank, ...] = ()
    dilution_l_per_kg: float = number(0, 50, "L/kg", 0.0)
    gas_store_m3: float = number(0, 100_000, "m3", 0.0)
    stove_share: float = number(0, 1, "", 1.0)
    stove_efficiency: float = number(0.05, 1, "", 0.5)
    stove_m3_d: float | None = number(0, 1_000_000, "m3/d", None)
    flare: bool = True
    heating: Heating | None = None
    engine: Engine | None = None
    pasteuriser: Pasteuriser | None = None
    shredder: Shredder | None = None
    starter: Starter | None = None
    trace_elements: TraceElements | None = None
    separator: Separator | None = None
    composting: Composting | None = None
    ambient: Ambient | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise PlantError("name must be text, not %(name)r.", name=self.name)
        if not (isinstance(self.digesters, tuple) and all(isinstance(t, Tank) for t in self.digesters)):
            raise PlantError("digesters must be a tuple of Tank; for one, use single_digester(...).")
        check_numbers(self)
        for name, kind in UNITS.items():
            part = getattr(self, name)
            if part is not None:
                if not isinstance(part, kind):
                    raise PlantError(
                        "%(name)s must be a %(kind)s, not %(part)r.", name=name, kind=kind.__name__, part=part
                    )
                check_numbers(part, f"{name}.")
        for check in (_check_something, _check_connections, _check_shares):
            check(self)

    @property
    def liquid_m3(self) -> float:
        """The liquid in all digesters [m3]; 0 without one."""
        return sum(tank.liquid_m3 for tank in self.digesters)

    @property
    def headspace_m3(self) -> float:
        """The gas space above the liquid of all digesters [m3]."""
        return sum(tank.headspace_m3 for tank in self.digesters)

    @property
    def temperature_c(self) -> float:
        """The set point of the first digester [degC]; unheated, the mean outside, or 20 if nobody said."""
        held = self.digesters[0].temperature_c if self.digesters else None
        if held is not None:
            return held
        return sum(self.ambient.monthly_c) / len(self.ambient.monthly_c) if self.ambient else 20.0

    @property
    def feed_shares(self) -> tuple[float, ...]:
        """The share of the digested feed that each digester gets; they sum to 1."""
        parts = [tank.parts_of_feed for tank in self.digesters]
        return tuple(part / sum(parts) for part in parts)

    @property
    def engine_share(self) -> float:
        """The share of the kept gas that the engine may burn [-]; 0 without one."""
        if self.engine is None:
            return 0.0
        return 1 - self.stove_share if self.engine.share is None else self.engine.share

    @property
    def composted_share(self) -> float:
        """The share of what is brought that goes straight to the compost bays [-]."""
        if self.composting is None:
            return 0.0
        if self.composting.feed_share is None or not self.digesters:
            return 0.0 if self.digesters else 1.0
        return self.composting.feed_share

    def tank(self, name: str) -> Tank:
        """Return the digester of a name; raises PlantError when there is none."""
        for tank in self.digesters:
            if tank.name == name:
                return tank
        raise PlantError("The plant has no digester called %(name)r.", name=name)


# Every part a plant may have once, beside its digesters.
UNITS: Mapping[str, type] = {
    "heating": Heating,
    "engine": Engine,
    "pasteuriser": Pasteuriser,
    "shredder": Shredder,
    "starter": Starter,
    "trace_elements": TraceElements,
    "separator": Separator,
    "composting": Composting,
    "ambient": Ambient,
}


def _ranges() -> dict[str, tuple[float, float, str]]:
    def plain(limits: Limits) -> tuple[float, float, str]:
        return limits.low, limits.high, limits.unit

    tank, whole = numbers_of(Tank), numbers_of(Plant)
    own = ("dilution_l_per_kg", "gas_store_m3", "stove_share")
    return {name: plain(tank[name]) for name in SINGLE} | {name: plain(whole[name]) for name in own}


# Numbers a plant of one digester was described by, each with low, high and unit; edits still know these names.
RANGES = _ranges()


def single_digester(
    name: str,
    liquid_m3: float,
    headspace_m3: float,
    temperature_c: float | None,
    dilution_l_per_kg: float = 0.0,
    gas_store_m3: float = 0.0,
    stove_share: float = 1.0,
) -> Plant:
    """Return a plant of one digester, whose warmth is held at `temperature_c` by means nobody counts.

    Raises:
        PlantError: a number is impossible.
    """
    tank = Tank(FIRST, liquid_m3, headspace_m3, temperature_c)
    return Plant(name, (tank,), dilution_l_per_kg, gas_store_m3, stove_share)


def _check_something(plant: Plant) -> None:
    if not plant.digesters and plant.composting is None:
        raise PlantError("A plant needs a digester or composting; this one has neither.")


def _check_connections(plant: Plant) -> None:
    before: set[str] = set()
    for tank in plant.digesters:
        if tank.name in before:
            raise PlantError("Two digesters are called %(name)r; give each its own name.", name=tank.name)
        if tank.after and tank.after not in before:
            raise PlantError(
                'digester.%(name)s takes from "%(after)s", which is no digester before it.',
                name=tank.name,
                after=tank.after,
            )
        before.add(tank.name)
    taken = [tank.after for tank in plant.digesters if tank.after]
    twice = sorted({name for name in taken if taken.count(name) > 1})
    if twice:
        raise PlantError('Two digesters take the overflow of "%(twice)s"; only one can.', twice=twice[0])
    if plant.digesters and sum(tank.parts_of_feed for tank in plant.digesters) <= 0:
        raise PlantError("No digester gets any feed; give one of them a feed_share above 0.")


def _check_shares(plant: Plant) -> None:
    if plant.engine_share + plant.stove_share > 1 + 1e-9:
        raise PlantError(
            "stove_share (%(stove)g) and engine.share (%(engine)g) together must not exceed 1.",
            stove=plant.stove_share,
            engine=plant.engine_share,
        )
