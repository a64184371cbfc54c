import numpy as np
import pytest

from harmonia.science.metabolism.feed_load import feed_load, filled_amount, first_fed_day, smoothed
from harmonia.science.metabolism.plant_log import read_log, read_map
from tests.science.metabolism import synthetic

NAN = float("nan")


def test_full_trust_carries_the_last_sample() -> None:
    assert smoothed(np.array([NAN, 2.0, NAN, 3.0]), 1.0, 7.0).tolist() == [7.0, 2.0, 2.0, 3.0]


def test_half_trust_moves_half_way() -> None:
    assert smoothed(np.array([2.0, 4.0, NAN]), 0.5, 7.0).tolist() == [2.0, 3.0, 3.0]


def test_gaps_in_amounts_take_the_mean_before() -> None:
    assert filled_amount(np.array([NAN, 2.0, 4.0, NAN])).tolist() == [0.0, 2.0, 4.0, 3.0]


def test_the_load_carries_the_measured_solids() -> None:
    log_map = read_map(synthetic.MAP)
    log = read_log(synthetic.text(synthetic.rows()), log_map)
    load = feed_load(log, log_map, 1.0)
    expected = log.feeds["food"]["amount"][5] * 1000 * log.feeds["food"]["total_solids"][5] * 0.85

    assert load.codes == ("food_waste",)
    assert load.feed_kg_d[5, 0] * 0.28 * 0.85 == pytest.approx(expected)
    assert load.volume_m3_d[5] == pytest.approx(log.feeds["food"]["amount"][5])


def test_following_starts_when_every_feed_is_logged() -> None:
    table = synthetic.rows()
    for row in table[:4]:
        row[4] = ""

    assert first_fed_day(read_log(synthetic.text(table), read_map(synthetic.MAP))) == 4


def test_a_log_without_feed_has_no_first_day() -> None:
    table = synthetic.rows()
    for row in table:
        row[4] = ""

    assert first_fed_day(read_log(synthetic.text(table), read_map(synthetic.MAP))) == 60
