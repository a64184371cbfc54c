"""Jar trials: the biochemical methane potential of substrates by the published standard method.

Holliger et al. (2016), Towards a standardization of biomethane potential tests, doi:10.2166/wst.2016.336, and
the Standard BMP Methods documents 100, 200 and 201.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from harmonia.science.metabolism.kernel import Floats

CELLULOSE_LOW, CELLULOSE_HIGH = 340.0, 395.0  # [mL CH4/g VS]
CELLULOSE_RSD = 0.06
LEAST_BOTTLES = 3
STOP_RATE_PER_D, STOP_DAYS = 0.01, 3.0

Stop = Literal["end", "1pct"]


class TrialError(ValueError):
    """The bottles cannot be evaluated; the message is one sentence for the reader."""


@dataclass(frozen=True)
class Bottle:
    """One bottle: inoculum and substrate [g VS], uncertainty of the latter [g VS], methane over time.

    `days` (readings,) [d] rising; `methane_ml` (readings,) cumulative [mL CH4, dry, 0 degC, 101.325 kPa].
    A blank has no substrate.
    """

    name: str
    substrate: str
    inoculum_g: float
    substrate_g: float
    substrate_error_g: float
    days: Floats
    methane_ml: Floats

    @property
    def is_blank(self) -> bool:
        """Return whether only inoculum is inside."""
        return self.substrate_g == 0

    @property
    def is_cellulose(self) -> bool:
        """Return whether it is the positive control, by its name."""
        return self.substrate.lower().startswith("cel")


@dataclass(frozen=True)
class TrialResult:
    """Methane per substrate [mL CH4/g VS] at a stop: mean and standard deviation of `n` bottles at `time_d`."""

    substrate: str
    stop: Stop
    time_d: float
    mean: float
    sd: float
    n: int


@dataclass(frozen=True)
class TrialOutcome:
    """All results, and whether the trial is valid by the standard; `reasons` say why not."""

    results: tuple[TrialResult, ...]
    valid: bool
    reasons: tuple[str, ...]


def evaluate_trial(bottles: Sequence[Bottle]) -> TrialOutcome:
    """Return the potential of each substrate at the end and by the 1 % rule, and the validity of the trial.

    Raises:
        TrialError: no blank or no substrate, or bottles that share no time.
    """
    _check(bottles)
    with np.errstate(all="ignore"):
        results = _results(bottles)
    if not all(math.isfinite(result.mean) and math.isfinite(result.sd) for result in results):
        raise TrialError("The numbers of the bottles are too large or too small to evaluate.")
    reasons = invalid_reasons(bottles, results)
    return TrialOutcome(tuple(results), not reasons, reasons)


def _results(bottles: Sequence[Bottle]) -> list[TrialResult]:
    blanks = [bottle for bottle in bottles if bottle.is_blank]
    results: list[TrialResult] = []
    for name in dict.fromkeys(bottle.substrate for bottle in bottles if not bottle.is_blank):
        group = [bottle for bottle in bottles if bottle.substrate == name and not bottle.is_blank]
        end = min(bottle.days[-1] for bottle in [*group, *blanks])
        results.append(_at("end", float(end), group, blanks))
        stopped = stop_time(group, blanks)
        if stopped is not None:
            results.append(_at("1pct", stopped, group, blanks))
    return results


def _check(bottles: Sequence[Bottle]) -> None:
    if not any(bottle.is_blank for bottle in bottles):
        raise TrialError("A trial needs blanks: bottles with inoculum only, whose substrate mass is 0.")
    if all(bottle.is_blank for bottle in bottles):
        raise TrialError("All bottles are blanks; none holds a substrate.")
    for bottle in bottles:
        if not (bottle.inoculum_g > 0 and bottle.substrate_g >= 0):
            raise TrialError(f"Bottle {bottle.name} needs inoculum above 0 and substrate of 0 or more.")
        if not (np.isfinite(bottle.days).all() and np.isfinite(bottle.methane_ml).all()):
            raise TrialError(f"Bottle {bottle.name} has a reading that is not a number.")
        if bottle.days.size < 2 or (np.diff(bottle.days) <= 0).any():
            raise TrialError(f"Bottle {bottle.name} needs two readings or more, each at its own time.")
    if max(bottle.days[0] for bottle in bottles) >= min(bottle.days[-1] for bottle in bottles):
        raise TrialError("The bottles were not measured over the same days.")


def blank_yield(blanks: Sequence[Bottle], days: Floats) -> Floats:
    """Return methane per inoculum of every blank at some times [d], shape (blanks, times) [mL/g]."""
    return np.array([np.interp(days, blank.days, blank.methane_ml) / blank.inoculum_g for blank in blanks])


def net_yield(bottle: Bottle, blanks: Sequence[Bottle], days: Floats) -> Floats:
    """Return a bottle's methane less that of its inoculum, per substrate, shape (times,) [mL/g VS]."""
    own = np.interp(days, bottle.days, bottle.methane_ml)
    inoculum = blank_yield(blanks, days).mean(axis=0) * bottle.inoculum_g
    net: Floats = (own - inoculum) / bottle.substrate_g
    return net


