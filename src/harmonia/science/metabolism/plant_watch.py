"""Watch a whole log for souring: every digester's signs, the alarms with their reason, and how good they were."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from harmonia.science.metabolism.early_warning import Alarm, Signs, of_the_plant, warnings
from harmonia.science.metabolism.feed_load import fed_solids, filled_amount
from harmonia.science.metabolism.feed_regression import fitted, memories
from harmonia.science.metabolism.feed_rise import FeedRise, strongest_rise
from harmonia.science.metabolism.particles import Floats
from harmonia.science.metabolism.plant_log import LogMap, PlantLog
from harmonia.science.metabolism.warning_scores import WarningScore, best_static, events, scored


@dataclass(frozen=True)
class PlantWarnings:
    """Alarms of a log by digester name and of the plant together, with the feed behind each plant alarm.

    `soured`: first days of souring, any digester; `score` of the plant's alarms; `static`: the best limit of
    the plain rule seen afterwards and its score, None where no acids are read.
    """

    digesters: Mapping[str, tuple[Alarm, ...]]
    plant: tuple[Alarm, ...]
    rises: tuple[FeedRise | None, ...]
    soured: tuple[int, ...]
    score: WarningScore
    static: tuple[float, WarningScore] | None


def watch_log(
    log: PlantLog, log_map: LogMap, foreseen_ph: Floats | None = None, *, laboratory: bool = True
) -> PlantWarnings:
    """Return the warnings of a log, each from what was known on its day.

    `foreseen_ph` (days, 7) as `early_warning.Signs` has it; without `laboratory`, acids and alkalinity are
    not looked at to warn, only to judge the warnings afterwards.
    """
    fed = fed_solids(log, log_map)
    signs = {name: _signs(log, log_map, name, fed, foreseen_ph) for name in log.digesters}
    seen = {name: sign if laboratory else _without_laboratory(sign) for name, sign in signs.items()}
    alarms = {name: warnings(sign) for name, sign in seen.items()}
    plant = of_the_plant(alarms.values())
    soured = tuple(sorted({day for sign in signs.values() for day in events(sign)}))
    ratios = [sign.ratio for sign in signs.values() if sign.ratio is not None]
    worst = _worst(ratios, len(log.days)) if ratios else None
    return PlantWarnings(
        digesters=alarms,
        plant=plant,
        rises=tuple(strongest_rise(fed, alarm.first) for alarm in plant),
        soured=soured,
        score=scored(plant, soured, len(log.days)),
        static=None if worst is None else best_static(worst, soured),
    )


def _signs(
    log: PlantLog, log_map: LogMap, name: str, fed: Mapping[str, Floats], foreseen_ph: Floats | None
) -> Signs:
    read = log.digesters[name]
    solids: Floats = np.sum(list(fed.values()), axis=0)
    return Signs(
        days=len(log.days),
        ratio=ratio_of(read),
        acids=read.get("acids"),
        alkalinity=read.get("alkalinity"),
        ph=read.get("ph"),
        gas=log.readings["gas"],
        expected_gas=expected_gas(log, log_map),
        temperature=read.get("temperature"),
        solids=solids,
        foreseen_ph=foreseen_ph,
    )


def _without_laboratory(signs: Signs) -> Signs:
    return replace(signs, ratio=None, acids=None, alkalinity=None)


def ratio_of(read: Mapping[str, Floats]) -> Floats | None:
    """Return acids over alkalinity (days,) as titrated, or from the two where it was not; None without either."""
    given = read.get("acid_ratio")
    if "acids" not in read or "alkalinity" not in read:
        return given
    computed: Floats = read["acids"] / np.maximum(read["alkalinity"], 0.1)
    return computed if given is None else np.where(np.isfinite(given), given, computed)


def expected_gas(log: PlantLog, log_map: LogMap) -> Floats:
    """Return the gas (days,) a regression on the feed foresees, fitted on the days before each; NaN at first."""
    amounts = np.array([filled_amount(log.feeds[feed.name]["amount"]) for feed in log_map.feeds]).T
    memory, gas = memories(amounts), log.readings["gas"]
    expected = np.full(gas.size, math.nan)
    for day in range(1, gas.size):
        regression = fitted(memory, gas, day - 1)
        if regression is not None:
            expected[day] = regression.at(memory[day])
    return expected


def _worst(ratios: list[Floats], days: int) -> Floats:
    worst = np.full(days, math.nan)
    for ratio in ratios:
        worst = np.fmax(worst, ratio)
    return worst
