"""The seam for heavy work: one protocol, the executor that needs nothing, and the rules all executors keep.

Same cases, same bytes, whatever runs them: a case brings its own seed, cases travel in chunks whose size follows
from their number alone, outcomes come back in the order of the cases (reduce them in that order), and matrices are
multiplied by one thread, since OpenBLAS adds in another order when two share the work.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

import numpy as np
from threadpoolctl import threadpool_limits

Case = TypeVar("Case")
Outcome = TypeVar("Outcome")
Progress = Callable[[int, int], None]  # cases done, cases in all
_CHUNKS = 64  # enough to keep a few dozen workers busy to the end, few enough to cost no time
_LARGEST_CHUNK = 32


class Executor(Protocol):
    """Runs one function over many independent cases, here or elsewhere."""

    def map(
        self, function: Callable[[Case], Outcome], cases: Iterable[Case], progress: Progress | None = None
    ) -> list[Outcome]:
        """Return one outcome a case, in the order of the cases; the first case that raises, raises.

        `function` and `cases` must be picklable, so a function of a module, not a lambda. `progress` is told
        how many cases are done, in this process.
        """


class SerialExecutor:
    """Runs case after case in this process."""

    def map(
        self, function: Callable[[Case], Outcome], cases: Iterable[Case], progress: Progress | None = None
    ) -> list[Outcome]:
        """Return one outcome a case, in the order of the cases; the first case that raises, raises."""
        known = list(cases)
        outcomes = []
        with one_thread():
            for case in known:
                outcomes.append(function(case))
                if progress:
                    progress(len(outcomes), len(known))
        return outcomes


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which matrices are multiplied by one thread, so that every engine rounds alike."""
    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits


def spawn_seeds(seed: int, count: int) -> list[np.random.SeedSequence]:
    """Return a seed a case; the k-th is the same however many follow it (`numpy.random.SeedSequence.spawn`)."""
    return np.random.SeedSequence(seed).spawn(count)


def chunked(cases: Sequence[Case]) -> list[Sequence[Case]]:
    """Return the cases in chunks whose size depends on their number only, never on who works."""
    size = max(1, min(_LARGEST_CHUNK, -(-len(cases) // _CHUNKS)))
    return [cases[first : first + size] for first in range(0, len(cases), size)]
