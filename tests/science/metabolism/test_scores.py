import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.conformal import LEVELS
from harmonia.science.metabolism.scores import crps, interval_score, score


def test_the_crps_of_a_sure_forecast_is_its_error() -> None:
    sure = np.full((1, len(LEVELS)), 3.0)

    assert crps(sure, np.array([5.0]))[0] == pytest.approx(2.0)


def test_the_crps_of_a_normal_forecast_is_near_the_closed_form() -> None:
    # CRPS of N(0, 1) at 0 is (sqrt(2) - 1) / sqrt(pi) = 0.2337 (Gneiting & Raftery 2007, eq. 21).
    draws = np.quantile(np.random.default_rng(5).standard_normal(200_000), LEVELS)

    assert crps(draws[None], np.array([0.0]))[0] == pytest.approx(0.2337, abs=0.015)


def test_the_interval_score_is_the_width_plus_ten_times_the_miss() -> None:
    band = np.array([[1.0, 3.0], [1.0, 3.0], [1.0, 3.0]])

    assert interval_score(band, np.array([2.0, 4.0, 0.5])).tolist() == pytest.approx([2.0, 12.0, 7.0])


def test_a_score_gathers_all_measures() -> None:
    quantiles = np.tile(np.linspace(1.0, 3.0, len(LEVELS)), (2, 1))
    found = score(np.array([2.0, 2.0]), quantiles, np.array([[1.0, 3.0]] * 2), np.array([2.5, 4.0]))

    assert (found.mae, found.coverage, found.width, found.interval) == pytest.approx((1.25, 0.5, 2.0, 7.0))


@pytest.mark.parametrize("read", [[], [float("nan")]])
def test_no_day_or_no_reading_is_refused(read: list[float]) -> None:
    size = len(read)
    with pytest.raises(ValueError, match="at least one day"):
        score(np.ones(size), np.ones((size, len(LEVELS))), np.ones((size, 2)), np.array(read))


@given(st.lists(st.floats(-100, 100), min_size=19, max_size=19), st.floats(-100, 100))
def test_the_crps_is_never_negative(quantiles: list[float], read: float) -> None:
    assert crps(np.sort(np.array([quantiles])), np.array([read]))[0] >= 0
