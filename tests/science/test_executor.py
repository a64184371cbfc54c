import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.executor import SerialExecutor, chunked, spawn_seeds
from tests.engines import cases


@given(st.lists(st.integers(), max_size=300))
def test_chunks_in_a_row_are_the_cases(numbers: list[int]) -> None:
    assert [case for chunk in chunked(numbers) for case in chunk] == numbers


@pytest.mark.parametrize(("count", "largest"), [(1, 1), (64, 1), (65, 2), (1000, 16), (100_000, 32)])
def test_the_size_of_a_chunk_follows_from_the_number_of_cases(count: int, largest: int) -> None:
    assert max(map(len, chunked(range(count)))) == largest


def test_a_case_keeps_its_seed_when_more_follow() -> None:
    few, many = spawn_seeds(7, 3), spawn_seeds(7, 90)
    drawn = [np.random.default_rng(seed).integers(1 << 60) for seed in (few[2], many[2], many[3])]

    assert drawn[0] == drawn[1] != drawn[2]


def test_the_serial_executor_keeps_the_order_and_tells_its_progress() -> None:
    told: list[tuple[int, int]] = []
    outcomes = SerialExecutor().map(
        lambda number: number * 2, iter([3, 1, 2]), lambda done, total: told.append((done, total))
    )

    assert outcomes == [6, 2, 4]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_matrices_are_multiplied_by_one_thread_while_cases_run() -> None:
    assert set(SerialExecutor().map(cases.threads, [1])[0]) == {1}
