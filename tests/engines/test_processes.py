from collections.abc import Iterator
from pathlib import Path

import pytest

from harmonia.engines.errors import WorkersLost
from harmonia.engines.processes import ProcessExecutor, usable_cores
from harmonia.science.executor import SerialExecutor, spawn_seeds
from tests.engines import cases


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessExecutor]:
    with ProcessExecutor(2, cases.nothing) as executor:
        yield executor


def test_processes_give_the_bytes_of_one_process(pool: ProcessExecutor) -> None:
    kilograms = [5.0, 40.0, 10.0, 0.0, 25.0]
    alone = [cases.bytes_of(one) for one in SerialExecutor().map(cases.follow_days, kilograms)]

    assert [cases.bytes_of(one) for one in pool.map(cases.follow_days, kilograms)] == alone


def test_every_case_draws_from_its_own_seed_wherever_it_runs(pool: ProcessExecutor) -> None:
    drawn = [cases.Drawn(seed) for seed in spawn_seeds(3, 150)]

    assert pool.map(cases.draw, drawn) == SerialExecutor().map(cases.draw, drawn)


def test_progress_ends_at_all_cases(pool: ProcessExecutor) -> None:
    told: list[tuple[int, int]] = []
    pool.map(cases.double, range(100), lambda done, total: told.append((done, total)))

    assert told[-1] == (100, 100)
    assert told == sorted(told)


def test_workers_multiply_matrices_with_one_thread(pool: ProcessExecutor) -> None:
    assert {count for counts in pool.map(cases.threads, range(4)) for count in counts} == {1}


def test_no_cases_are_no_outcomes(pool: ProcessExecutor) -> None:
    assert pool.map(cases.double, []) == []


def test_the_first_case_that_fails_is_the_one_that_raises(pool: ProcessExecutor) -> None:
    with pytest.raises(ValueError, match="odd: 3"):
        pool.map(cases.refuse_odd, [0, 2, 3, 4, 5, 7, 8] * 30)


def test_a_killed_worker_is_replaced_and_its_cases_run_again(tmp_path: Path) -> None:
    with ProcessExecutor(2, cases.nothing) as executor:
        outcomes = executor.map(cases.end_the_first_worker, [str(tmp_path / "flag")] * 6)

    assert outcomes == [1] * 6


def test_work_that_always_ends_its_worker_is_told_in_a_sentence() -> None:
    with (
        ProcessExecutor(1, cases.nothing) as executor,
        pytest.raises(WorkersLost, match="memory may be short"),
    ):
        executor.map(cases.always_end, [1])


def test_an_executor_takes_all_cores_it_may_use() -> None:
    assert ProcessExecutor().workers == usable_cores() >= 1
