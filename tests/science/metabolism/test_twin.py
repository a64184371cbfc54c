import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism.plant_log import LogError, read_log, read_map
from harmonia.science.metabolism.twin import (
    BURN_IN_DAYS,
    TwinOutcome,
    experts,
    follow_log,
    foresee,
    weighted_quantiles,
)
from tests.science.metabolism import synthetic

MAP = read_map(synthetic.MAP)


def followed(table: list[list[str]], plant_map: str = synthetic.MAP) -> TwinOutcome:
    log_map = read_map(plant_map)
    return follow_log(read_log(synthetic.text(table), log_map), log_map)


def test_a_plant_that_follows_its_feed_is_foreseen_better_than_by_yesterday() -> None:
    outcome = followed(synthetic.rows(120))

    assert outcome.mae["twin"] < outcome.mae["persistence"] < outcome.mae["mean7"]


def test_later_readings_and_feed_change_no_earlier_forecast() -> None:
    table, changed = synthetic.rows(), synthetic.rows()
    day = 45
    for row in changed[day:]:
        row[1] = "20"
    for row in changed[day + 1 :]:
        row[4], row[5] = "30", "40"
    before, after = followed(table).forecasts, followed(changed).forecasts

    assert after.twin[: day + 1].tolist()[1:] == before.twin[: day + 1].tolist()[1:]
    assert after.high[BURN_IN_DAYS : day + 1].tolist() == before.high[BURN_IN_DAYS : day + 1].tolist()
    assert after.twin[day + 1] != before.twin[day + 1]


def test_the_feed_of_the_day_itself_counts() -> None:
    table, changed = synthetic.rows(), synthetic.rows()
    changed[50][4] = "60"
    before, after = followed(table).forecasts, followed(changed).forecasts

    assert after.twin[49] == before.twin[49]
    assert after.twin[50] > before.twin[50]


def test_all_rules_are_scored_over_the_same_days_after_the_burn_in() -> None:
    table = synthetic.rows()
    table[40][1] = ""
    outcome = followed(table)

    assert not outcome.scored[:BURN_IN_DAYS].any()
    assert not outcome.scored[40]
    assert outcome.scored.sum() == 29


def test_persistence_and_the_week_are_what_they_say() -> None:
    gas = np.arange(20.0)
    made = foresee(np.ones((2, 20)), gas)

    assert made.persistence[10] == 9.0
    assert made.mean7[10] == np.mean([3, 4, 5, 6, 7, 8, 9])


def test_a_week_ahead_uses_no_reading_of_that_week() -> None:
    gas = np.arange(20.0)
    changed = gas.copy()
    changed[11:] = 99.0
    runs = np.random.default_rng(1).uniform(1, 2, (3, 20))

    assert foresee(runs, changed, 7).twin[:18].tolist()[7:] == foresee(runs, gas, 7).twin[:18].tolist()[7:]
    assert foresee(runs, gas, 7).persistence[17] == 10.0


def test_an_unknown_volume_is_estimated_and_a_known_one_kept() -> None:
    unknown = followed(synthetic.rows())
    known = followed(synthetic.rows(), synthetic.MAP.replace("[plant]", "[plant]\nliquid_m3 = 1.5"))

    assert unknown.volume_m3[0] <= unknown.volume_m3[1] <= unknown.volume_m3[2]
    assert known.volume_m3 == (1.5, 1.5, 1.5)


def test_too_short_a_log_is_refused() -> None:
    with pytest.raises(LogError, match="37 days"):
        followed(synthetic.rows(30))


def test_a_log_that_feeds_nothing_is_refused() -> None:
    table = synthetic.rows()
    for row in table:
        row[4] = "0"

    with pytest.raises(LogError, match="nothing"):
        followed(table)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.one_of(st.just(float("nan")), st.floats(0, 50)), min_size=2, max_size=40), st.integers(0, 9)
)
def test_forecasts_are_never_negative_nor_infinite(gas: list[float], seed: int) -> None:
    runs = np.random.default_rng(seed).uniform(0, 5, (3, len(gas)))
    made = foresee(runs, np.array(gas))
    values = made.twin[np.isfinite(made.persistence)]

    assert np.isfinite(values).all()
    assert (values >= 0).all()


def test_one_expert_says_as_yesterday() -> None:
    guesses = experts(np.array([[1.0, 2.0, 4.0]]), np.array([3.0, 5.0, np.nan]), [0, 1], 2)

    assert guesses[0] == 5.0


def test_weighted_quantiles_follow_the_weights() -> None:
    assert weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.0, 0.0, 1.0])) == (2.0, 2.0, 2.0)
