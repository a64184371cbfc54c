import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from harmonia.science.metabolism.designs import DesignError, undominated

FEW = st.integers(0, 3).map(float)


def dominates(one: list[float], other: list[float]) -> bool:
    return all(a >= b for a, b in zip(one, other, strict=True)) and one != other


@given(arrays(float, st.tuples(st.integers(1, 12), st.integers(1, 4)), elements=FEW), st.data())
def test_the_front_is_exactly_the_undominated_set(values: np.ndarray, data: st.DataObject) -> None:
    signs = data.draw(arrays(float, values.shape[1], elements=st.sampled_from([-1.0, 1.0])))
    rows = (values * signs).tolist()
    expected = tuple(
        place for place, row in enumerate(rows) if not any(dominates(other, row) for other in rows)
    )

    assert undominated(values, signs) == expected


def test_designs_that_tie_are_all_kept() -> None:
    assert undominated(np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 1.0]]), np.ones(2)) == (0, 1)


def test_less_is_better_where_the_direction_says_so() -> None:
    assert undominated(np.array([[1.0], [2.0]]), np.array([-1.0])) == (0,)


def test_a_value_that_is_no_number_is_refused() -> None:
    with pytest.raises(DesignError):
        undominated(np.array([[np.nan]]), np.ones(1))
