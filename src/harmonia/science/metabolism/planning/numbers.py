"""The numbers of one case in the programme's order and units: parameters, bounds, and a start."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism import kernel
from harmonia.science.metabolism.characterisation import METHANE_PER_COD, characterise
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.planning.limits import CODES, WEEK_DAYS, FeedLimits
from harmonia.science.metabolism.planning.packing import feed_columns, pack_numbers
from harmonia.science.metabolism.planning.present import Present
from harmonia.science.metabolism.planning.shape import Shape, state_count
from harmonia.science.metabolism.planning.trial import Room, Trial
from harmonia.science.metabolism.plant import Plant

NO_LIMIT = 1e6
# What a plan is for, in m3 of methane: ours, because nobody has published what a kitchen would trade.
ACCEPTED_M3_KG = 0.05  # a kg taken in is worth this besides its own gas
WAITING_M3_KG_D = 0.002  # a kg that waits a day costs this, about a fiftieth of what food waste gives
PACE_WEIGHT = 0.3  # a day that feeds nothing of an even pace costs about a third of a day's methane
_OVER_WEIGHT = 30.0  # a limit overstepped by its own size for a day costs a month of gas
_SMALLEST = {kernel.H2: 1e-9, kernel.GAS_H2: 1e-8}  # [kg COD/m3]; others 1e-5
_GROWTH_SHARE = 0.1  # of what the cells take; characterise() finds about as much
_ON_THE_WAY = (*range(kernel.AC + 1), kernel.CH, kernel.PR, kernel.LI)


@dataclass(frozen=True)
class Amounts:
    """A case in arrays: stock (feedstocks,), arrivals and most waiting (days, feedstocks) [kg], open days (days,).

    `step_kg`: what the finished plan is rounded to; `stored_m3`: gas in store now.
    """

    stock: Floats
    arrivals: Floats
    most_waiting: Floats
    is_open: Floats
    step_kg: float
    stored_m3: float
    temperature_c: Floats


@dataclass(frozen=True)
class Units:
    """The sizes of a day's feed [kg], gas [m3] and methane [m3], and of each state, that bring unknowns near 1."""

    kg: float
    gas_m3: float
    methane_m3: float
    scale: Floats


def solids_of(codes: tuple[str, ...]) -> Floats:
    """Return volatile solids of each feedstock, (feedstocks,) [kg VS/kg]."""
    return np.array([feedstock(code).volatile_solids_kg_kg for code in codes])


def potential_of(codes: tuple[str, ...]) -> Floats:
    """Return the methane each feedstock can give, (feedstocks,) [m3/kg]."""
    return np.array(
        [feedstock(code).methane_potential.value * feedstock(code).volatile_solids_kg_kg for code in codes]
    )


def units(amounts: Amounts, codes: tuple[str, ...], trial: Trial) -> Units:
    """Return the sizes of a case."""
    daily = (amounts.stock + amounts.arrivals.sum(axis=0)) / len(amounts.arrivals)
    methane = max(float(daily @ potential_of(codes)), 0.5 * float(trial.gas_m3_d.mean()), 1e-9)
    scale = np.abs(trial.states).mean(axis=(0, 1))
    least = np.array([_SMALLEST.get(place, 1e-5) for place in range(scale.size)])
    return Units(max(float(daily.sum()), 1e-9), methane / 0.6, methane, np.maximum(scale, least))


def room(past: Present, limits: FeedLimits, step_kg: float) -> Room:
    """Return what a day may take, less what rounding to `step_kg` [kg] may add."""
    plant, solids = past.digester.plant, solids_of(past.codes)
    margin = step_kg * float(solids.max())
    load, rise = limits.loading_kg_vs_m3_d * plant.liquid_m3, limits.rise_kg_vs_m3_d * plant.liquid_m3
    values = limit_values(plant, limits)
    return Room(
        solids,
        max(load - margin, 0.5 * load),
        max(rise - margin, 0.5 * rise),
        float(values["throughput"] or 0.0),
    )


def parameters(past: Present, amounts: Amounts, limits: FeedLimits, size: Units) -> dict[str, Floats]:
    """Return every parameter of the first programme: as much as the limits allow."""
    plant, codes = past.digester.plant, past.codes
    days = len(amounts.arrivals)
    solids, mean_solids = solids_of(codes), float(solids_of(codes) @ _daily(amounts))
    per_methane = 1 / size.methane_m3
    n = size.scale.size
    kept = np.maximum(potential_of(codes) - WEEK_DAYS * WAITING_M3_KG_D, 0.0)
    return {
        "feeds": feed_columns(past.digester).ravel(order="F"),
        "water": np.array([(1 + plant.dilution_l_per_kg) / 1000 / plant.liquid_m3]),
        "scale": size.scale,
        "unit_kg": np.array([size.kg]),
        "unit_gas": np.array([size.gas_m3]),
        "numbers": pack_numbers(past.digester, amounts.temperature_c).ravel(),
        "start": past.state[:n] / size.scale,
        "solids": solids,
        "stock": amounts.stock / size.kg,
        "arrivals": amounts.arrivals.ravel() / size.kg,
        "loads_before": past.week_kg @ solids / size.kg,
        "feed_before": past.week_kg.sum(axis=1) / size.kg,
        "limits": _limits(past, limits, amounts.step_kg, size),
        "share": np.array([limits.vs_share.get(code, 2.0) for code in codes]),
        "open": amounts.is_open,
        "credit": _credit(past, amounts) * size.scale / size.gas_m3,
        "kept_worth": kept * size.kg / size.gas_m3,
        "waiting_cost": np.array([WAITING_M3_KG_D * size.kg * per_methane]),
        "away_cost": np.array([ACCEPTED_M3_KG * size.kg * per_methane]),
        "pace_cost": np.array([PACE_WEIGHT * (size.kg / max(mean_solids, 1e-9)) ** 2 * (days > 0)]),
        "over_cost": np.array([_OVER_WEIGHT]),
        "relax_cost": np.zeros(len(CODES)),
        "gain": np.array([size.gas_m3 * per_methane]),
        "stored_before": np.array([amounts.stored_m3 / size.gas_m3]),
    }


