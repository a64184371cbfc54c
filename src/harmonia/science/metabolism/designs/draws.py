"""One plausible year a member: feed and weather resampled from what was logged, parameters from their ranges."""

import datetime
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism.designs.emissions import ClimateDraw, draw_climate
from harmonia.science.metabolism.designs.option import DesignError

Floats = NDArray[np.float64]
YEAR_DAYS = 365
WEEK_DAYS = 7
_SEASON_WEEKS = 4
_WEEKS_A_YEAR = 52
_PARAMETERS, _FEED, _WEATHER, _CLIMATE = range(4)


@dataclass(frozen=True)
class FeedLog:
    """What was brought: `feed_kg_d` (days, codes) fresh kg of each day from `start` on, no day left out."""

    start: datetime.date
    codes: tuple[str, ...]
    feed_kg_d: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        if not self.codes or not self.feed_kg_d:
            raise DesignError("There is no day of feed to compare designs on.")
        if sorted(set(self.codes)) != list(self.codes):
            raise DesignError("The feedstocks of a feed must be sorted and each its own.")
        table = np.array(self.feed_kg_d, dtype=float)
        if table.shape != (len(self.feed_kg_d), len(self.codes)):
            raise DesignError("Every day of feed needs one number for each feedstock.")
        if not np.isfinite(table).all() or table.min() < 0:
            raise DesignError("A day's feed must be a number of kg, zero or more.")
        if table.sum() <= 0:
            raise DesignError("No day of the feed brings anything, so there is nothing to compare.")


@dataclass(frozen=True)
class WeatherLog:
    """Mean outdoor temperature of each day [degC] (days,) from `start` on, no day left out."""

    start: datetime.date
    temperature_c: tuple[float, ...]

    def __post_init__(self) -> None:
        values = np.array(self.temperature_c, dtype=float)
        if values.size < YEAR_DAYS:
            raise DesignError(
                "The weather needs %(least)s days or more; there are %(found)s.",
                least=YEAR_DAYS,
                found=values.size,
            )
        if not np.isfinite(values).all() or np.abs(values).max() > 60:
            raise DesignError("A day's temperature must be a number between -60 and 60 degC.")


def streams(seed: int, place: int) -> tuple[np.random.SeedSequence, ...]:
    """Return the seeds of parameters, feed, weather and factors of the member at a place.

    They are the children that `SeedSequence(seed).spawn` gives, made one at a time so that any worker can.
    """
    return tuple(np.random.SeedSequence(seed, spawn_key=(place,)).spawn(4))


def draw_feed(log: FeedLog, seed: np.random.SeedSequence, days: int = YEAR_DAYS) -> Floats:
    """Return a year of feed (days, codes) [kg/d]: whole logged weeks in a drawn order, weekdays kept.

    With a year or more logged, a week is drawn from those within four weeks of its season (a seasonal block
    bootstrap, Politis & Romano 1994, doi:10.1080/01621459.1994.10476870, with blocks of fixed length).
    """
    table = np.array(log.feed_kg_d, dtype=float)
    block = min(WEEK_DAYS, len(table))
    blocks = len(table) // block
    generator = np.random.default_rng(seed)
    chosen = [
        int(generator.choice(_candidates(week, blocks, block))) for week in range(-(-days // block))
    ]  # fmt: skip
    drawn: Floats = np.concatenate([table[place * block : (place + 1) * block] for place in chosen])
    return drawn[:days]


def _candidates(week: int, blocks: int, block: int) -> NDArray[np.int64]:
    logged = np.arange(blocks)
    if block < WEEK_DAYS or blocks < _WEEKS_A_YEAR:
        return logged
    apart = np.abs((logged - week) % _WEEKS_A_YEAR)
    near: NDArray[np.int64] = logged[np.minimum(apart, _WEEKS_A_YEAR - apart) <= _SEASON_WEEKS]
    return near


def draw_weather(
    log: WeatherLog | None, start: datetime.date, seed: np.random.SeedSequence, days: int = YEAR_DAYS
) -> Floats | None:
    """Return a year of weather (days,) [degC] from the calendar day of `start` on: one logged year, drawn.

    None where no weather was given.
    """
    if log is None:
        return None
    values = np.array(log.temperature_c, dtype=float)
    first = (start - log.start).days % YEAR_DAYS
    starts = np.arange(first, values.size - days + 1, YEAR_DAYS)
    if not starts.size:  # one year that begins on another day: turned around
        return np.roll(values[:YEAR_DAYS], -first)[:days]
    place = int(np.random.default_rng(seed).choice(starts))
    return values[place : place + days]


def climate_of(seed: int, place: int) -> ClimateDraw:
    """Return the factors drawn for a member."""
    return draw_climate(np.random.default_rng(streams(seed, place)[_CLIMATE]))
