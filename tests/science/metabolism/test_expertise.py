import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism.expertise import RULES, Evidence, guess


def evidence(gas: np.ndarray, seed: int = 1, *, feed_known: bool = True) -> Evidence:
    generator = np.random.default_rng(seed)
    days = gas.size
    fed = generator.uniform(1, 3, (days, 2))
    usual = np.full((days, 2), 2.0)
    ahead, runs = generator.uniform(1, 5, (days, 7)), generator.uniform(1, 5, (3, days))
    return Evidence(gas, fed, usual, ahead, ahead[:, 0], runs, feed_known)


def test_persistence_and_the_week_are_what_they_say() -> None:
    made = guess(evidence(np.arange(20.0)), 1).rules

    assert made["persistence"][10] == 9.0
    assert made["mean7"][10] == np.mean([3, 4, 5, 6, 7, 8, 9])


def test_the_digester_is_moved_by_how_far_it_was_off() -> None:
    given_up = evidence(np.full(20, 8.0))
    made = guess(given_up, 3).rules
    foreseen = given_up.ahead[10 - 2, 2]

    assert made["digester"][10] == foreseen
    assert made["digester_and_last"][10] == pytest.approx(foreseen + 8.0 - given_up.filtered[7])


@pytest.mark.parametrize("feed_known", [True, False])
@pytest.mark.parametrize("horizon", [1, 7])
def test_no_rule_looks_at_gas_after_it_was_issued(horizon: int, feed_known: bool) -> None:
    gas = np.random.default_rng(2).uniform(1, 4, 60)
    changed = gas.copy()
    changed[51:] = 99.0
    before = guess(evidence(gas, feed_known=feed_known), horizon)
    after = guess(evidence(changed, feed_known=feed_known), horizon)
    until = 51 + horizon

    assert before.blend[horizon:until].tolist() == after.blend[horizon:until].tolist()
    for rule in RULES:
        assert before.rules[rule][horizon:until].tolist() == after.rules[rule][horizon:until].tolist()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.one_of(st.just(float("nan")), st.floats(0, 50)), min_size=2, max_size=40),
    st.integers(0, 9),
    st.integers(1, 7),
)
def test_forecasts_are_never_negative_nor_infinite(gas: list[float], seed: int, horizon: int) -> None:
    made = guess(evidence(np.array(gas), seed), horizon)
    values = made.blend[np.isfinite(made.rules["persistence"])]

    assert np.isfinite(values).all()
    assert (values >= 0).all()
