import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.conformal import FEWEST, dressed

READINGS = st.lists(st.one_of(st.just(float("nan")), st.floats(0, 50)), min_size=2, max_size=60)


def test_the_band_holds_four_of_five_days() -> None:
    generator = np.random.default_rng(3)
    read = 10 + generator.normal(0, 1, 600)
    _, band = dressed(np.full(600, 10.0), read, 1)
    inside = (band[:, 0] <= read) & (read <= band[:, 1])

    assert inside[100:].mean() == pytest.approx(0.8, abs=0.04)


def test_the_band_widens_after_the_plant_became_restless() -> None:
    generator = np.random.default_rng(4)
    read = 50 + np.concatenate([generator.normal(0, 1, 200), generator.normal(0, 5, 300)])
    _, band = dressed(np.full(500, 50.0), read, 7)
    inside = (band[:, 0] <= read) & (read <= band[:, 1])

    assert inside[260:].mean() == pytest.approx(0.8, abs=0.05)


def test_a_rule_that_is_always_too_low_gets_a_band_above_it() -> None:
    quantiles, _ = dressed(np.full(40, 5.0), np.full(40, 6.0), 1)

    assert quantiles[39].tolist() == [6.0] * 19


def test_there_is_no_band_before_a_week_of_errors() -> None:
    _, band = dressed(np.full(20, 5.0), np.full(20, 6.0), 1)

    assert np.isnan(band[FEWEST - 1]).all()
    assert np.isfinite(band[FEWEST]).all()


@given(READINGS, st.integers(1, 7), st.floats(0, 50))
def test_a_later_reading_changes_no_earlier_band(values: list[float], horizon: int, later: float) -> None:
    read = np.array(values)
    changed = read.copy()
    changed[-1] = later
    points = np.full(read.size, 7.0)
    before, after = dressed(points, read, horizon), dressed(points, changed, horizon)

    assert np.array_equal(before[0], after[0], equal_nan=True)
    assert np.array_equal(before[1], after[1], equal_nan=True)


@given(READINGS, st.integers(1, 7))
def test_quantiles_rise_and_never_fall_below_zero(values: list[float], horizon: int) -> None:
    quantiles, band = dressed(np.full(len(values), 3.0), np.array(values), horizon)
    made = quantiles[np.isfinite(quantiles[:, 0])]

    assert (np.diff(made, axis=1) >= -1e-9).all()
    assert (made >= 0).all()
    assert not (band[:, 0] > band[:, 1]).any()
