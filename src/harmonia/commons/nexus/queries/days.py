"""Numbers of the model on a day, and the plants there were."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from harmonia.commons.nexus.models import PlantVersion, Run

if TYPE_CHECKING:
    from harmonia.science.metabolism import Plant


@dataclass(frozen=True)
class Interval:
    """A number with the range it may lie in: eight of ten members of the ensemble lie in it."""

    value: float
    low: float
    high: float


class Facts:
    """Numbers of a run on and around a day."""

    def __init__(self, run: Run | None, day: date) -> None:
        self._run = run
        self._index = run.index_of(day) if run else 0

    def number(self, name: str, ahead: int = 0) -> float | None:
        """Return a series' number on the day, or `ahead` days later; None outside the run."""
        if self._run is None:
            return None
        numbers, index = self._run.series(name), self._index + ahead
        return numbers[index] if 0 <= index < len(numbers) else None

    def interval(self, name: str, low: str, high: str, ahead: int = 0) -> Interval | None:
        """Return a number with its range."""
        value, least, most = (self.number(column, ahead) for column in (name, low, high))
        if value is None or least is None or most is None:
            return None
        return Interval(value, least, most)

    def week_mean(self, name: str) -> float | None:
        """Return the mean of the seven days up to the day."""
        found = [number for ahead in range(-6, 1) if (number := self.number(name, ahead)) is not None]
        return sum(found) / len(found) if found else None


def latest_run() -> Run | None:
    """Return the newest run of the model."""
    return Run.objects.select_related("version").order_by("-id").first()


def version() -> PlantVersion | None:
    """Return the plant in force, as the database has it: its number, sizes and text."""
    return PlantVersion.objects.order_by("number").last()


def versions() -> list[PlantVersion]:
    """Return every plant there was, newest first."""
    return list(PlantVersion.objects.order_by("-number"))


def plant() -> "Plant | None":
    """Return the plant in force as the science knows it."""
    from harmonia.science.metabolism import plant_from_toml

    newest = version()
    return plant_from_toml(newest.toml) if newest else None
