import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from harmonia.science.metabolism.designs.measures import difference, distribution, matched, wilson

DRAWS = arrays(float, 20, elements=st.floats(-1e6, 1e6))
FLAGS = arrays(float, 20, elements=st.sampled_from([0.0, 1.0]))


@given(DRAWS)
def test_the_middle_lies_between_low_and_high(draws: np.ndarray) -> None:
    told = distribution("gas_m3_d", draws)

    assert told.low <= told.middle <= told.high


@given(DRAWS)
def test_a_design_does_not_differ_from_itself(draws: np.ndarray) -> None:
    told = difference("gas_m3_d", draws, draws)

    assert (told.low, told.middle, told.high) == (0.0, 0.0, 0.0)


def test_pairing_makes_a_constant_gain_certain_however_much_years_differ() -> None:
    years = np.linspace(0.0, 100.0, 20)
    told = difference("gas_m3_d", years + 1.0, years)

    assert (told.low, told.high) == pytest.approx((1.0, 1.0))


def test_the_interval_of_a_share_is_that_of_wilson() -> None:
    # Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, is at 95 %; at 80 %
    # the centre is (k + z2/2)/(n + z2) with z2 = 1.6424.
    low, high = wilson(2, 20)

    assert (low + high) / 2 == pytest.approx((2 + 1.6424 / 2) / (20 + 1.6424), abs=1e-4)


@given(FLAGS)
def test_a_risk_lies_within_its_interval(flags: np.ndarray) -> None:
    told = distribution("sour_risk", flags)

    assert 0 <= told.low <= told.middle + 1e-12
    assert told.middle - 1e-12 <= told.high <= 1


@given(FLAGS, FLAGS)
def test_the_difference_of_two_risks_turns_with_its_sides(one: np.ndarray, other: np.ndarray) -> None:
    there, back = matched(one - other), matched(other - one)

    assert there == pytest.approx((-back[1], -back[0]))


def test_a_risk_that_changes_in_no_year_has_not_changed() -> None:
    assert matched(np.zeros(20)) == (0.0, 0.0)
