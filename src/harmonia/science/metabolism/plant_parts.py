"""The parts a plant may have: each number with the limits between which it makes sense, and its unit."""

import math
import re
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from harmonia.science.sentences import Sentence, SentenceError

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
MONTHS = 12


class PlantError(SentenceError, ValueError):
    """A plant or an edit that cannot be; the message is one sentence for the reader."""


@dataclass(frozen=True)
class Limits:
    """Between which values a number of a plant may lie, and its unit ("" for a share or a factor)."""

    low: float
    high: float
    unit: str


def number(low: float, high: float, unit: str = "", default: Any = MISSING) -> Any:
    """Return a dataclass field that holds a number; with None as its default it may be left out."""
    return field(default=default, metadata={"limits": Limits(low, high, unit)})


def numbers_of(part: Any) -> dict[str, Limits]:
    """Return the limits of every number that a part (or its class) has, by name."""
    return {f.name: f.metadata["limits"] for f in fields(part) if "limits" in f.metadata}


def optional_numbers_of(part: Any) -> frozenset[str]:
    """Return the names of the numbers that may be left out."""
    return frozenset(f.name for f in fields(part) if "limits" in f.metadata and f.default is None)


def check_numbers(part: Any, place: str = "") -> None:
    """Raise PlantError, with the path of the number, unless every number lies within its limits."""
    optional = optional_numbers_of(part)
    for name, limits in numbers_of(part).items():
        value = getattr(part, name)
        if value is None and name in optional:
            continue
        if not (is_number(value) and limits.low <= value <= limits.high):
            raise PlantError(
                "%(place)s%(name)s must be between %(low)g and %(high)g %(unit)s, not %(value)r.",
                place=place,
                name=name,
                low=limits.low,
                high=limits.high,
                unit=limits.unit or Sentence("(no unit)"),
                value=value,
            )


def is_number(value: object) -> bool:
    """Return whether a value is a finite number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


@dataclass(frozen=True)
class Tank:
    """One digester: its size, its warmth and where its feed comes from.

    `temperature_c` [degC] is held by heating; None: nobody heats it and it follows the air or ground around
    it. Its heat loss is `loss_w_k` [W/K], or `u_w_m2_k` [W/(m2 K)] times `area_m2` [m2]; without an area that
    of a closed cylinder as high as wide. `mixing_w_m3` [W per m3 of liquid]. `feed_share`: how many parts of
    the plant's feed it gets; None is one part, or none if it takes the overflow of the digester `after`.
    """

    name: str
    liquid_m3: float = number(0.001, 100_000, "m3")
    headspace_m3: float = number(0.0001, 50_000, "m3")
    # Mesophilic kinetics only, so the set point stays below thermophilic.
    temperature_c: float | None = number(12, 45, "degC", None)
    after: str = ""
    feed_share: float | None = number(0, 1000, "", None)
    loss_w_k: float | None = number(0, 1_000_000, "W/K", None)
    u_w_m2_k: float | None = number(0, 20, "W/(m2 K)", None)
    area_m2: float | None = number(0.001, 1_000_000, "m2", None)
    buried: bool = False
    mixing_w_m3: float = number(0, 1000, "W/m3", 0.0)

    def __post_init__(self) -> None:
        if not (isinstance(self.name, str) and NAME.fullmatch(self.name)):
            raise PlantError(
                "A digester's name is short, of small letters, digits, - and _, not %(name)r.", name=self.name
            )
        place = f"digester.{self.name}."
        check_numbers(self, place)
        if not isinstance(self.buried, bool):
            raise PlantError(
                "%(place)sburied must be true or false, not %(buried)r.", place=place, buried=self.buried
            )
        if self.loss_w_k is not None and self.u_w_m2_k is not None:
            raise PlantError(
                "%(place)sloss_w_k and %(place)su_w_m2_k say the same thing; keep one of them.", place=place
            )
        if self.temperature_c is None and self.heat_loss_w_k is None:
            raise PlantError(
                "%(place)stemperature_c is missing; without it %(place)su_w_m2_k is needed.", place=place
            )

    @property
    def parts_of_feed(self) -> float:
        """How many parts of the plant's feed go into it."""
        if self.feed_share is None:
            return 0.0 if self.after else 1.0
        return self.feed_share

    @property
    def wall_m2(self) -> float:
        """Its outside [m2]: as stated, else a closed cylinder as high as wide around liquid and gas."""
        if self.area_m2 is not None:
            return self.area_m2
        wide: float = math.cbrt(4 * (self.liquid_m3 + self.headspace_m3) / math.pi)
        return 1.5 * math.pi * wide**2

    @property
    def heat_loss_w_k(self) -> float | None:
        """What it loses per degree that it is warmer than its surroundings [W/K]; None if nobody said."""
        if self.u_w_m2_k is not None:
            return self.u_w_m2_k * self.wall_m2
        return self.loss_w_k


@dataclass(frozen=True)
class Heating:
    """What warms digesters and pasteuriser, after the engine's waste heat; in this order.

    `outside_kw` [kW]: heat that costs no gas or current here (a solar coil, a neighbour's pipe); `boiler_kw`
    [kW] out of the plant's own gas with `boiler_efficiency` [kWh/kWh]; `electric_kw` [kW of heat] with
    `electric_efficiency` [kWh/kWh], above 1 for a heat pump.
    """

    outside_kw: float = number(0, 100_000, "kW", 0.0)
    boiler_kw: float = number(0, 100_000, "kW", 0.0)
    boiler_efficiency: float = number(0.05, 1.1, "", 0.85)
    electric_kw: float = number(0, 100_000, "kW", 0.0)
    electric_efficiency: float = number(0.05, 8, "", 1.0)


