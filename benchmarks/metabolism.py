"""The digester model beside peers: steady state, long runs, feed by the day, ensembles, all of them in CPU time.

`python3 dev.py bench metabolism`; with `--peer-python PATH` peers that live in another interpreter run too.
"""

import argparse
import math
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from benchmarks.peers import PEERS, time_peer
from scipy.integrate import solve_ivp
from tests.science.metabolism import published

from harmonia.engines import open_executor
from harmonia.science.metabolism import FollowCase, follow, kernel, rodas, single_digester
from harmonia.science.metabolism.adm1 import CONTROL, START, BenchmarkDigester, Influent, start_vector
from harmonia.science.metabolism.nomenclature import BENCHMARK_STATES

LIMITS_MS = {"200 days at 1e-6": 1.1, "steady state": 0.3}
LEAST_DAYS_PER_S = {"feed every 15 min": 400.0, "feed every day": 2500.0}
LEAST_SCENARIOS_PER_S = 700.0
LEAST_SPEEDUP = 1.7
DAYS, RTOL = 200.0, 1e-6
R1 = Influent(published.R1_INFLUENT, published.R1_FLOW_M3_D, published.R1_TEMPERATURE_C)
DIGESTER = BenchmarkDigester.fed_with(R1)
SCENARIOS = 500


@dataclass(frozen=True)
class Spent:
    """CPU time of one call [s], least and median of the rounds."""

    least: float
    median: float


def cpu_seconds(work: Callable[[], object], repeats: int = 20, rounds: int = 30) -> Spent:
    """Return the CPU time of one call, compiled before."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(repeats):
            work()
        times.append((time.process_time() - start) / repeats)
    return Spent(min(times), statistics.median(times))


def long_run() -> object:
    return DIGESTER.advance(start_vector(), 1e-7, DAYS)


def steady_state() -> object:
    return DIGESTER.settle(start_vector(), 1e-7)


def held_feed(holds: int, hold_d: float) -> Callable[[], object]:
    """Return a run whose flow swings by a third over the day (or the week, if held for days)."""
    days = hold_d * np.arange(holds)
    swing = 1 + np.sin(2 * math.pi * days / (7.0 if hold_d >= 1 else 1.0)) / 3
    feed = (np.tile(DIGESTER.system.inflow, (holds, 1)), 0.05 * swing, hold_d)
    return lambda: rodas.follow_holds(start_vector(), 1e-7, feed, DIGESTER.system, CONTROL)


def scenario(flow_m3_d: float) -> float:
    """Run 200 days under one flow, everything built anew, and return the acetate left [kg COD/m3]."""
    digester = BenchmarkDigester.fed_with(Influent(R1.concentrations, flow_m3_d, R1.temperature_c))
    y = start_vector()
    digester.advance(y, 1e-7, DAYS)
    return float(y[kernel.AC])


def flows(count: int) -> list[float]:
    return np.linspace(80.0, 200.0, count).tolist()


def scipy_run() -> object:
    """Run the same right-hand side with scipy's LSODA: the plainest peer that every machine has."""
    y0 = start_vector()
    dy, rho = np.empty(y0.size), np.empty(kernel.PROCESSES + kernel.OUTLETS)
    memory = [1e-7]

    def slope(_: float, y: np.ndarray[tuple[int], np.dtype[np.float64]]) -> object:
        memory[0] = kernel.derivatives(y, memory[0], DIGESTER.system, dy, rho)
        return dy.copy()

    return solve_ivp(slope, (0.0, DAYS), y0, method="LSODA", rtol=RTOL, atol=1e-9)


def ensemble(members: int = 100) -> Callable[[], object]:
    plant = single_digester("bench", 8.0, 1.5, 35.0, 1.0, 2.0, 1.0)
    case = FollowCase(plant, {"food_waste": (25.0, 0.0, 40.0, 30.0) * 21}, members=members)
    return lambda: follow(case)


def wall_seconds(engine: str, rounds: int = 2) -> float:
    """Return the least wall-clock time [s] of the scenarios on an engine whose workers are awake."""
    times = []
    with open_executor(engine) as executor:
        executor.map(scenario, flows(64))
        for _ in range(rounds):
            start = time.perf_counter()
            executor.map(scenario, flows(4 * SCENARIOS))
            times.append(time.perf_counter() - start)
    return min(times)


