"""Run by `benchmarks.peers` with an interpreter that has exposan: a case on stdin, times on stdout.

Its default influent is the benchmark's R1, so only the span and the tolerance come from the case.
"""

import importlib.metadata
import json
import statistics
import sys
import time

from exposan.adm import create_system

S_AC = 6


def main() -> None:
    case = json.load(sys.stdin)
    system = create_system()
    times = []
    for _ in range(1 + case["repeats"]):  # the first one compiles
        began = time.process_time()
        system.simulate(
            state_reset_hook="reset_cache", t_span=(0, case["days"]), t_eval=[0, case["days"]], method="BDF",
            rtol=case["rtol"], atol=case["rtol"],
        )  # fmt: skip
        times.append(time.process_time() - began)
    print(
        json.dumps(
            {
                "least_s": min(times[1:]),
                "median_s": statistics.median(times[1:]),
                "version": importlib.metadata.version("exposan"),
                "s_ac": float(system.path[0].outs[1].conc[S_AC]) / 1000,
            }
        )
    )


if __name__ == "__main__":
    main()