def _daily(amounts: Amounts) -> Floats:
    mean: Floats = (amounts.stock + amounts.arrivals.sum(axis=0)) / len(amounts.arrivals)
    return mean


def limit_values(plant: Plant, limits: FeedLimits) -> dict[str, float | None]:
    """Return every limit in its own unit, None where there is none; shares by their own mapping are 1."""
    store = plant.gas_store_m3 if limits.gas_must_fit and plant.gas_store_m3 > 0 else None
    return {
        "loading": limits.loading_kg_vs_m3_d,
        "rise": limits.rise_kg_vs_m3_d,
        "throughput": 1000 * plant.liquid_m3 / limits.retention_d / (1 + plant.dilution_l_per_kg),
        "share": 1.0,
        "acid_ratio": limits.acid_ratio,
        "acids": limits.acids_kg_m3,
        "free_ammonia": limits.free_ammonia_kg_n_m3,
        "ammonium": limits.ammonium_kg_n_m3,
        "gas_store": store,
        "gas_use": limits.gas_use_m3_d,
    }


def _limits(past: Present, limits: FeedLimits, step_kg: float, size: Units) -> Floats:
    most = room(past, limits, step_kg)
    values = limit_values(past.digester.plant, limits)
    per_unit = {"loading": most.load, "rise": most.rise, "throughput": most.kilograms}
    values |= {code: value / size.kg for code, value in per_unit.items()}
    gas = {code: value for code in ("gas_store", "gas_use") if (value := values[code]) is not None}
    values |= {code: value / size.gas_m3 for code, value in gas.items()}
    return np.array([NO_LIMIT if (value := values[code]) is None else value for code in CODES])


def least_relaxation(given: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return the prices that ask for everything to be taken with the least sum of relative relaxations."""
    return {
        "gain": 1e-3 * given["gain"],
        "waiting_cost": 1e-3 * given["waiting_cost"],
        "pace_cost": 1e-2 * given["pace_cost"],
        "away_cost": np.array([100.0]),
        "relax_cost": np.ones(len(CODES)),
    }


def _credit(past: Present, amounts: Amounts) -> Floats:
    """Return the methane a unit of each state still gives after the last day [m3 per kg COD/m3].

    A pool gives its share before it is washed out, opening against dilution; what is on its way to methane all but
    what cells grow from.
    """
    digester = past.digester
    liquid = digester.plant.liquid_m3
    wash = _daily(amounts).sum() * (1 + digester.plant.dilution_l_per_kg) / 1000 / liquid
    credit = np.zeros(state_count(len(digester.codes)))
    credit[list(_ON_THE_WAY)] = (1 - _GROWTH_SHARE) * METHANE_PER_COD * liquid
    for place, code in enumerate(digester.codes):
        opening = digester.pool[place, 0]
        gives = characterise(feedstock(code)).methane_per_degradable
        credit[kernel.MODEL + place] = liquid * gives * opening / (opening + wash)
    return credit


def bounds(shape: Shape, amounts: Amounts, size: Units) -> dict[str, tuple[Floats, Floats]]:
    """Return low and high of each block of unknowns: of days (block, days), of the tail (block,)."""
    zero = {name: np.zeros((length, shape.days)) for name, length in shape.day_blocks.items()}
    free = {name: (low, np.full_like(low, np.inf)) for name, low in zero.items()}
    free["ph"] = (np.full_like(zero["ph"], 3.0), np.full_like(zero["ph"], 11.0))
    is_open = np.where(amounts.is_open > 0, np.inf, 0.0)
    free["feed"] = (zero["feed"], np.tile(is_open, (shape.feedstocks, 1)))
    free["waiting"] = (zero["waiting"], amounts.most_waiting.T / size.kg)
    relax, pace = np.zeros(len(CODES)), np.zeros(shape.feedstocks)
    return free | {"relax": (relax, relax), "pace": (pace, np.full_like(pace, np.inf))}


def start(shape: Shape, amounts: Amounts, size: Units, trial: Trial) -> dict[str, Floats]:
    """Return a start for each block of unknowns from a trial."""
    n = size.scale.size
    states = (trial.states / size.scale).reshape(shape.days, -1).T
    waiting = amounts.stock + np.cumsum(amounts.arrivals - trial.feed_kg_d, axis=0)
    return {
        "state": states.reshape(-1, shape.days) if n else states,
        "ph": trial.ph.T,
        "feed": trial.feed_kg_d.T / size.kg,
        "away": np.zeros((shape.feedstocks, shape.days)),
        "waiting": waiting.T / size.kg,
        "used": trial.gas_m3_d[None, :] / size.gas_m3,
        "stored": np.full((1, shape.days), amounts.stored_m3 / size.gas_m3),
        "over": np.zeros((shape.day_blocks["over"], shape.days)),
        "relax": np.zeros(len(CODES)),
        "pace": trial.feed_kg_d.mean(axis=0) / size.kg,
    }


def join(shape: Shape, blocks: Mapping[str, Floats]) -> Floats:
    """Return blocks as one vector of unknowns."""
    days = np.concatenate([blocks[name] for name in shape.day_blocks])
    return np.concatenate([days.ravel(order="F"), *(blocks[name] for name in shape.tail_blocks)])
