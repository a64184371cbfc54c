"""Run by `benchmarks.peers` with an interpreter that has bsm2-python: a case on stdin, times on stdout."""

import importlib.metadata
import json
import statistics
import sys
import time

import numpy as np
from bsm2_python.bsm2.adm1_bsm2 import adm1equations
from bsm2_python.bsm2.init.adm1init_bsm2 import DIGESTERINIT, DIGESTERPAR, DIM_D
from scipy.integrate import odeint

LIQUID = 26
FLOW, TEMPERATURE, GAS = 35, 36, 32


def main() -> None:
    case = json.load(sys.stdin)
    entering = np.zeros(42)
    entering[:LIQUID] = [case["influent"][name] for name in case["names"][:LIQUID]]
    entering[FLOW], entering[TEMPERATURE] = case["flow_m3_d"], case["temperature_c"]
    start = np.array(DIGESTERINIT, float)
    start[:LIQUID] = [case["start"][name] for name in case["names"][:LIQUID]]
    start[GAS : GAS + 3] = [case["start"][name] for name in case["names"][LIQUID:]]
    arguments = (entering, DIGESTERPAR, case["temperature_c"] + 273.15, DIM_D)
    times = []
    for _ in range(1 + case["repeats"]):  # the first one compiles
        began = time.process_time()
        end = odeint(
            adm1equations, start, [0.0, case["days"]], tfirst=True, args=arguments,
            rtol=case["rtol"], atol=case["rtol"], mxstep=100_000,
        )[1]  # fmt: skip
        times.append(time.process_time() - began)
    print(
        json.dumps(
            {
                "least_s": min(times[1:]),
                "median_s": statistics.median(times[1:]),
                "version": importlib.metadata.version("bsm2-python"),
                "s_ac": float(end[6]),
            }
        )
    )


if __name__ == "__main__":
    main()
