"""The seam for heavy work: one protocol, and the executor that needs nothing."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

Case = TypeVar("Case")
Outcome = TypeVar("Outcome")


class Executor(Protocol):
    """Runs one function over many independent cases, here or elsewhere."""

    def map(self, function: Callable[[Case], Outcome], cases: Iterable[Case]) -> list[Outcome]:
        """Return one outcome a case, in the order of the cases; an exception of any case is raised."""


class SerialExecutor:
    """Runs case after case in this process."""

    def map(self, function: Callable[[Case], Outcome], cases: Iterable[Case]) -> list[Outcome]:
        """Return one outcome a case, in the order of the cases; an exception of any case is raised."""
        return [function(case) for case in cases]
