import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.offsets import PH, tracked

NAN = float("nan")


def test_readings_that_stay_apart_are_reached_and_kept() -> None:
    offsets = tracked([7.2] * 40, [7.5] * 20, PH)

    assert offsets[19] == pytest.approx(0.3, abs=0.03)
    assert offsets[39] == offsets[19]


def test_without_readings_the_model_stays_as_it_is() -> None:
    assert tracked([7.2] * 5, [NAN] * 5, PH).tolist() == [0.0] * 5


def test_one_wild_reading_moves_little() -> None:
    read = [7.2] * 10 + [4.0] + [7.2] * 4

    assert abs(tracked([7.2] * 15, read, PH)[10]) < 0.1
    assert abs(tracked([7.2] * 15, read, PH)[14]) < 0.06


@given(st.lists(st.one_of(st.just(NAN), st.floats(4, 10)), min_size=2, max_size=30), st.floats(4, 10))
def test_a_later_reading_moves_no_earlier_day(read: list[float], later: float) -> None:
    model = [7.0] * len(read)
    changed = [*read[:-1], later]

    assert tracked(model, read, PH)[:-1].tolist() == tracked(model, changed, PH)[:-1].tolist()
    assert np.isfinite(tracked(model, read, PH)).all()
    assert math.isfinite(float(tracked(model, changed, PH)[-1]))
