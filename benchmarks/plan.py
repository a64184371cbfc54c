"""Feed plans: CPU time of two and four weeks on one core, warm, and of a case in which not everything fits."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import time

from harmonia.science.metabolism import PlanCase, Supply, plan_feed, single_digester

LIMIT_S = 1.0  # fourteen days, warm
PLANT = single_digester("bench", 4.0, 0.8, 37.0, 1.0, 2.0)


def case(days: int, times: float) -> PlanCase:
    """Return four feedstocks, some in stock, promised for so many days."""
    supplies = (
        Supply("food_waste", 20.0 * times, (8.0 * times,) * days, shelf_life_d=5),
        Supply("bread", 0.0, (1.5 * times, 0.0) * (days // 2)),
        Supply("coffee_grounds", 1.0, (0.5, 0.0) * (days // 2)),
        Supply("leaves", 10.0, (0.0, 4.0) * (days // 2)),
    )
    return PlanCase(PLANT, supplies, days=days)


def cpu_s(wanted: PlanCase) -> tuple[float, float, int]:
    """Return CPU seconds of the first and the fastest later plan, and iterations."""
    began = time.process_time()
    plan = plan_feed(wanted)
    first = time.process_time() - began
    later = []
    for _ in range(3):
        began = time.process_time()
        plan_feed(wanted)
        later.append(time.process_time() - began)
    return first, min(later), plan.iterations


def main() -> None:
    """Print every figure with its limit."""
    for name, wanted in (
        ("14 days", case(14, 1.0)),
        ("14 days, gas store full", case(14, 3.0)),
        ("14 days, not everything fits", case(14, 6.0)),
        ("28 days", case(28, 1.0)),
    ):
        first, warm, iterations = cpu_s(wanted)
        verdict = (
            "" if wanted.days > 14 else f"   limit {LIMIT_S:.1f} s: {'met' if warm <= LIMIT_S else 'MISSED'}"
        )
        print(f"{name:30s} {warm:6.2f} s warm, {first:5.2f} s first, {iterations:3d} iterations{verdict}")


if __name__ == "__main__":
    main()
