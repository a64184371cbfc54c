"""Comparing designs: 24 bundles over 100 drawn years, with and without shared digesters; memory on top."""

import datetime
import resource
import time
from decimal import Decimal

from harmonia.science.metabolism import PlantEdit, single_digester
from harmonia.science.metabolism.designs import DesignCase, Option, Site, compare_designs
from harmonia.science.metabolism.designs.draws import FeedLog

MEMBERS = 100
FEED = FeedLog(
    datetime.date(2025, 1, 6),
    ("food_waste", "leaves"),
    tuple((8.0 + 5.0 * (day % 7 == 5), 2.0 * (day % 7 == 6)) for day in range(364)),
)
SITE = Site(3.0, (0.0, 0.0, *(1.0,) * 8, 0.0, 0.0))


def option(code: str, field: str, value: float, **more: frozenset[str]) -> Option:
    return Option(code, code, (PlantEdit(field, "add", value),), Decimal(100), **more)


# 4 digesters x 3 temperatures x 2 gas stores: 24 bundles, 12 of them with a digester of their own.
BIGGER = frozenset({"bigger-1", "bigger-2", "bigger-3"})
WARMER = frozenset({"warmer-1", "warmer-2"})
OPTIONS = (
    *(option(code, "liquid_m3", float(code[-1]), excludes=BIGGER - {code}) for code in sorted(BIGGER)),
    *(option(code, "temperature_c", float(code[-1]), excludes=WARMER - {code}) for code in sorted(WARMER)),
    option("bag", "gas_store_m3", 1.0),
)


def measured(options: tuple[Option, ...], members: int) -> tuple[int, float]:
    """Return how many bundles were compared, and the CPU time [s]."""
    plant = single_digester("bench", 1.0, 0.2, 35.0, 1.0, 0.3, 0.9)
    began = time.process_time()
    told = compare_designs(DesignCase(plant, SITE, FEED, options, members=members))
    return len(told.designs), time.process_time() - began


def main() -> None:
    """Print bundles a second and the most memory held."""
    measured((), 10)  # compiles or loads the solver
    bundles, spent = measured(OPTIONS, MEMBERS)
    alone, own = measured((), MEMBERS)
    print(
        f"{bundles} bundles x {MEMBERS} members x 365 days: {spent:.1f} CPU s, {bundles / spent:.2f} designs/s"
    )
    print(f"{alone} bundle x {MEMBERS} members x 365 days: {own:.1f} CPU s, {MEMBERS / own:.0f} years/s")
    print(f"sharing digesters: {bundles * own / spent:.2f} times faster than every bundle on its own")
    print(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
