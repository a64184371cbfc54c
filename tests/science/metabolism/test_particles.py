import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism import particles

WEIGHTS = st.lists(st.floats(1e-6, 1), min_size=2, max_size=30).map(lambda raw: np.array(raw) / np.sum(raw))


def test_a_reading_favours_the_guess_that_foresaw_it() -> None:
    score = particles.log_likelihood(np.array([1.0, 2.0, 3.0]), 2.1, 0.2)
    weights = particles.reweighed(np.full(3, 1 / 3), score)

    assert weights.argmax() == 1


def test_a_wild_reading_tells_little() -> None:
    near = particles.log_likelihood(np.array([1.0, 2.0]), 2.0, 0.1)
    wild = particles.log_likelihood(np.array([1.0, 2.0]), 50.0, 0.1)

    assert abs(wild[1] - wild[0]) < 0.1 * abs(near[1] - near[0])


@given(WEIGHTS, st.floats(0, 1, exclude_max=True))
def test_systematic_drawing_keeps_each_guess_in_proportion(weights: np.ndarray, offset: float) -> None:
    places = particles.systematic(weights, offset)
    counts = np.bincount(places, minlength=weights.size)

    assert counts.sum() == weights.size
    assert (np.abs(counts - weights * weights.size) <= 1 + 1e-6).all()


def test_jitter_keeps_mean_and_spread() -> None:
    generator = np.random.default_rng(6)
    chosen = generator.normal(3.0, 0.5, (4000, 1))
    moved = particles.jittered(chosen, chosen.mean(axis=0), chosen.std(axis=0), generator)

    assert moved.mean() == pytest.approx(3.0, abs=0.03)
    assert moved.std() == pytest.approx(0.5, rel=0.05)


def test_the_effective_number_counts_equal_weights() -> None:
    assert particles.effective(np.full(8, 1 / 8)) == pytest.approx(8.0)


def test_weighted_quantiles_follow_the_weights() -> None:
    values = np.array([[3.0, 30.0], [1.0, 10.0], [2.0, 20.0]])
    found = particles.weighted_quantiles(values, np.array([0.0, 0.0, 1.0]), (0.1, 0.5, 0.9))

    assert found.tolist() == [[2.0, 20.0]] * 3
