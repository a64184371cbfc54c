"""From the words a person types to an executor."""

from collections.abc import Iterator
from contextlib import contextmanager

from harmonia.engines.errors import UnknownEngine
from harmonia.science.executor import Executor, SerialExecutor

MOST_WORKERS = 1024


@contextmanager
def open_executor(spec: str = "serial") -> Iterator[Executor]:
    """Open the executor that `spec` names and close it afterwards.

    `spec`: "serial" (this process), "processes" (all cores), "processes:4" (four of them), or the address
    of a Dask scheduler, "host:port" or "tcp://host:port".

    Raises:
        EngineError: there is no such engine, or it cannot be reached.
    """
    name, _, rest = spec.strip().partition(":")
    if spec.strip() == "serial":
        yield SerialExecutor()
    elif name == "processes":
        from harmonia.engines.processes import ProcessExecutor

        with ProcessExecutor(_workers(spec, rest)) as executor:
            yield executor
    elif name and rest:
        from harmonia.engines.cluster import ClusterExecutor

        with ClusterExecutor(spec.strip()) as cluster:
            yield cluster
    else:
        raise UnknownEngine(
            f"There is no engine {spec!r}: use serial, processes, processes:N or a cluster's HOST:PORT."
        )


def _workers(spec: str, rest: str) -> int | None:
    if spec.strip() == "processes":
        return None
    if not (rest.isascii() and rest.isdigit() and 1 <= int(rest) <= MOST_WORKERS):
        raise UnknownEngine(f"{spec!r} should end with the number of processes, 1 to {MOST_WORKERS:,}.")
    return int(rest)
