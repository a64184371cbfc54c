"""The digester model beside peers, in one process: steady state, long runs, feed by the day, ensembles."""

import math
import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
from scipy.integrate import solve_ivp
from tests.science.metabolism import published

from harmonia.science.metabolism import FollowCase, follow, kernel, rodas, single_digester
from harmonia.science.metabolism.adm1 import CONTROL, BenchmarkDigester, Influent, start_vector

LIMITS_MS = {"200 days at 1e-6": 1.1, "steady state": 0.3}
LEAST_DAYS_PER_S = {"feed every 15 min": 400.0, "feed every day": 2500.0}
LEAST_SCENARIOS_PER_S = 700.0
DIGESTER = BenchmarkDigester.fed_with(Influent(published.R1_INFLUENT, 170.0, 35.0))


def cpu_seconds(work: Callable[[], object], repeats: int = 20, rounds: int = 5) -> float:
    """Return the least CPU time of one call [s], compiled before."""
    work()
    best = math.inf
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(repeats):
            work()
        best = min(best, (time.process_time() - start) / repeats)
    return best


def long_run() -> object:
    return DIGESTER.advance(start_vector(), 1e-7, 200.0)


def steady_state() -> object:
    return DIGESTER.settle(start_vector(), 1e-7)


def held_feed(holds: int, hold_d: float) -> Callable[[], object]:
    """Return a run whose flow swings by a third over the day (or the week, if held for days)."""
    days = hold_d * np.arange(holds)
    swing = 1 + np.sin(2 * math.pi * days / (7.0 if hold_d >= 1 else 1.0)) / 3
    feed = (np.tile(DIGESTER.system.inflow, (holds, 1)), 0.05 * swing, hold_d)
    return lambda: rodas.follow_holds(start_vector(), 1e-7, feed, DIGESTER.system, CONTROL)


def scipy_run() -> object:
    """Run the same right-hand side with scipy's LSODA: the plainest peer that every machine has."""
    y0, dy, rho = start_vector(), np.empty(32), np.empty(22)
    memory = [1e-7]

    def slope(_: float, y: np.ndarray[tuple[int], np.dtype[np.float64]]) -> object:
        memory[0] = kernel.derivatives(y, memory[0], DIGESTER.system, dy, rho)
        return dy.copy()

    return solve_ivp(slope, (0.0, 200.0), y0, method="LSODA", rtol=1e-6, atol=1e-9)


def ensemble(members: int = 100) -> Callable[[], object]:
    plant = single_digester("bench", 8.0, 1.5, 35.0, 1.0, 2.0, 1.0)
    case = FollowCase(plant, {"food_waste": (25.0, 0.0, 40.0, 30.0) * 21}, members=members)
    return lambda: follow(case)


def report(name: str, measured: float, limit: float, unit: str, *, higher: bool = False) -> None:
    """Print a measurement, its limit and by how much it is met."""
    margin = measured / limit if higher else limit / measured
    print(
        f"{name:32s} {measured:10.3f} {unit:18s} limit {limit:8.1f}   {margin:5.2f} x {'met' if margin >= 1 else 'MISSED'}"
    )


def main() -> None:
    """Print every figure with its limit, and the ratio to each peer that is installed."""
    long = cpu_seconds(long_run)
    report("200 days at 1e-6", 1000 * long, LIMITS_MS["200 days at 1e-6"], "ms")
    report("steady state", 1000 * cpu_seconds(steady_state), LIMITS_MS["steady state"], "ms")
    for name, holds, hold_d in (("feed every 15 min", 4800, 1 / 96), ("feed every day", 200, 1.0)):
        spent = cpu_seconds(held_feed(holds, hold_d), repeats=2)
        report(name, holds * hold_d / spent, LEAST_DAYS_PER_S[name], "days/s", higher=True)
    spent = cpu_seconds(ensemble(), repeats=1, rounds=3)
    print(f"{'84 days for 100 members':32s} {100 / spent:10.1f} members/s, {100 * 84 / spent:.0f} days/s")
    report("200-day scenarios", 1 / long, LEAST_SCENARIOS_PER_S, "scenarios/s", higher=True)
    peer = cpu_seconds(scipy_run, repeats=1, rounds=2)
    print(
        f"{'scipy LSODA, same equations':32s} {1000 * peer:10.3f} ms: ours is {peer / long:.0f} times faster"
    )
    for name in ("bsm2_python", "exposan"):
        if find_spec(name) is None:
            print(f"{name}: not installed here, so no ratio")


if __name__ == "__main__":
    main()
