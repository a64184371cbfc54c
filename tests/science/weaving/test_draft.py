import numpy as np
import pytest

from harmonia.science.weaving import Draft, DraftError, drawdown, lift


def draft(**changes: object) -> Draft:
    fields: dict[str, object] = {
        "threading": np.array([1, 2, 0]),
        "liftplan": np.array([[True, False], [False, True]]),
        "warp_colours": np.zeros((3, 3), dtype=np.uint8),
        "weft_colours": np.zeros((2, 3), dtype=np.uint8),
    }
    return Draft(**(fields | changes))  # type: ignore[arg-type]  # the point is to give it wrong ones


def test_the_drawdown_shows_raised_ends_and_never_an_unthreaded_one() -> None:
    assert drawdown(draft()).tolist() == [[True, False, False], [False, True, False]]


def test_several_treadles_add_up() -> None:
    assert lift(np.eye(3, dtype=np.bool_), [(1, 3), (), (2,)]).tolist() == [
        [True, False, True],
        [False, False, False],
        [False, True, False],
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"threading": np.array([1, 3, 0])}, r"threaded outside shafts 0 … 2"),
        ({"warp_colours": np.zeros((2, 3))}, r"warp_colours has shape \(2, 3\) instead of \(3, 3\)"),
        ({"tieup": np.eye(2, dtype=np.bool_)}, "A tie-up needs a treadling"),
        (
            {"tieup": np.eye(2, dtype=np.bool_), "treadling": ((2,), (1,))},
            "lift other shafts than the lift plan",
        ),
        ({"tieup": np.eye(2, dtype=np.bool_), "treadling": ((3,), (1,))}, "a treadle outside 1 … 2"),
    ],
)
def test_arrays_that_disagree_are_refused(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(DraftError, match=sentence):
        draft(**changes)
