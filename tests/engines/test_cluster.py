import os
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from harmonia.engines import OtherVersion, open_executor
from harmonia.science.executor import SerialExecutor, spawn_seeds
from tests.engines import cases

distributed = pytest.importorskip("distributed")

if TYPE_CHECKING:
    from distributed import LocalCluster


@pytest.fixture(scope="module")
def cluster() -> Iterator["LocalCluster"]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1"
    ) as two_workers:
        yield two_workers


def test_a_cluster_gives_the_bytes_of_one_process_in_the_order_of_the_cases(cluster: "LocalCluster") -> None:
    drawn = [cases.Drawn(seed) for seed in spawn_seeds(3, 150)]
    told: list[tuple[int, int]] = []
    with open_executor(cluster.scheduler_address) as executor:
        outcomes = executor.map(cases.draw, drawn, lambda done, total: told.append((done, total)))

    assert outcomes == SerialExecutor().map(cases.draw, drawn)
    assert told[-1] == (150, 150)


def test_a_run_ends_with_the_same_bytes_when_a_worker_is_killed_under_way(cluster: "LocalCluster") -> None:
    kilograms = [float(kilogram) for kilogram in range(1, 41)]
    alone = [cases.bytes_of(one) for one in SerialExecutor().map(cases.follow_days, kilograms)]
    killed: list[int] = []

    def kill_one(done: int, total: int) -> None:
        if not killed and done < total:
            killed.append(next(iter(workers.values())))
            os.kill(killed[0], signal.SIGKILL)

    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        workers = client.run(os.getpid)
    with open_executor(cluster.scheduler_address) as executor:
        outcomes = executor.map(cases.follow_days, kilograms, kill_one)

    assert len(workers) == 2
    assert killed
    assert [cases.bytes_of(one) for one in outcomes] == alone


def test_the_first_case_that_fails_is_the_one_that_raises(cluster: "LocalCluster") -> None:
    with open_executor(cluster.scheduler_address) as executor, pytest.raises(ValueError, match="odd: 3"):
        executor.map(cases.refuse_odd, [0, 2, 3, 4, 5, 7, 8] * 30)


def test_workers_with_other_kernels_are_refused(
    cluster: "LocalCluster", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harmonia.engines.warming.DIGEST", "another")
    with pytest.raises(OtherVersion, match="same Harmonia"), open_executor(cluster.scheduler_address):
        pass
