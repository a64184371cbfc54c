"""Rows into a case of the science, and its outcome back into plain numbers; the science loads on first use.

Only tasks and commands call `run` and `compare`: the compiled model never loads in a web thread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.feeding import feed_series
from harmonia.commons.nexus.models import JarPool, PlantVersion
from harmonia.commons.nexus.places import local_day

if TYPE_CHECKING:
    from harmonia.science.metabolism import FollowOutcome, Plant, PlantEdit
    from harmonia.science.metabolism.plant_outcome import TankOutcome

HORIZON_DAYS = 14
MEMBERS = 24
SEED = 1  # one seed for all runs: two runs then differ by what was fed alone
MEAN_DAYS = 14
DIGITS = 6

Feed = dict[str, tuple[float, ...]]


@dataclass(frozen=True)
class Case:
    """What a run needs: the plant, the feed [kg/d by feedstock] from `start` on, history until `until`.

    `plants`: every plant there was with the day (0 is `start`) from which on it was in force.
    """

    version: PlantVersion
    start: date
    until: date
    feed: Feed
    plants: tuple[tuple[int, PlantVersion], ...]

    @property
    def days(self) -> int:
        """How many days it has, foreseen ones included."""
        return (self.until - self.start).days + 1 + HORIZON_DAYS


def commissioned() -> date:
    """Return the day the first plant came into force; raises Refused before."""
    first = PlantVersion.objects.order_by("number").first()
    if first is None:
        raise Refused(_("There is no plant yet. Set one up first."))
    return local_day(first.since)


def case_until(until: date) -> Case:
    """Read what was fed until a day, which plants were in force, and what is foreseen after it."""
    start = commissioned()
    versions = list(PlantVersion.objects.order_by("number"))
    days = [max(0, (local_day(version.since) - start).days) for version in versions]
    horizon = (until - start).days + 1 + HORIZON_DAYS
    plants = tuple((day, version) for day, version in zip(days, versions, strict=True) if day < horizon)
    return Case(versions[-1], start, until, feed_series(start, until, HORIZON_DAYS), plants)


def run(case: Case) -> tuple["FollowOutcome", dict[str, Any]]:
    """Return the model's outcome for a case, and its daily series as plain rounded numbers.

    Each day is run with the plant that was in force then.
    """
    from harmonia.science.metabolism import plant_from_toml

    plants = [(day, plant_from_toml(version.toml)) for day, version in case.plants]
    outcome = _follow(case, [plants])[0]
    return outcome, plain(outcome)


Plants = Sequence[tuple[int, "Plant"]]


def _follow(case: Case, histories: Sequence[Plants]) -> list["FollowOutcome"]:
    from harmonia.science.executor import SerialExecutor
    from harmonia.science.metabolism import FollowCase, follow

    narrowed = methane_of_jars()
    cases = [
        FollowCase(
            plants[0][1],
            _some_feed(case),
            MEMBERS,
            SEED,
            # A plant starts on the fresh digested sludge its books start with, so an empty warm start.
            warm_start={},
            methane=narrowed,
            changes=tuple(plants[1:]),
            first_day=case.start,
        )
        for plants in histories
    ]
    return SerialExecutor().map(follow, cases)


def methane_of_jars() -> dict[str, tuple[float, float, float]]:
    """Return what the community's jars have narrowed: value, low, high [m3 CH4/kg VS] by feedstock."""
    newest = JarPool.objects.order_by("id").last()
    if newest is None:
        return {}
    return {
        code: (told["middle"] / 1000, told["low"] / 1000, told["high"] / 1000)
        for code, told in newest.estimates.items()
        if told["jars"] and code != "cellulose"
    }


def _some_feed(case: Case) -> Feed:
    # A plant nobody has fed yet still lives on its starting slurry: its days have zero kilograms.
    return case.feed or {"food_waste": (0.0,) * case.days}


def plain(outcome: "FollowOutcome") -> dict[str, Any]:
    """Return every daily series of an outcome as rounded numbers, with the cooking hours of its gas.

    Under `digesters` are those of each digester by its name, from its first day on.
    """
    series: dict[str, Any] = {
        name: [round(float(number), DIGITS) for number in value]
        for name, value in asdict(outcome).items()
        if isinstance(value, tuple) and value and all(isinstance(number, int | float) for number in value)
    }
    series["digesters"] = {tank.name: _tank(tank) for tank in outcome.digesters}
    series["cooking_hours_d"] = _cooking_hours(series["gas_m3_d"], series["methane_share"])
    return series


def _tank(tank: "TankOutcome") -> dict[str, Any]:
    values = asdict(tank)
    series = {name: value for name, value in values.items() if isinstance(value, tuple)}
    return {"first": tank.first} | {
        name: [round(float(number), DIGITS) for number in value] for name, value in series.items()
    }


def _cooking_hours(gas_m3_d: Sequence[float], methane_share: Sequence[float]) -> list[float]:
    from harmonia.science.metabolism import cooking_hours

    pairs = zip(gas_m3_d, methane_share, strict=True)
    return [round(float(cooking_hours(gas, share)), DIGITS) for gas, share in pairs]


def worth_in_kitchen(codes: Sequence[str]) -> dict[str, tuple[float, float, float]]:
    """Return hours of cooking a kg of each feedstock can give [h/kg]: middle, low, high of its potential."""
    from harmonia.science.metabolism import cooking_hours, feedstock

    worth = {}
    for code in codes:
        found = feedstock(code)
        potential = found.methane_potential
        hours = [
            cooking_hours(methane_m3 * found.volatile_solids_kg_kg, methane_share=1.0)
            for methane_m3 in (potential.value, potential.low, potential.high)
        ]
        worth[code] = (round(hours[0], 4), round(hours[1], 4), round(hours[2], 4))
    return worth


def compare(case: Case, edits: Sequence["PlantEdit"]) -> dict[str, Any]:
    """Return what the edited plant would do on the same feed, beside the plant in force.

    Both as if they had stood from the first day on: a digester shows what it can do after months, not after the
    two weeks that are foreseen.
    """
    from harmonia.science.metabolism import apply_edits, plant_from_toml

    plant = plant_from_toml(case.version.toml)
    before, after = _follow(case, [[(0, plant)], [(0, apply_edits(plant, edits))]])
    return {
        "before": last_means(plain(before)),
        "after": last_means(plain(after)),
        "days": MEAN_DAYS,
        "status": after.status,
        "engine": after.engine,
        "seed": after.seed,
    }


MEASURES = (
    "gas_m3_d",
    "gas_low",
    "gas_high",
    "methane_share",
    "cooking_hours_d",
    "ph",
    "acid_ratio",
    "retention_d",
    "loading_kg_vs_m3_d",
    "nitrogen_kg_d",
    "digestate_kg_d",
    "energy_kwh_d",
    "temperature_c",
    "heat_demand_kwh_d",
    "heat_kwh_d",
    "flared_m3_d",
    "vented_m3_d",
    "net_kwh_d",
    "compost_kg_d",
)


def last_means(series: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the mean of each measure over the last two weeks; units are in the names.

    A measure that a run of former days did not have is left out.
    """
    last = {name: series[name][-MEAN_DAYS:] for name in MEASURES if series.get(name)}
    return {name: sum(days) / len(days) for name, days in last.items()}
