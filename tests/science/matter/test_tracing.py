import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.matter import (
    BooksError,
    Movement,
    Tracing,
    books,
    sweeps,
    trace,
    where_did_it_go,
    who_fed,
)

HOME, BIN, PLANT, GAS, BED = range(5)
OUTSIDE = {HOME, GAS}
STORY = (
    Movement(((HOME, -1000), (BIN, 1000))),
    Movement(((HOME, -3000), (BIN, 3000))),
    Movement(((BIN, -2000), (PLANT, 2000))),
    Movement(((PLANT, -1000), (GAS, 600), (BED, 400))),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Movement]:
    """Draw movements that never overdraw a holder: 0 and 1 are outside, 2 to 6 inside."""
    stock = dict.fromkeys(range(2, 7), 0)
    movements = [Movement(((0, -500), (2, 500)))]
    stock[2] = 500
    for _ in range(draw(st.integers(0, 12))):
        sources = draw(st.lists(st.integers(0, 6), min_size=1, max_size=3))
        lines, drawn = [], 0
        for source in sources:
            most = stock.get(source, 10_000)
            grams = draw(st.integers(0, most))
            lines.append((source, -grams))
            drawn += grams
            if source in stock:
                stock[source] -= grams
        targets = draw(st.lists(st.integers(0, 6), min_size=1, max_size=3))
        for target in targets[:-1]:
            part = draw(st.integers(0, drawn))
            lines.append((target, part))
            stock[target] = stock.get(target, 0) + part
            drawn -= part
        lines.append((targets[-1], drawn))
        stock[targets[-1]] = stock.get(targets[-1], 0) + drawn
        stock.pop(0, None), stock.pop(1, None)
        movements.append(Movement(tuple(lines)))
    return movements


def test_a_deposit_is_followed_through_a_mixed_bin_to_gas_bed_and_what_is_still_there() -> None:
    expected = {BIN: 500, PLANT: 250, GAS: 150, BED: 100}

    assert expected == where_did_it_go(STORY, 0, OUTSIDE)


def test_an_output_names_the_deposits_that_fed_it() -> None:
    assert who_fed(STORY, BED, OUTSIDE) == {0: 100, 1: 300}


@given(histories(), st.data())
def test_the_parts_of_a_deposit_sum_to_it_to_the_gram(history: list[Movement], data: st.DataObject) -> None:
    entering = books(history, {0, 1}, 7).drawn_from_outside()
    deposit = data.draw(st.sampled_from([int(place) for place in np.flatnonzero(entering)]))

    assert int(entering[deposit]) == sum(where_did_it_go(history, deposit, {0, 1}).values())


@given(histories())
def test_forward_and_backward_are_transposes_of_each_other(history: list[Movement]) -> None:
    tracing = trace(books(history, {0, 1}, 7))
    deposits = np.flatnonzero(tracing.books.drawn_from_outside()).tolist()
    forth = np.array([tracing.forward(deposit) for deposit in deposits])
    back = np.array([tracing.backward(output)[deposits] for output in range(7)]).T

    np.testing.assert_allclose(forth, back, rtol=1e-12, atol=1e-9)


@given(histories())
def test_all_deposits_together_account_for_every_stock(history: list[Movement]) -> None:
    laid = books(history, {0, 1}, 7)
    stock = np.zeros(7)
    inside = ~laid.boundary[laid.holder] | (laid.grams > 0)
    np.add.at(stock, laid.holder[inside], laid.grams[inside])

    np.testing.assert_allclose(
        stock, [trace(laid).backward(output).sum() for output in range(7)], rtol=1e-12, atol=1e-6
    )


def test_what_reaches_the_outside_stays_there() -> None:
    returned = (
        Movement(((0, -100), (1, 100))),
        Movement(((1, -100), (0, 100))),
        Movement(((0, -50), (1, 50))),
    )

    assert where_did_it_go(returned, 0, {0}) == {0: 100}


@pytest.mark.parametrize(
    ("movements", "deposit", "sentence"),
    [
        ((Movement(((0, -5), (1, 6))),), 0, "The lines of movement 0 sum to 1 g instead of 0."),
        ((Movement(((1, -5), (2, 5))),), 0, "Movement 0 draws 5 g from holder 1, which holds 0 g."),
        (STORY, 2, "Movement 2 brings nothing in from outside; it is no deposit."),
        (STORY, 9, "There is no movement 9."),
        ((Movement(((-1, -5), (1, 5))),), 0, "A line names a holder outside 0 … 3."),
    ],
)
def test_impossible_books_are_refused_in_a_sentence(
    movements: tuple[Movement, ...], deposit: int, sentence: str
) -> None:
    with pytest.raises(BooksError) as refusal:
        where_did_it_go(movements, deposit, OUTSIDE)

    assert sentence == str(refusal.value)


@settings(max_examples=15, deadline=None)  # the first example compiles
@given(histories())
def test_compiled_and_plain_sweeps_give_the_same_bits(history: list[Movement]) -> None:
    laid = books(history, {0, 1}, 7)
    plain = trace(laid)
    threshold, sweeps.NUMBA_FROM = sweeps.NUMBA_FROM, 0
    try:
        fast = trace(laid)
        fast_share, fast_grams = fast.share, carry(fast)
    finally:
        sweeps.NUMBA_FROM = threshold

    np.testing.assert_array_equal(plain.share, fast_share)
    np.testing.assert_allclose(carry(plain), fast_grams, rtol=1e-13, atol=1e-12)


def carry(tracing: Tracing) -> npt.NDArray[np.float64]:
    return np.concatenate([tracing.forward(0), *(tracing.backward(output) for output in range(7))])