def stop_time(group: Sequence[Bottle], blanks: Sequence[Bottle]) -> float | None:
    """Return when the last bottle has made under 1 % of its net methane a day for 3 days [d], else None."""
    ends = [_bottle_stop(bottle, blanks) for bottle in group]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def _bottle_stop(bottle: Bottle, blanks: Sequence[Bottle]) -> float | None:
    net = net_yield(bottle, blanks, bottle.days)
    above = float(bottle.days[0])
    for k in range(1, bottle.days.size):
        rate = (net[k] - net[k - 1]) / (bottle.days[k] - bottle.days[k - 1])
        if not rate < STOP_RATE_PER_D * net[k]:
            above = float(bottle.days[k])
        elif bottle.days[k] - above >= STOP_DAYS:
            return float(bottle.days[k])
    return None


def _at(stop: Stop, day: float, group: Sequence[Bottle], blanks: Sequence[Bottle]) -> TrialResult:
    """Return the result of one substrate on a day; the spread adds bottles, blanks and weighing."""
    when = np.array([day])
    yields = np.array([net_yield(bottle, blanks, when)[0] for bottle in group])
    ratio = float(np.mean([bottle.inoculum_g / bottle.substrate_g for bottle in group]))
    weighing = float(np.mean(yields * [bottle.substrate_error_g / bottle.substrate_g for bottle in group]))
    spread = math.sqrt(
        _variance(yields)
        + ratio * ratio * _variance(blank_yield(blanks, when)[:, 0])
        + len(group)
        * weighing
        * weighing  # the balance's error is shared, so it does not shrink with more bottles
    )
    return TrialResult(group[0].substrate, stop, day, float(yields.mean()), spread, len(group))


def _variance(values: Floats) -> float:
    return float(values.var(ddof=1)) if values.size > 1 else 0.0


def invalid_reasons(bottles: Sequence[Bottle], results: Sequence[TrialResult]) -> tuple[str, ...]:
    """Return why the trial is not valid by the standard, one sentence each; none when it is."""
    blanks = sum(bottle.is_blank for bottle in bottles)
    reasons = (
        [f"There are {blanks} blanks; the standard asks for {LEAST_BOTTLES}."]
        if blanks < LEAST_BOTTLES
        else []
    )
    names = dict.fromkeys(result.substrate for result in results)
    for name in names:
        found = {result.stop: result for result in results if result.substrate == name}
        if found["end"].n < LEAST_BOTTLES:
            reasons.append(f"{name} has {found['end'].n} bottles; the standard asks for {LEAST_BOTTLES}.")
        if "1pct" not in found:
            reasons.append(f"{name} was stopped before it made less than 1 % a day for 3 days.")
    controls = {bottle.substrate for bottle in bottles if bottle.is_cellulose and not bottle.is_blank}
    if not controls:
        reasons.append("There is no cellulose control, so nobody can tell whether the inoculum works.")
    for name in sorted(controls):
        reasons.extend(_cellulose_reasons([result for result in results if result.substrate == name][-1]))
    return tuple(reasons)


def _cellulose_reasons(result: TrialResult) -> list[str]:
    reasons = []
    if not CELLULOSE_LOW <= result.mean <= CELLULOSE_HIGH:
        window = f"{CELLULOSE_LOW:.0f} to {CELLULOSE_HIGH:.0f}"
        reasons.append(f"Cellulose gave {result.mean:.0f} mL CH4/g VS; a valid trial gives {window}.")
    if not result.sd <= CELLULOSE_RSD * abs(result.mean):
        spread = 100 * result.sd / abs(result.mean) if result.mean else math.inf
        reasons.append(f"Cellulose bottles differ by {spread:.1f} % (standard deviation); 6 % is the limit.")
    return reasons
