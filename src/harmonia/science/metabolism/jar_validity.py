"""Whether a jar trial is valid by the published standard, and in which sentences it is not.

Holliger et al. (2016), doi:10.2166/wst.2016.336; the window and the spread of cellulose are those of Hafner et
al. (2020), doi:10.3390/w12061752, and of Standard BMP Methods document 100, version 1.9.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

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


class Rule(Enum):
    """The rules of the standard, by what a trial that breaks them lacks."""

    BLANKS = "blanks"
    BOTTLES = "bottles"
    UNFINISHED = "unfinished"
    NO_CONTROL = "no_control"
    ONLY_CONTROL = "only_control"
    CONTROL_MEAN = "control_mean"
    CONTROL_SPREAD = "control_spread"


@dataclass(frozen=True)
class Breach:
    """A rule that a trial breaks, for which substrate, and the number that breaks it."""

    rule: Rule
    substrate: str = ""
    number: float = 0.0

    @property
    def sentence(self) -> str:
        """Return the breach in one sentence."""
        return _SENTENCES[self.rule](self)


def breaches(blanks: int, substrates: Sequence[Control]) -> tuple[Breach, ...]:
    """Return every rule of the standard that a trial breaks; none when it is valid."""
    found = [Breach(Rule.BLANKS, number=blanks)] if blanks < LEAST_BOTTLES else []
    for substrate in substrates:
        if substrate.bottles < LEAST_BOTTLES:
            found.append(Breach(Rule.BOTTLES, substrate.substrate, substrate.bottles))
        if not substrate.finished:
            found.append(Breach(Rule.UNFINISHED, substrate.substrate))
    controls = [substrate for substrate in substrates if is_cellulose(substrate.substrate)]
    if not controls:
        found.append(Breach(Rule.NO_CONTROL))
    if len(controls) == len(substrates):
        found.append(Breach(Rule.ONLY_CONTROL))
    for control in controls:
        found.extend(_of_control(control))
    return tuple(found)


def _of_control(control: Control) -> list[Breach]:
    found = []
    if not CELLULOSE_LOW <= control.mean <= CELLULOSE_HIGH:
        found.append(Breach(Rule.CONTROL_MEAN, control.substrate, control.mean))
    if not control.sd <= CELLULOSE_RSD * abs(control.mean):
        spread = 100 * control.sd / abs(control.mean) if control.mean else math.inf
        found.append(Breach(Rule.CONTROL_SPREAD, control.substrate, spread))
    return found


def _counted(number: float, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:.0f} {noun}s"


_SENTENCES: Mapping[Rule, Callable[[Breach], str]] = {
    Rule.BLANKS: lambda b: (
        f"There {'is' if b.number == 1 else 'are'} {_counted(b.number, 'blank')}; the standard asks for {LEAST_BOTTLES}."
    ),
    Rule.BOTTLES: lambda b: (
        f"{b.substrate} has {_counted(b.number, 'bottle')}; the standard asks for {LEAST_BOTTLES}."
    ),
    Rule.UNFINISHED: lambda b: f"{b.substrate} was stopped before it made less than 1 % a day for 3 days.",
    Rule.NO_CONTROL: lambda _: (
        "There is no cellulose control, so nobody can tell whether the inoculum works."
    ),
    Rule.ONLY_CONTROL: lambda _: (
        "Only cellulose was tested; the standard asks for 3 bottles of a substrate too."
    ),
    Rule.CONTROL_MEAN: lambda b: (
        f"Cellulose gave {b.number:.0f} mL CH4/g VS; a valid trial gives "
        f"{CELLULOSE_LOW:.0f} to {CELLULOSE_HIGH:.0f}."
    ),
    Rule.CONTROL_SPREAD: lambda b: (
        f"Cellulose bottles differ by {b.number:.1f} % (standard deviation); 6 % is the limit."
    ),
}
