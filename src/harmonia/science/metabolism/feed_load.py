"""From a log's gallons and percents to what the model eats each day, using only what was known by then."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant_log import FeedColumns, LogMap, PlantLog

KG_PER_M3 = 1000.0
_AMOUNT_WINDOW = 7


@dataclass(frozen=True)
class FeedLoad:
    """Feed as library feedstocks of equal volatile solids, (days, codes) [kg/d], and true volume [m3/d]."""

    codes: tuple[str, ...]
    feed_kg_d: Floats
    volume_m3_d: Floats


def smoothed(values: Floats, trust: float, before: float) -> Floats:
    """Return a running estimate (days,) that moves by `trust` [-] towards each new value.

    A grab sample is not the tank it came from, and on most days there is none; before the first sample the
    estimate is `before`.
    """
    estimate, seen = before, False
    out = np.empty(len(values))
    for day, value in enumerate(values):
        if math.isfinite(value):
            estimate = estimate + trust * (value - estimate) if seen else value
            seen = True
        out[day] = estimate
    return out


def filled_amount(values: Floats) -> Floats:
    """Return amounts (days,), gaps filled by the mean of the last seven logged, 0 before the first."""
    known: list[float] = []
    out = np.empty(len(values))
    for day, value in enumerate(values):
        if math.isfinite(value):
            known.append(float(value))
        usual = float(np.mean(known[-_AMOUNT_WINDOW:])) if known else 0.0
        out[day] = value if math.isfinite(value) else usual
    return out


def first_fed_day(log: PlantLog) -> int:
    """Return the first day on which every feed has a logged amount, or the number of days if none."""
    logged = np.all([np.isfinite(columns["amount"]) for columns in log.feeds.values()], axis=0)
    return int(np.argmax(logged)) if logged.any() else len(log.days)


def feed_load(log: PlantLog, log_map: LogMap, trust: float) -> FeedLoad:
    """Return the daily load; `trust` [0 to 1] is how far one solids sample moves the estimate."""
    codes = tuple(sorted({feed.feedstock for feed in log_map.feeds}))
    load = np.zeros((len(log.days), len(codes)))
    volume = np.zeros(len(log.days))
    for feed in log_map.feeds:
        series = log.feeds[feed.name]
        amount = filled_amount(series["amount"])
        load[:, codes.index(feed.feedstock)] += amount * KG_PER_M3 * _relative_solids(feed, series, trust)
        volume += amount
    return FeedLoad(codes, load, volume)


def fed_solids(log: PlantLog, log_map: LogMap, trust: float = 0.5) -> dict[str, Floats]:
    """Return volatile solids of each feed by its name, (days,) [kg VS/d], solids known as far as read by then."""
    fed = {}
    for feed in log_map.feeds:
        series = log.feeds[feed.name]
        usual = feedstock(feed.feedstock).volatile_solids_kg_kg
        relative = _relative_solids(feed, series, trust)
        fed[feed.name] = filled_amount(series["amount"]) * KG_PER_M3 * usual * relative
    return fed


def _relative_solids(feed: FeedColumns, series: Mapping[str, Floats], trust: float) -> Floats | float:
    """Return volatile solids of a feed over those of its library feedstock [-]."""
    library = feedstock(feed.feedstock)
    relative: Floats | float = 1.0
    for name, usual in (
        ("total_solids", library.total_solids.value),
        ("volatile_solids", library.volatile_solids.value),
        ("volatile_solids_fresh", library.volatile_solids_kg_kg),
    ):
        if name in series:
            relative = relative * smoothed(series[name], trust, usual) / usual
    return relative
