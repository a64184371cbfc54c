"""Compile the solver before workers start, so that they read the cache instead of all compiling."""

from harmonia.science.metabolism.compiled import DIGEST


def warm_kernels() -> None:
    """Compile the digester's solver, or read it from the cache that is named after its sources.

    Takes some 20 s of one core the first time on a machine, half a second afterwards.
    """
    from harmonia.science.metabolism import compile_kernels, single_digester

    compile_kernels(single_digester("warm", 8.0, 1.5, 35.0, 1.0, 2.0, 1.0))


def kernels_digest() -> str:
    """Return the digest of the solver's sources and of numba's version; equal digests give equal bytes."""
    return DIGEST
