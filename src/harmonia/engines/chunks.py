"""What travels to a worker and back: chunks of cases, packed by ourselves."""

import pickle
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from harmonia.science.executor import chunked, one_thread

Case = TypeVar("Case")


def pack(function: Callable[[Case], object], cases: Sequence[Case]) -> list[bytes]:
    """Return the chunks of the cases, each packed with the function.

    Packed bytes, because a transport that hands out read-only arrays would make numba compile again.

    Raises:
        pickle.PicklingError, AttributeError, TypeError: the function or a case cannot travel.
    """
    return [pickle.dumps((function, chunk)) for chunk in chunked(cases)]


def run_chunk(packed: bytes) -> bytes:
    """Run a packed chunk and return its outcomes, packed."""
    function, cases = pickle.loads(packed)  # noqa: S301 (our own bytes, from the process that opened the executor)
    with one_thread():
        return pickle.dumps([function(case) for case in cases])


def unpack(packed: bytes) -> list[Any]:
    """Return the outcomes of a chunk."""
    outcomes: list[Any] = pickle.loads(packed)  # noqa: S301 (from a worker that we started or chose)
    return outcomes
