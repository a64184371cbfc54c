"""What the demonstration's scientist reads off the plant, twice a week.

The instruments show what the model says of that day, with a scatter of ours, drawn with a fixed seed: fictional, like
everybody who reads them. Safety readings are clear.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus import queries
from harmonia.commons.nexus.models import PlantVersion, Reading, Run
from harmonia.commons.people.models import Person

SEED = 11
ALKALINITY_MG_L = 4200.0
SCATTER = 0.025  # of a titration and a gas meter, as a share
SCATTER_PH, SCATTER_K = 0.02, 0.2
EVERY_DAYS = 3


class Instruments:
    """The meter, the burette and the probes, one round after the other."""

    def __init__(self, operator: Person) -> None:
        self._operator = operator
        self._dice = random.Random(SEED)  # noqa: S311 - a demonstration wants the same numbers every time
        self._meter_m3 = 0.0
        self._read_on: date | None = None

    def round(self, at: datetime) -> None:
        """Read everything once; the gas meter counts from the first round on."""
        read_safety(self._operator, at)
        run = Run.objects.latest("id")
        for kind, value in self._probes(run, at.date()):
            nexus.record_reading(kind, value, by=self._operator, at=at)
        self._meter_m3 += sum(_on(run, "gas_m3_d", day) * self._near(1.0) for day in self._days_to(at.date()))
        nexus.read_meter(round(self._meter_m3, 3), by=self._operator, at=at)
        self._read_on = at.date()

    def _probes(self, run: Run, day: date) -> Iterator[tuple[Reading.Kind, float]]:
        alkalinity = self._near(ALKALINITY_MG_L)
        yield Reading.Kind.ALKALINITY, round(alkalinity)
        yield Reading.Kind.ACIDS, round(self._near(_on(run, "acid_ratio", day) * alkalinity))
        yield Reading.Kind.PH, round(self._dice.gauss(_on(run, "ph", day), SCATTER_PH), 2)
        yield Reading.Kind.TEMPERATURE, round(self._dice.gauss(_set_point(), SCATTER_K), 1)

    def _near(self, value: float) -> float:
        return self._dice.gauss(value, SCATTER * value)

    def _days_to(self, day: date) -> list[date]:
        first = self._read_on or day
        return [first + timedelta(days=n + 1) for n in range((day - first).days)]


def read_safety(operator: Person, at: datetime) -> None:
    """Record the readings without which nothing on the plant may be changed."""
    nexus.record_reading("h2s", 0.4, by=operator, at=at)
    for test in ("ch4_alarm", "leak_check"):
        nexus.record_reading(test, passed=True, by=operator, at=at)


def _on(run: Run, name: str, day: date) -> float:
    """Return what a run says of a day, or of its last one."""
    series = run.series(name)
    return float(series[min(run.index_of(day), len(series) - 1)])


def _set_point() -> float:
    plant = queries.plant()
    tank = plant.digesters[0] if plant else None
    if tank is None or tank.temperature_c is None:
        raise RuntimeError(f"the demonstration's plant {PlantVersion.objects.latest('number')} is not heated")
    return tank.temperature_c
