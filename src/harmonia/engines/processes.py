"""All cores of this machine: a pool of processes."""

import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, TypeVar

from harmonia.engines.chunks import pack, run_chunk, unpack
from harmonia.engines.errors import WorkersLost
from harmonia.engines.warming import warm_kernels
from harmonia.science.executor import Progress

Case = TypeVar("Case")
Outcome = TypeVar("Outcome")
_MOST_LOSSES = 3


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class ProcessExecutor:
    """Runs chunks of cases in `workers` processes of this machine; a context manager.

    `warm` runs once here before any worker starts, then in each worker: the first fills the cache of compiled
    kernels, the others read it. A worker that is killed is replaced and its chunks run again.
    """

    def __init__(self, workers: int | None = None, warm: Callable[[], None] = warm_kernels) -> None:
        self.workers = workers or usable_cores()
        self.warm = warm
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "ProcessExecutor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers; work that has not started is dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def map(
        self, function: Callable[[Case], Outcome], cases: Iterable[Case], progress: Progress | None = None
    ) -> list[Outcome]:
        """Return one outcome a case, in the order of the cases; the first case that raises, raises.

        Raises:
            WorkersLost: workers ended four times before all cases had an outcome.
        """
        known = list(cases)
        chunks = pack(function, known)
        done: dict[int, list[Outcome]] = {}
        for _ in range(1 + _MOST_LOSSES):
            try:
                self._run(chunks, done, progress, len(known))
            except BrokenProcessPool:
                self.close()
                continue
            return [outcome for place in range(len(chunks)) for outcome in done[place]]
        raise WorkersLost(
            f"Workers ended {1 + _MOST_LOSSES} times with work unfinished; memory may be short, so try fewer."
        )

    def _run(
        self, chunks: list[bytes], done: dict[int, list[Any]], progress: Progress | None, total: int
    ) -> None:
        """Fill `done` with the outcomes of every chunk that has none yet."""
        pool = self._open()
        waiting = {pool.submit(run_chunk, chunks[k]): k for k in range(len(chunks)) if k not in done}
        try:
            for future in as_completed(waiting):
                done[waiting[future]] = unpack(_first_in_order(future, waiting))
                if progress:
                    progress(sum(map(len, done.values())), total)
        finally:
            for future in waiting:
                future.cancel()

    def _open(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self.warm()
            # A fresh interpreter, not a fork: the same on every system, and no lock of ours is copied half held.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.workers, context, initializer=self.warm)
        return self._pool


def _first_in_order(future: Future[bytes], waiting: dict[Future[bytes], int]) -> bytes:
    """Return the result of a chunk; if it raised, wait for the chunks before it and let the first one raise."""
    if future.exception() is not None:
        for earlier in sorted(waiting, key=waiting.__getitem__):
            earlier.result()
    return future.result()
