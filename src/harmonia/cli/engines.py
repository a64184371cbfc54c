"""`--engine` and the progress bar: the same words in every command that computes long."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from harmonia.cli.errors import BadInput

if TYPE_CHECKING:
    from harmonia.science.executor import Executor, Progress

_WIDTH = 30


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Declare `--engine` and its short form for a cluster; both end in `arguments.engine`."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--engine",
        default="serial",
        metavar="ENGINE",
        help="serial (default), processes, processes:N or HOST:PORT of a Dask cluster; the result is the same",
    )
    group.add_argument("--cluster", dest="engine", metavar="HOST:PORT", help="run on this Dask cluster")


@contextmanager
def engine_of(arguments: argparse.Namespace) -> Iterator["Executor"]:
    """Open the engine the person chose, and close it afterwards.

    Raises:
        BadInput: there is no such engine, or it failed.
    """
    from harmonia.engines import EngineError, open_executor

    try:
        with open_executor(arguments.engine) as executor:
            yield executor
    except EngineError as error:
        raise BadInput(str(error)) from None


def progress_bar(label: str) -> "Progress | None":
    """Return what draws a bar on stderr as cases are done, or None where nobody watches a terminal."""
    if not sys.stderr.isatty():
        return None

    def draw(done: int, total: int) -> None:
        filled = _WIDTH * done // max(total, 1)
        bar = "█" * filled + "·" * (_WIDTH - filled)
        print(
            f"\r{label} {bar} {done} of {total}",
            end="\n" if done == total else "",
            file=sys.stderr,
            flush=True,
        )

    return draw
