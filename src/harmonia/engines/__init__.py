"""Where heavy work runs: in this process, on all cores, or on a Dask cluster. The results are the same bytes.

EngineError
├── UnknownEngine     no engine has this name
├── EngineMissing     Dask is not installed here
├── ClusterUnreachable  nobody answers at the address
├── OtherVersion      workers with other kernels, which would not give the same bytes
└── WorkersLost       the same cases ended their workers again and again
"""

from harmonia.engines.errors import (
    ClusterUnreachable,
    EngineError,
    EngineMissing,
    OtherVersion,
    UnknownEngine,
    WorkersLost,
)
from harmonia.engines.opening import open_executor

__all__ = [
    "ClusterUnreachable",
    "EngineError",
    "EngineMissing",
    "OtherVersion",
    "UnknownEngine",
    "WorkersLost",
    "open_executor",
]
