from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.matter import BooksError, Movement, Path, books, path, sweeps, trace
from tests.science.matter.test_tracing import BED, BIN, GAS, HOME, OUTSIDE, PLANT, STORY, histories

HOLDERS = 7


def followed(history: list[Movement], deposits: list[int], stirred: tuple[int, ...] = ()) -> Path:
    laid = books(history, {0, 1}, HOLDERS)
    chosen = np.isin(np.arange(len(laid)), deposits)
    return path(trace(laid), chosen, np.arange(HOLDERS), np.isin(np.arange(HOLDERS), stirred))


def test_a_deposit_draws_its_way_from_bin_to_bed() -> None:
    laid = books(STORY, OUTSIDE, 5)
    found = path(trace(laid), np.array([True, False, False, False]), np.arange(5), np.zeros(5, dtype=bool))
    went = {(HOME, BIN): 1000.0, (BIN, PLANT): 500.0, (PLANT, GAS): 150.0, (PLANT, BED): 100.0}

    assert found.grams == {BIN: 500, PLANT: 250, GAS: 150, BED: 100}
    assert {(int(a), int(b)): found.flows[a, b] for a, b in np.argwhere(found.flows)} == went


def test_the_range_is_what_oldest_first_and_newest_first_would_say() -> None:
    laid = books(STORY, OUTSIDE, 5)
    found = path(trace(laid), np.array([True, False, False, False]), np.arange(5), np.arange(5) == PLANT)

    # 2000 g go on from 1000 g that lie below 3000 g: oldest first takes all of the first, newest first none of it.
    assert (found.low[BIN], found.high[BIN]) == (0.0, 1000.0)
    assert (found.low[BED], found.high[BED]) == (0.0, 200.0)


@given(histories(), st.data())
def test_many_deposits_at_once_are_the_sum_of_each_alone(
    history: list[Movement], data: st.DataObject
) -> None:
    laid = books(history, {0, 1}, HOLDERS)
    deposits = np.flatnonzero(laid.drawn_from_outside()).tolist()
    chosen = data.draw(st.lists(st.sampled_from(deposits), min_size=1, unique=True))
    together = followed(history, chosen)
    alone = np.sum([trace(laid).forward(deposit) for deposit in chosen], axis=0)

    assert sum(together.grams.values()) == int(laid.drawn_from_outside()[chosen].sum())
    assert all(abs(together.grams.get(place, 0) - alone[place]) <= 1.001 for place in range(HOLDERS))


@given(histories())
def test_what_flows_in_less_what_flows_out_is_what_is_there(history: list[Movement]) -> None:
    laid = books(history, {0, 1}, HOLDERS)
    found = followed(history, list(range(len(laid))))
    inside = np.arange(2, HOLDERS)
    net = found.flows.sum(axis=0) - found.flows.sum(axis=1)
    there = np.array([found.grams.get(place, 0) for place in range(HOLDERS)])

    np.testing.assert_allclose(net[inside], there[inside], atol=1.01)


def by_queue(history: list[Movement], deposit: int, newest_first: bool) -> list[float]:
    """Keep every heap as a Python deque of (grams, marked), the plainest peer."""
    heaps: list[deque[list[float]]] = [deque() for _ in range(HOLDERS)]
    outside = [0.0] * HOLDERS
    for number, movement in enumerate(history):
        carried = float(sum(-g for h, g in movement.lines if g < 0 and h < 2)) if number == deposit else 0.0
        for place, grams in movement.lines:
            need = -grams
            while place >= 2 and need > 0:
                layer = heaps[place][-1 if newest_first else 0]
                taken = min(need, layer[0])
                part = layer[1] * taken / layer[0]
                layer[0], layer[1] = layer[0] - taken, layer[1] - part
                carried, need = carried + part, need - int(taken)
                if layer[0] == 0:
                    heaps[place].pop() if newest_first else heaps[place].popleft()
        total = sum(g for _, g in movement.lines if g > 0)
        for place, grams in movement.lines:
            if grams > 0 and place >= 2:
                heaps[place].append([float(grams), carried * grams / total])
            elif grams > 0:
                outside[place] += carried * grams / total
    return [outside[p] if p < 2 else sum(layer[1] for layer in heaps[p]) for p in range(HOLDERS)]


@given(histories())
def test_heaps_in_layers_agree_with_plain_queues(history: list[Movement]) -> None:
    found = followed(history, [0])
    mixed = trace(books(history, {0, 1}, HOLDERS)).forward(0)
    ways = np.array([mixed, by_queue(history, 0, False), by_queue(history, 0, True)])

    np.testing.assert_allclose(found.low, ways.min(axis=0), atol=1e-6)
    np.testing.assert_allclose(found.high, ways.max(axis=0), atol=1e-6)


@given(histories())
def test_what_is_stirred_has_no_range(history: list[Movement]) -> None:
    found = followed(history, [0], stirred=tuple(range(HOLDERS)))

    np.testing.assert_allclose(found.low, found.high, atol=1e-6)


def test_compiled_and_plain_paths_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = followed(list(STORY), [0])
    monkeypatch.setattr(sweeps, "NUMBA_FROM", 0)
    fast = followed(list(STORY), [0])

    np.testing.assert_allclose(plain.flows, fast.flows)
    np.testing.assert_allclose((plain.low, plain.high), (fast.low, fast.high))


def test_movements_that_bring_nothing_in_cannot_be_followed() -> None:
    with pytest.raises(BooksError, match="None of these"):
        followed(list(STORY), [3])
