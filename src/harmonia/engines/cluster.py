"""Many machines: a Dask cluster that somebody started and whose address we are given."""

from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from harmonia.engines.chunks import pack, run_chunk, unpack
from harmonia.engines.errors import ClusterUnreachable, EngineMissing, OtherVersion, WorkersLost
from harmonia.engines.warming import kernels_digest, warm_kernels
from harmonia.science.executor import Progress

if TYPE_CHECKING:
    from distributed import Client

Case = TypeVar("Case")
Outcome = TypeVar("Outcome")
_CONNECT_S = 10


class ClusterExecutor:
    """Runs chunks of cases on the workers of a Dask cluster; a context manager.

    Workers need the same Harmonia; ours compare kernels first. A chunk whose worker is lost runs again elsewhere.
    Dask sends pickled Python, so only an address inside a network you trust is an address to give.
    """

    def __init__(self, address: str, warm: Callable[[], None] = warm_kernels) -> None:
        """Connect to the scheduler at `address` (host:port) and warm each machine's cache once.

        Raises:
            EngineMissing: Dask is not installed here.
            ClusterUnreachable: nobody answers, or no worker is there.
            OtherVersion: a worker has other kernels.
        """
        self.address = address
        self._client = _connect(address)
        try:
            self._check_versions()
            self._warm(warm)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "ClusterExecutor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the cluster; it goes on without us."""
        self._client.close()

    def map(
        self, function: Callable[[Case], Outcome], cases: Iterable[Case], progress: Progress | None = None
    ) -> list[Outcome]:
        """Return one outcome a case, in the order of the cases; the first case that raises, raises.

        Raises:
            WorkersLost: a chunk ended its worker four times.
        """
        from distributed import KilledWorker, as_completed

        known = list(cases)
        futures = self._client.map(run_chunk, pack(function, known), pure=False)
        place = {future.key: k for k, future in enumerate(futures)}
        done: dict[int, list[Any]] = {}
        try:
            for future in as_completed(futures, loop=self._client.loop):
                if future.status == "error":
                    for earlier in futures:  # the first in the order of the cases is the one to raise
                        earlier.result()
                done[place[future.key]] = unpack(future.result())
                if progress:
                    progress(sum(map(len, done.values())), len(known))
        except KilledWorker:
            raise WorkersLost(
                "A part of the work ended its worker again and again; see the worker's log."
            ) from None
        finally:
            self._client.cancel(futures)
        return [outcome for k in range(len(futures)) for outcome in done[k]]

    def _check_versions(self) -> None:
        found = self._client.run(kernels_digest)
        if not found:
            raise ClusterUnreachable(f"The cluster at {self.address} has no workers yet.")
        others = sorted(worker for worker, digest in found.items() if digest != kernels_digest())
        if others:
            raise OtherVersion(
                f"Worker {others[0]} has another version of the solver; install the same Harmonia on all machines."
            )

    def _warm(self, warm: Callable[[], None]) -> None:
        """Run `warm` on one worker of each machine, then on all: only the first one compiles."""
        workers = list(self._client.scheduler_info(n_workers=-1)["workers"])
        first_of = {worker.rpartition(":")[0]: worker for worker in reversed(workers)}
        self._client.run(warm, workers=list(first_of.values()))
        self._client.run(warm)


def _connect(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError:
        raise EngineMissing(
            "A cluster needs Dask: install it with  pip install 'harmonia[cluster]'."
        ) from None
    try:
        return Client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterUnreachable(
            f"No Dask scheduler answers at {address} ({type(error).__name__})."
        ) from None
