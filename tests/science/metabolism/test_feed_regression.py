import numpy as np
import pytest

from harmonia.science.metabolism.feed_regression import FeedRegression, after_usual, fitted, memories


def test_gas_that_follows_the_feed_is_found() -> None:
    fed = np.random.default_rng(7).uniform(5, 15, (120, 1))
    memory = memories(fed)
    gas = 2 + 0.3 * memory[:, 1]
    regression = FeedRegression(memory[:100], gas[:100])

    assert regression.at(memory[110]) == pytest.approx(gas[110], rel=0.05)


def test_memories_of_a_steady_feed_are_that_feed() -> None:
    assert memories(np.full((30, 2), 4.0))[-1].tolist() == pytest.approx([4.0] * 6)


def test_carrying_a_usual_feed_equals_feeding_it() -> None:
    fed = np.random.default_rng(8).uniform(0, 10, (30, 2))
    usual = np.array([3.0, 6.0])
    longer = memories(np.concatenate([fed, np.tile(usual, (4, 1))]))

    assert after_usual(memories(fed)[-1], usual, 4) == pytest.approx(longer[-1])


def test_too_few_readings_make_no_regression() -> None:
    memory = memories(np.ones((20, 1)))
    gas = np.full(20, np.nan)
    gas[:13] = 1.0

    assert fitted(memory, gas, 19) is None


def test_a_feed_that_never_changes_foresees_the_level() -> None:
    memory = memories(np.ones((30, 1)))

    assert FeedRegression(memory, np.full(30, 5.0)).at(memory[0]) == pytest.approx(5.0)