def pool_cpu_seconds(count: int) -> float:
    """Return the CPU time [s] of some scenarios on two processes, of this process and its workers to their end."""
    before = sum(os.times()[:4])
    with open_executor("processes:2") as executor:
        executor.map(scenario, flows(count))
    return sum(os.times()[:4]) - before


def report(name: str, best: float, usual: float, limit: float, unit: str, *, higher: bool = False) -> None:
    """Print a measurement, its median, its limit and by how much the best is within it."""
    margin = best / limit if higher else limit / best
    verdict = "met" if margin >= 1 else "MISSED"
    print(
        f"{name:26s} {best:10.3f} (median {usual:10.3f}) {unit:12s} limit {limit:7.1f} {margin:6.2f} x {verdict}"
    )


def report_ours() -> tuple[Spent, float]:
    """Measure and print everything that has a limit on one core; return the 200 days, and usual scenarios/s."""
    long, rest = cpu_seconds(long_run), cpu_seconds(steady_state)
    for name, spent in (("200 days at 1e-6", long), ("steady state", rest)):
        report(name, 1000 * spent.least, 1000 * spent.median, LIMITS_MS[name], "ms")
    for name, holds, hold_d in (("feed every 15 min", 960, 1 / 96), ("feed every day", 200, 1.0)):
        spent, days = cpu_seconds(held_feed(holds, hold_d), repeats=2), holds * hold_d
        report(name, days / spent.least, days / spent.median, LEAST_DAYS_PER_S[name], "days/s", higher=True)
    spent = cpu_seconds(lambda: [scenario(flow) for flow in flows(SCENARIOS)], repeats=1, rounds=5)
    best, usual = SCENARIOS / spent.least, SCENARIOS / spent.median
    report("ensemble on one core", best, usual, LEAST_SCENARIOS_PER_S, "scenarios/s", higher=True)
    members = cpu_seconds(ensemble(), repeats=1, rounds=3)
    print(
        f"{'84 days for 100 members':26s} {100 / members.least:10.1f} members/s of a plant, food waste, at 1e-4"
    )
    return long, usual


def report_cores(scenarios_per_s: float) -> None:
    """Print how much faster two processes are than one: by the clock, and as far as CPU time allows."""
    many, few = 8 * SCENARIOS, 64
    a_case = (pool_cpu_seconds(many) - pool_cpu_seconds(few)) / (many - few)
    allowed = 2 / (a_case * scenarios_per_s)
    report("two cores, by CPU time", allowed, allowed, LEAST_SPEEDUP, "times", higher=True)
    cores = os.cpu_count() or 1
    busy = f"load {os.getloadavg()[0]:.1f} on {cores} cores, so only a quiet machine shows it"
    by_clock = wall_seconds("processes:1") / wall_seconds("processes:2")
    print(f"{'two processes over one':26s} {by_clock:10.3f} by the clock ({busy})")


def report_peers(long: Spent, interpreters: list[str]) -> None:
    """Print the ratio to scipy on our equations, and to each peer that an interpreter has."""
    spent = cpu_seconds(scipy_run, repeats=1, rounds=5)
    print(
        f"scipy LSODA, our equations: {1000 * spent.least:.2f} ms, so ours takes 1/{spent.least / long.least:.0f}"
    )
    case = {
        "names": BENCHMARK_STATES, "influent": published.R1_INFLUENT, "start": START, "days": DAYS, "rtol": RTOL,
        "flow_m3_d": R1.flow_m3_d, "temperature_c": R1.temperature_c, "repeats": 5,
    }  # fmt: skip
    for name, (_, computes) in PEERS.items():
        found = time_peer(name, interpreters, case)
        if isinstance(found, str):
            print(found)
            continue
        print(f"{name} {found.version}: {computes};")
        print(
            f"  200 days at 1e-6 in {1000 * found.least_s:.1f} ms (median {1000 * found.median_s:.1f}), so ours takes "
            f"1/{found.least_s / long.least:.0f}; its S_ac {found.s_ac:.5f}, published {published.R1_STATES['S_ac']:.5f}"
        )


def main() -> None:
    """Print every figure with its limit, and the ratio to each peer that is installed."""
    parser = argparse.ArgumentParser(prog="bench metabolism", description=__doc__)
    parser.add_argument(
        "--peer-python", action="append", default=[], metavar="PATH", help="an interpreter that has peers"
    )
    interpreters = [*parser.parse_args().peer_python, sys.executable]
    long, scenarios_per_s = report_ours()
    report_cores(scenarios_per_s)
    report_peers(long, interpreters)


if __name__ == "__main__":
    main()
