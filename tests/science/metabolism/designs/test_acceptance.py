import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from harmonia.science.metabolism.designs.acceptance import accepted

BURDEN = np.array([[0.2, 0.002], [0.5, 0.001]])
OFFERS = arrays(float, (40, 2), elements=st.floats(0, 100))


def test_what_fits_is_all_accepted() -> None:
    offer = np.full((30, 2), 1.0)

    assert accepted(offer, BURDEN, np.array([10.0, 1.0])) == pytest.approx(offer)


@given(OFFERS, st.floats(0.1, 20), st.floats(0.001, 0.2))
def test_no_week_asks_more_than_there_is(offer: np.ndarray, solids: float, volume: float) -> None:
    most = np.array([solids, volume])
    taken = accepted(offer, BURDEN, most)
    asked = taken @ BURDEN
    weeks = np.array([asked[day : day + 7].sum(axis=0) for day in range(34)])

    assert (weeks <= 7 * most * (1 + 1e-9) + 1e-12).all()
    assert (taken >= 0).all()
    assert (taken <= offer).all()


def test_a_long_run_above_the_limit_is_cut_to_it() -> None:
    taken = accepted(np.full((70, 2), 10.0), BURDEN, np.array([3.5, 1.0]))

    assert (taken @ BURDEN)[:, 0].mean() == pytest.approx(3.5)


def test_a_heap_after_quiet_days_may_use_the_room_they_left() -> None:
    offer = np.zeros((28, 2))
    offer[6::7] = 10.0

    assert accepted(offer, BURDEN, np.array([1.0, 1.0])) == pytest.approx(offer)
