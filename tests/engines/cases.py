"""Functions that workers import: at the top of a module, so that they can travel."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_info

from harmonia.science.metabolism import FollowCase, FollowOutcome, follow, single_digester

PLANT = single_digester("engines", 8.0, 1.5, 35.0, 1.0, 2.0, 1.0)


@dataclass(frozen=True)
class Drawn:
    """A case that draws from its own seed."""

    seed: np.random.SeedSequence


def double(number: int) -> int:
    return 2 * number


def draw(case: Drawn) -> float:
    return float(np.random.default_rng(case.seed).standard_normal())


def refuse_odd(number: int) -> int:
    if number % 2:
        raise ValueError(f"odd: {number}")
    return number


def follow_days(kilograms: float) -> FollowOutcome:
    feed = {"food_waste": (kilograms, 0.0, 2 * kilograms) * 20}
    return follow(FollowCase(PLANT, feed, members=3))


def end_the_first_worker(flag: str) -> int:
    """End the worker process that gets here first, as a kill would; later ones return."""
    try:
        Path(flag).touch(exist_ok=False)
    except FileExistsError:
        return 1
    os._exit(9)


def always_end(_: int) -> int:
    os._exit(9)


def nothing() -> None:
    """Warm nothing."""


def bytes_of(outcome: object) -> bytes:
    """Return every digit of an outcome; `repr` writes floats so that they can be read back exactly.

    Not a pickle: its bytes also depend on which equal parts happen to be one object.
    """
    return repr(outcome).encode()


def threads(_: int) -> list[int]:
    """Return how many threads each BLAS in this process may use."""
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]
