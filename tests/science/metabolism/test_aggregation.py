import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.aggregation import WINDOW, Blend, Recent

NUMBERS = st.floats(-1e3, 1e3, allow_subnormal=False)


def blended(guesses: np.ndarray, read: np.ndarray, late: int = 1) -> tuple[Blend, list[float]]:
    book, promised = Blend(guesses.shape[1]), []
    for day in range(len(read)):
        if day >= late:
            book.settle(day - late, float(read[day - late]))
        promised.append(book.promise(day, guesses[day]))
    return book, promised


def test_a_rule_that_is_always_right_gets_nearly_all_the_weight() -> None:
    generator = np.random.default_rng(1)
    read = generator.normal(10, 1, 200)
    book, _ = blended(np.column_stack([read, read + 1, read - 2]), read)

    assert book.weights()[0] > 0.9


def test_two_rules_wrong_on_opposite_sides_are_mixed() -> None:
    read = np.random.default_rng(2).normal(10, 1, 300)
    _, promised = blended(np.column_stack([read + 1, read - 1]), read)

    assert np.abs(np.array(promised[100:]) - read[100:]).mean() < 0.3


def test_a_missing_reading_teaches_nothing() -> None:
    book = Blend(2)
    book.promise(0, np.array([1.0, 2.0]))
    book.settle(0, float("nan"))

    assert book.weights().tolist() == [0.5, 0.5]


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=2, max_size=40), st.integers(1, 7))
def test_weights_are_shares_and_the_blend_stays_between_the_rules(
    rows: list[tuple[float, float, float]], late: int
) -> None:
    table = np.array(rows)
    book, promised = blended(table[:, :2], table[:, 2], late)

    assert book.weights().sum() == pytest.approx(1.0)
    assert (book.weights() >= 0).all()
    assert (np.array(promised) <= table[:, :2].max(axis=1) + 1e-6).all()
    assert (np.array(promised) >= table[:, :2].min(axis=1) - 1e-6).all()


def test_where_no_rule_is_better_the_blend_stays_near_the_even_mean() -> None:
    generator = np.random.default_rng(3)
    read = generator.normal(10, 1, 300)
    guesses = read[:, None] + generator.normal(0, 1, (300, 8))
    _, promised = blended(guesses, read, late=7)
    off, even = np.abs(np.array(promised) - read), np.abs(guesses.mean(axis=1) - read)

    assert off[100:].mean() < 1.15 * even[100:].mean()


def test_recent_errors_forget_what_is_older_than_their_window() -> None:
    recent = Recent(2)
    for error in [(0.0, 5.0)] * WINDOW + [(5.0, 0.1)] * WINDOW:
        recent.learn(np.array(error), 0.0)

    assert recent.weights()[1] > 0.99


def test_the_weights_told_are_those_of_the_blend() -> None:
    generator = np.random.default_rng(4)
    read = generator.normal(10, 1, 50)
    book, _ = blended(read[:, None] + generator.normal(0, 1, (50, 3)), read)
    guesses = np.array([1.0, 2.0, 4.0])

    assert book.promise(50, guesses) == pytest.approx(float(book.weights() @ guesses))
