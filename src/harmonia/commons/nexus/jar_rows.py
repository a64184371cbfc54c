"""Rows of a jar trial as the science reads them: days since closing, standard methane, names of what is inside."""

from typing import TYPE_CHECKING, Any, cast

from harmonia.commons.nexus.models import JarBottle, JarReading, JarTrial
from harmonia.commons.nexus.places import local_day

if TYPE_CHECKING:
    from harmonia.science.metabolism import jar_readings

CONTROL, BLANK = "Cellulose", "Blank"
Facts = dict[str, Any]


def latest_of_each_day(bottle: JarBottle) -> list[JarReading]:
    """Return a bottle's readings, oldest first; of one day the one written last."""
    by_day = {local_day(reading.at): reading for reading in sorted(bottle.readings.all(), key=lambda r: r.pk)}
    return sorted(by_day.values(), key=lambda reading: reading.at)


def methane_of(bottle: JarBottle, trial: JarTrial) -> tuple[list[float], list[float]]:
    """Return days [d] since a bottle was closed and its standard methane so far [mL].

    Raises:
        ReadingError: a reading that cannot be.
    """
    from harmonia.science.metabolism.jar_readings import JarReading as Read
    from harmonia.science.metabolism.jar_readings import methane_so_far

    rows = [
        Read(trial.day_of(reading.at), reading.value, reading.temperature_c, reading.methane_share)
        for reading in latest_of_each_day(bottle)
    ]
    method = cast("jar_readings.Method", trial.method)
    days, methane = methane_so_far(method, rows, trial.headspace_ml, trial.temperature_c)
    return days.tolist(), methane.tolist()


def substrate_name(bottle: JarBottle, trial: JarTrial) -> str:
    """Return what a bottle is called in the science's tables: Blank, Cellulose or the material's code."""
    names = {JarBottle.Content.BLANK: BLANK, JarBottle.Content.CELLULOSE: CONTROL}
    return names.get(JarBottle.Content(bottle.content), trial.substance.code)
