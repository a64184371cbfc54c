"""What becomes of a day's gas: engine, boiler, stoves, the store for the morning, and what is lost.

A day has two halves: a quiet one in which nobody cooks and gas beyond the store is lost, and one in which the
stoves run. Engine and boiler run evenly through both.
"""

from dataclasses import dataclass

from harmonia.science.metabolism.plant import Plant

ENERGY_OF_METHANE = 9.97  # [kWh/m3 at 0 degC], lower heating value 35.9 MJ/m3
QUIET_SHARE = 0.5  # the part of the day in which nobody cooks, whose gas must fit the store
HOURS = 24.0


@dataclass(frozen=True)
class Stock:
    """Gas in the store and the methane in it [m3 at 0 degC and 101.325 kPa, dry]."""

    gas_m3: float = 0.0
    methane_m3: float = 0.0


@dataclass(frozen=True)
class GasDay:
    """One day's gas and heat: gas in [m3/d], energy in [kWh/d].

    made + store before = engine + boiler + stoves + lost + store after; `spilt` is the part of what is lost that
    found no room in the store. `heat_*`: what each source gave; `heat` all of it, at most what was asked for.
    """

    made: float
    engine: float
    boiler: float
    stoves: float
    lost: float
    spilt: float
    stock: Stock
    methane_share: float
    heat_engine: float
    heat_outside: float
    heat_boiler: float
    heat_electric: float
    heat_unstated: float

    @property
    def heat(self) -> float:
        """All heat given to digesters and pasteuriser [kWh/d]."""
        own = self.heat_engine + self.heat_boiler
        return own + self.heat_outside + self.heat_electric + self.heat_unstated

    @property
    def fuel_kwh_m3(self) -> float:
        """The energy of a m3 of the day's gas [kWh/m3]."""
        return self.methane_share * ENERGY_OF_METHANE


def use_gas(plant: Plant, made_m3: float, methane_m3: float, heat_kwh: float, before: Stock) -> GasDay:
    """Share a day's gas [m3] out: the engine's share first, then the boiler's need, then the stoves.

    `heat_kwh` [kWh/d] is what digesters and pasteuriser ask for.
    """
    total = made_m3 + before.gas_m3
    share = (methane_m3 + before.methane_m3) / total if total > 0 else 0.0
    fuel = share * ENERGY_OF_METHANE
    engine = _engine_gas(plant, total, fuel)
    engine_heat = engine * fuel * plant.engine.heat_efficiency if plant.engine else 0.0
    heat = _sources(plant, heat_kwh, engine_heat, (total - engine) * fuel)
    boiler = heat["boiler"] / plant.heating.boiler_efficiency / fuel if plant.heating and fuel > 0 else 0.0
    stoves, spilt, left = _kitchen(plant, made_m3, before.gas_m3, engine + boiler)
    lost = total - engine - boiler - stoves - left
    return GasDay(
        made_m3, engine, boiler, stoves, lost, spilt, Stock(left, share * left), share,
        heat["engine"], heat["outside"], heat["boiler"], heat["electric"], heat["unstated"],
    )  # fmt: skip


def _engine_gas(plant: Plant, total: float, fuel: float) -> float:
    if plant.engine is None or fuel <= 0:
        return 0.0
    most = plant.engine.electric_kw * HOURS / plant.engine.electric_efficiency / fuel
    return min(plant.engine_share * total, most)


def _sources(plant: Plant, asked: float, engine_heat: float, fuel_left: float) -> dict[str, float]:
    """Return what each source gives [kWh/d], cheapest first."""
    given = dict.fromkeys(("engine", "outside", "boiler", "electric", "unstated"), 0.0)
    given["engine"] = min(asked, engine_heat)
    missing = asked - given["engine"]
    heating = plant.heating
    if heating is None:
        # Nobody said what keeps it warm, so whatever it is gives what is missing.
        return given | {"unstated": missing}
    for source, most in (
        ("outside", heating.outside_kw * HOURS),
        ("boiler", min(heating.boiler_kw * HOURS, fuel_left * heating.boiler_efficiency)),
        ("electric", heating.electric_kw * HOURS),
    ):
        given[source] = min(missing, most)
        missing -= given[source]
    return given


def _kitchen(plant: Plant, made: float, stored: float, steady: float) -> tuple[float, float, float]:
    """Return gas to stoves, spilt and left in the store [m3], after `steady` went to engine and boiler."""
    morning = stored + QUIET_SHARE * (made - steady)
    spilt = max(0.0, morning - plant.gas_store_m3)
    there = max(0.0, stored + made - steady - spilt)
    # What the engine's share could not burn is the kitchen's too.
    cooked = plant.stove_share / (1 - plant.engine_share) if plant.engine_share < 1 else 0.0
    for_stoves = min(1.0, cooked) * there
    stoves = for_stoves if plant.stove_m3_d is None else min(for_stoves, plant.stove_m3_d)
    left = min(plant.gas_store_m3, for_stoves - stoves)
    return stoves, spilt + for_stoves - stoves - left, left