@dataclass(frozen=True)
class Engine:
    """An engine with a generator: `share` of the gas after heating, at most what makes `electric_kw` [kW].

    Without a `share` it gets what the stoves leave. `electric_efficiency` and `heat_efficiency` [kWh per kWh
    of methane]; `own_kwh_d` [kWh/d] its own pumps.
    """

    electric_kw: float = number(0.01, 100_000, "kW")
    share: float | None = number(0, 1, "", None)
    electric_efficiency: float = number(0.05, 0.6, "", 0.3)
    heat_efficiency: float = number(0, 0.9, "", 0.45)
    own_kwh_d: float = number(0, 100_000, "kWh/d", 0.0)

    def __post_init__(self) -> None:
        check_numbers(self, "engine.")
        if self.electric_efficiency + self.heat_efficiency > 1:
            raise PlantError(
                "engine.electric_efficiency and engine.heat_efficiency together must not exceed 1."
            )


@dataclass(frozen=True)
class Pasteuriser:
    """Heats the `of` "feed" (with its water) or "digestate" to `temperature_c` [degC] for `hours` [h].

    70 degC for one hour is what the rules for kitchen waste ask for (Regulation (EU) 142/2011, annex V).
    `heat_recovery` [-]: share of the heat that an exchanger hands from the hot to the cold side.
    """

    temperature_c: float = number(50, 100, "degC", 70.0)
    hours: float = number(0.05, 48, "h", 1.0)
    heat_recovery: float = number(0, 0.95, "", 0.0)
    of: str = "feed"

    def __post_init__(self) -> None:
        check_numbers(self, "pasteuriser.")
        if self.of not in ("feed", "digestate"):
            raise PlantError('pasteuriser.of must be "feed" or "digestate", not %(of)r.', of=self.of)


@dataclass(frozen=True)
class Shredder:
    """Cuts the feed smaller: `speed` [-] times faster disintegration, for `kwh_per_t` [kWh per t of feed]."""

    speed: float = number(0.2, 10)
    kwh_per_t: float = number(0, 500, "kWh/t", 0.0)


@dataclass(frozen=True)
class Starter:
    """On the day this plant comes into force, a `share` [-] of the liquid is exchanged for lively sludge."""

    share: float = number(0, 1)


@dataclass(frozen=True)
class TraceElements:
    """What is added to every kg of fresh feed, recorded: `selenium_mg_kg` and `cobalt_mg_kg` [mg/kg]."""

    selenium_mg_kg: float = number(0, 10, "mg/kg", 0.0)
    cobalt_mg_kg: float = number(0, 10, "mg/kg", 0.0)


@dataclass(frozen=True)
class Separator:
    """A press behind the last digester: what `share` [-] of the digestate's mass leaves as solids.

    `nitrogen_share` and `carbon_share` [-] of the digestate's nitrogen and carbon leave with them; None: the
    same as of its mass, as if it were well mixed.
    """

    share: float = number(0, 1)
    nitrogen_share: float | None = number(0, 1, "", None)
    carbon_share: float | None = number(0, 1, "", None)
    kwh_per_t: float = number(0, 500, "kWh/t", 0.0)


@dataclass(frozen=True)
class Composting:
    """Bays that take the separator's solids and `feed_share` [-] of what is brought.

    Without a `feed_share` they get all of it where there is no digester, and none where there is one.
    `bulking_kg_per_kg`: cuttings and sieve overs mixed in [kg/kg]; after `days` [d] a batch has lost
    `mass_loss` [-] of all that went in, and `net_kg_per_kg` [kg compost per kg brought] fall through the
    sieve. The rest are overs, mixed into a later batch. Defaults: means of 88 batches of food waste of a Greek
    island, Lytras et al. (2024), doi:10.1007/s12649-024-02697-9: 65 % lost (standard deviation 7 %), 0.23.
    """

    feed_share: float | None = number(0, 1, "", None)
    bulking_kg_per_kg: float = number(0, 10, "kg/kg", 0.5)
    mass_loss: float = number(0, 0.95, "", 0.65)
    net_kg_per_kg: float = number(0, 5, "kg/kg", 0.23)
    days: float = number(7, 730, "d", 99.0)

    def __post_init__(self) -> None:
        check_numbers(self, "composting.")
        crude = (1 - self.mass_loss) * (1 + self.bulking_kg_per_kg)
        if self.net_kg_per_kg > crude:
            raise PlantError(
                "composting.net_kg_per_kg must not exceed the %(crude).2f kg/kg that its losses leave.",
                crude=crude,
            )


@dataclass(frozen=True)
class Ambient:
    """How warm it is outside: twelve monthly means [degC], January first."""

    monthly_c: tuple[float, ...]

    def __post_init__(self) -> None:
        known = isinstance(self.monthly_c, tuple) and len(self.monthly_c) == MONTHS
        if not (known and all(is_number(value) and -60 <= value <= 60 for value in self.monthly_c)):
            raise PlantError("ambient.monthly_c must be twelve numbers between -60 and 60 degC.")
