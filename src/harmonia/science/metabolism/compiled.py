"""Compile numerical kernels once and keep them: a cache folder named after the kernels' own sources."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import ParamSpec, TypeVar

import numba

P = ParamSpec("P")
R = TypeVar("R")
KERNELS = (
    "kernel.py",
    "jacobian.py",
    "factors.py",
    "observing.py",
    "rodas.py",
    "seasons.py",
    "trace_elements.py",
    "sparsity.py",
    "nomenclature.py",
    "petersen.csv",
)


def _sources_digest() -> str:
    """Return a digest of every kernel file, because numba only watches the file of the function itself."""
    digest = hashlib.sha256(numba.__version__.encode())
    folder = resources.files(__package__)
    for name in KERNELS:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


def find_cache_folder() -> str | None:
    """Return the first folder we may write: NUMBA_CACHE_DIR, else beside the code or the user's cache."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    beside = Path(str(resources.files(__package__))) / "__pycache__"
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "harmonia"
    for folder in [Path(named)] if named else [beside, home]:
        chosen = folder / f"kernels-{DIGEST}"
        try:
            chosen.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=chosen):
                return str(chosen)
        except OSError:
            continue
    return None


DIGEST = _sources_digest()
CACHE_FOLDER = find_cache_folder()


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` with numba; kept on disk where a folder can be written, else once per process.

    numba reads its cache folder while it decorates, so the setting is put back at once.
    """
    if CACHE_FOLDER is None:
        once: Callable[P, R] = numba.njit(error_model="numpy")(function)
        return once
    config = vars(numba.config)
    before = config["CACHE_DIR"]
    config["CACHE_DIR"] = CACHE_FOLDER
    try:
        kept: Callable[P, R] = numba.njit(cache=True, error_model="numpy")(function)
    finally:
        config["CACHE_DIR"] = before
    return kept
