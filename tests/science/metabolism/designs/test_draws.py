import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.designs import DesignError
from harmonia.science.metabolism.designs.draws import (
    FeedLog,
    WeatherLog,
    draw_feed,
    draw_weather,
    streams,
)

START = datetime.date(2026, 3, 2)
SEED = np.random.SeedSequence(7)


def log(days: int) -> FeedLog:
    return FeedLog(START, ("a", "b"), tuple((float(day), 1.0) for day in range(days)))


@given(st.integers(1, 800), st.integers(0, 2**32))
def test_a_drawn_year_holds_logged_days_only(days: int, seed: int) -> None:
    year = draw_feed(log(days), np.random.SeedSequence(seed))

    assert year.shape == (365, 2)
    assert set(year[:, 0]) <= {float(day) for day in range(days)}


def test_weekdays_stay_weekdays() -> None:
    year = draw_feed(log(84), SEED)

    assert (year[:, 0] % 7 == np.arange(365) % 7).all()


def test_with_a_year_logged_a_week_comes_from_its_season() -> None:
    year = draw_feed(log(2 * 364), SEED)
    weeks_apart = np.abs(year[::7, 0] // 7 - np.arange(53)) % 52

    assert np.minimum(weeks_apart, 52 - weeks_apart).max() <= 4


def test_the_streams_of_a_member_are_the_children_that_spawn_gives() -> None:
    spawned = np.random.SeedSequence(3).spawn(5)[4].spawn(4)

    assert [seed.generate_state(2).tolist() for seed in streams(3, 4)] == [
        seed.generate_state(2).tolist() for seed in spawned
    ]


def test_a_year_of_weather_is_a_logged_year_from_the_same_day_on() -> None:
    weather = WeatherLog(datetime.date(2020, 1, 1), tuple(float(day % 50) for day in range(4 * 365)))
    year = draw_weather(weather, datetime.date(2020, 1, 11), SEED)

    assert year is not None
    assert year[0] in {float((10 + 365 * n) % 50) for n in range(3)}


def test_one_logged_year_is_turned_to_begin_where_the_feed_does() -> None:
    weather = WeatherLog(datetime.date(2025, 1, 1), tuple(float(day % 60) for day in range(365)))
    year = draw_weather(weather, datetime.date(2025, 1, 31), SEED)

    assert year is not None
    assert year[0] == 30.0
    assert sorted(year) == sorted(weather.temperature_c)


def test_no_weather_stays_none() -> None:
    assert draw_weather(None, START, SEED) is None


@pytest.mark.parametrize(
    "feed",
    [(), ((1.0,),), ((-1.0, 1.0),), ((float("nan"), 1.0),), ((0.0, 0.0),)],
)
def test_feed_that_cannot_be_is_refused(feed: tuple[tuple[float, ...], ...]) -> None:
    with pytest.raises(DesignError):
        FeedLog(START, ("a", "b"), feed)


@pytest.mark.parametrize("values", [(10.0,) * 364, (99.0,) * 365, (float("nan"),) * 365])
def test_weather_that_cannot_be_is_refused(values: tuple[float, ...]) -> None:
    with pytest.raises(DesignError):
        WeatherLog(START, values)
