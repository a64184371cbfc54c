"""Whether a jar trial is valid by the published standard, and in which sentences it is not.

Holliger et al. (2016), doi:10.2166/wst.2016.336; the window and the spread of cellulose are those of Hafner et
al. (2020), doi:10.3390/w12061752, and of Standard BMP Methods document 100, version 1.9.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

CELLULOSE_LOW, CELLULOSE_HIGH = 340.0, 395.0  # [mL CH4/g VS]
CELLULOSE_RSD = 0.06
LEAST_BOTTLES = 3
_CONTROL_WORDS = re.compile(r"^(cel|cell|mcc|avicel|cellu[a-z]*|celul[a-z]*|zellul[a-z]*)$")


@dataclass(frozen=True)
class Control:
    """What the rules look at in one substrate: bottles, whether the 1 % rule was met, mean and sd [mL/g VS]."""

    substrate: str
    bottles: int
    finished: bool
    mean: float
    sd: float


def is_cellulose(substrate: str) -> bool:
    """Return whether a name means the positive control: `Cellulose`, `CEL`, `MCC`, `celulosa`; not `celery`."""
    words = re.findall(r"[a-z]+", substrate.lower())
    return any(_CONTROL_WORDS.match(word) for word in words)


def invalid_reasons(blanks: int, substrates: Sequence[Control]) -> tuple[str, ...]:
    """Return why a trial is not valid by the standard, one sentence each; none when it is."""
    reasons = (
        [f"There {_are(blanks, 'blank')}; the standard asks for {LEAST_BOTTLES}."]
        if blanks < LEAST_BOTTLES
        else []
    )
    for found in substrates:
        if found.bottles < LEAST_BOTTLES:
            bottles = "1 bottle" if found.bottles == 1 else f"{found.bottles} bottles"
            reasons.append(f"{found.substrate} has {bottles}; the standard asks for {LEAST_BOTTLES}.")
        if not found.finished:
            reasons.append(f"{found.substrate} was stopped before it made less than 1 % a day for 3 days.")
    controls = [found for found in substrates if is_cellulose(found.substrate)]
    if not controls:
        reasons.append("There is no cellulose control, so nobody can tell whether the inoculum works.")
    if len(controls) == len(substrates):
        reasons.append("Only cellulose was tested; the standard asks for 3 bottles of a substrate too.")
    for found in controls:
        reasons.extend(_cellulose_reasons(found))
    return tuple(reasons)


def _are(count: int, noun: str) -> str:
    return f"is 1 {noun}" if count == 1 else f"are {count} {noun}s"


def _cellulose_reasons(found: Control) -> list[str]:
    reasons = []
    if not CELLULOSE_LOW <= found.mean <= CELLULOSE_HIGH:
        window = f"{CELLULOSE_LOW:.0f} to {CELLULOSE_HIGH:.0f}"
        reasons.append(f"Cellulose gave {found.mean:.0f} mL CH4/g VS; a valid trial gives {window}.")
    if not found.sd <= CELLULOSE_RSD * abs(found.mean):
        spread = 100 * found.sd / abs(found.mean) if found.mean else math.inf
        reasons.append(f"Cellulose bottles differ by {spread:.1f} % (standard deviation); 6 % is the limit.")
    return reasons
