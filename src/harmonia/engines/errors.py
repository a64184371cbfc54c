"""What can be wrong with an engine; every message is one sentence for the person who chose it."""


class EngineError(Exception):
    """The chosen engine cannot do the work; the message is one clear sentence."""


class UnknownEngine(EngineError):
    """No engine has this name."""


class EngineMissing(EngineError):
    """The engine needs a package that is not installed here."""


class ClusterUnreachable(EngineError):
    """Nobody answers at the address of the cluster, or the cluster has no workers."""


class OtherVersion(EngineError):
    """A worker has other kernels than we have, so it would not give the same bytes."""


class WorkersLost(EngineError):
    """Workers ended again and again before they could give a result."""
