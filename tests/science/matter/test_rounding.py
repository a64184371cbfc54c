import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.matter.rounding import largest_remainder


def test_the_largest_remainder_gets_the_missing_gram() -> None:
    assert largest_remainder({1: 33.3, 2: 33.2, 3: 33.5}, 100) == {1: 33, 2: 33, 3: 34}


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=40), st.integers(1, 10**9))
def test_whole_grams_sum_to_the_total_and_stay_within_a_gram(weights: list[int], total: int) -> None:
    shares = {place: total * weight / sum(weights) for place, weight in enumerate(weights)}
    rounded = largest_remainder(shares, total)

    assert total == sum(rounded.values())
    assert all(abs(rounded.get(place, 0) - share) <= 1.001 for place, share in shares.items())


def test_shares_that_lost_grams_are_a_bug_not_a_rounding() -> None:
    with pytest.raises(ValueError, match=r"The shares sum to 10\.0 instead of 20 g"):
        largest_remainder({0: 10.0}, 20)
