"""What a plant did on some days in a row, and how such stretches are cut and joined."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from harmonia.science.metabolism.digester import DigesterRun
from harmonia.science.metabolism.gas_use import GasDay
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import Plant
from harmonia.science.metabolism.plant_heat import HeatDay
from harmonia.science.metabolism.succession import TankState

_SAME = 1e-9  # heat that agrees to this share is the same heat


@dataclass(frozen=True)
class Stretch:
    """Some days in a row: a run of each digester and its temperatures (days, digesters) [degC].

    `heats` and `gases`: one a day; elements (days, 3) [kg COD, C, N a day]: `fed` into digesters, left as
    `gas`, overflowed as `digestate`, and `change` of what the digesters hold.
    """

    tanks: tuple[DigesterRun, ...]
    temperature_c: Floats
    heats: tuple[HeatDay, ...]
    gases: tuple[GasDay, ...]
    fed: Floats
    gas: Floats
    digestate: Floats
    change: Floats

    @property
    def days(self) -> int:
        """How many days they are."""
        return len(self.heats)

    def lacks_heat(self, day: int) -> bool:
        """Whether the gas of a day could not give the heat its temperatures were computed with."""
        given = self.heats[day].given
        return self.gases[day].heat < given * (1 - _SAME) - _SAME

    def evening(self, plant: Plant) -> dict[str, TankState]:
        """Return what each digester holds when the last day ends."""
        return {
            tank.name: TankState(run.states[-1], float(run.protons[-1]), warmth)
            for tank, run, warmth in zip(plant.digesters, self.tanks, self.heats[-1].evening_c, strict=True)
        }

    def cut(self, days: int) -> "Stretch":
        """Return the first days of it."""
        tanks = tuple(_part(run, days) for run in self.tanks)
        rest = {f.name: getattr(self, f.name)[:days] for f in fields(self) if f.name != "tanks"}
        return Stretch(tanks=tanks, **rest)


def _part(run: DigesterRun, days: int) -> DigesterRun:
    return replace(run, **{name: values[:days] for name, values in _daily(run).items()})


def _daily(run: DigesterRun) -> dict[str, Any]:
    values = {f.name: getattr(run, f.name) for f in fields(run)}
    return {name: value for name, value in values.items() if isinstance(value, np.ndarray)}


def joined(parts: Sequence[Stretch]) -> Stretch:
    """Return stretches that follow each other as one."""
    if len(parts) == 1:
        return parts[0]
    runs = zip(*(part.tanks for part in parts), strict=True)
    return Stretch(
        tuple(_joined_runs(run) for run in runs),
        np.concatenate([part.temperature_c for part in parts]),
        tuple(day for part in parts for day in part.heats),
        tuple(day for part in parts for day in part.gases),
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("fed", "gas", "digestate", "change")
        ),
    )


def _joined_runs(runs: Sequence[DigesterRun]) -> DigesterRun:
    days = [_daily(run) for run in runs]
    whole = {name: np.concatenate([day[name] for day in days]) for name in days[0]}
    return replace(runs[0], ended=max(run.ended for run in runs), **whole)
