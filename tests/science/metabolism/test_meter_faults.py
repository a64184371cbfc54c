import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.meter_faults import jumps, standstills

GAS = st.lists(st.one_of(st.just(float("nan")), st.floats(0.1, 50)), max_size=40)


def test_the_third_equal_reading_is_a_standstill() -> None:
    found = list(standstills(np.array([1.0, 2.0, 2.0, 2.0, 2.0, 3.0])))

    assert [place for place, _ in found] == [3, 4]


def test_a_gap_does_not_hide_a_standstill() -> None:
    assert [place for place, _ in standstills(np.array([2.0, np.nan, 2.0, 2.0]))] == [3]


def test_a_jump_that_stays_is_believed() -> None:
    found = list(jumps(np.array([2.0] * 8 + [30.0] * 4)))

    assert [place for place, _ in found] == [8]


@given(GAS, GAS)
def test_what_comes_later_condemns_no_earlier_reading(past: list[float], later: list[float]) -> None:
    for find in (jumps, standstills):
        alone = list(find(np.array(past)))

        assert list(find(np.array(past + later)))[: len(alone)] == alone
