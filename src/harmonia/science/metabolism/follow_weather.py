"""The weather of a case: from its own days, from the plant's monthly means, or unknown, with what that leaves out."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import Plant
from harmonia.science.metabolism.plant_heat import Weather
from harmonia.science.metabolism.surroundings import air_c, day_of_year, ground_c

Days = tuple[Weather, ...]
UNKNOWN = "The heat is not counted: nobody said how warm it is outside."
DATELESS = "The case has no date, so every day is as warm outside as the mean of the year."
NO_GROUND = "The ground is taken as warm as the mean of the days: the plant's file has no monthly means."
NO_WALL = "The heat that {name} loses through its wall is not counted: its file does not say how much it is."


def weather_of(
    plants: Sequence[Plant], days: int, first_day: date | None, air: Sequence[float] | None
) -> tuple[Days | None, tuple[str, ...]]:
    """Return the weather of each day, None where nobody knows, and sentences on what that leaves out."""
    monthly = next((plant.ambient.monthly_c for plant in reversed(plants) if plant.ambient), None)
    place = day_of_year(first_day or date(2001, 1, 1), days)
    notes = list(_walls(plants[-1]))
    if monthly is not None and first_day is None:
        monthly = (sum(monthly) / len(monthly),) * len(monthly)  # without a date no day is in any season
    if air is not None:
        known = np.array(air, dtype=float)
        if monthly is None and any(tank.buried for plant in plants for tank in plant.digesters):
            notes.append(NO_GROUND)
    elif monthly is not None:
        known = air_c(monthly, place)
        notes += [DATELESS] if first_day is None else []
    else:
        return None, ((UNKNOWN,) if any(plant.digesters for plant in plants) else ())
    ground = np.full(days, known.mean()) if monthly is None else ground_c(monthly, place)
    return _days(known, ground), tuple(notes)


def _days(air: Floats, ground: Floats) -> Days:
    return tuple(Weather(a, g) for a, g in zip(air.tolist(), ground.tolist(), strict=True))


def _walls(plant: Plant) -> list[str]:
    return [NO_WALL.format(name=tank.name) for tank in plant.digesters if tank.heat_loss_w_k is None]
