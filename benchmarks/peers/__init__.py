"""Other digester models on the same influent, each in an interpreter of its own, since their pins differ."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# package -> (script beside this file, what it computes)
PEERS = {
    "bsm2_python": (
        "run_bsm2_python.py",
        "its compiled ADM1 of 35 states (acids as states, pH delayed), scipy odeint as in its reactor",
    ),
    "exposan": (
        "run_exposan.py",
        "its ADM1 system from qsdsan, scipy BDF; the influent is its own default, R1",
    ),
}
_LONGEST_S = 900


@dataclass(frozen=True)
class PeerTime:
    """Least and median CPU time of one run [s], the version, and the acetate left [kg COD/m3] as a check."""

    least_s: float
    median_s: float
    version: str
    s_ac: float


def time_peer(name: str, interpreters: Sequence[str], case: Mapping[str, object]) -> PeerTime | str:
    """Run a peer with the first interpreter that has it; a sentence where none has or the run failed."""
    script = Path(__file__).with_name(PEERS[name][0])
    complaint = f"{name} is in none of {len(interpreters)} interpreters, so no ratio (--peer-python PATH)"
    for python in interpreters:
        if subprocess.run([python, "-c", f"import {name}"], capture_output=True, check=False).returncode != 0:
            continue
        ended = subprocess.run(
            [python, "-W", "ignore", str(script)],
            input=json.dumps(case), capture_output=True, text=True, check=False, timeout=_LONGEST_S,
        )  # fmt: skip
        if ended.returncode == 0:
            return PeerTime(**json.loads(ended.stdout.splitlines()[-1]))
        complaint = f"{name} failed: {ended.stderr.strip().splitlines()[-1]}"
    return complaint
