"""Jar trials: the biochemical methane potential of substrates by the published standard method.

Holliger et al. (2016), Towards a standardization of biomethane potential tests, doi:10.2166/wst.2016.336;
Standard BMP Methods document 100, version 1.9 (2021); Hafner et al. (2020), doi:10.3390/w12061752.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism.jar_validity import Breach, Control, breaches, is_cellulose

Floats = NDArray[np.float64]
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
        return is_cellulose(self.substrate)


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
    broken = rules_broken(bottles, results)
    return TrialOutcome(tuple(results), not broken, tuple(breach.sentence for breach in broken))


def rules_broken(bottles: Sequence[Bottle], results: Sequence[TrialResult]) -> tuple[Breach, ...]:
    """Return which rules of the standard a trial breaks."""
    return breaches(sum(bottle.is_blank for bottle in bottles), _controls(results))


def _results(bottles: Sequence[Bottle]) -> list[TrialResult]:
    blanks = [bottle for bottle in bottles if bottle.is_blank]
    results: list[TrialResult] = []
    for name in dict.fromkeys(bottle.substrate for bottle in bottles if not bottle.is_blank):
        group = [bottle for bottle in bottles if bottle.substrate == name and not bottle.is_blank]
        end = min(bottle.days[-1] for bottle in [*group, *blanks])
        results.append(_at("end", float(end), group, blanks))
        stopped = stop_time(group, blanks)
        if stopped is not None and stopped <= end:
            results.append(_at("1pct", stopped, group, blanks))
    return results


def _controls(results: Sequence[TrialResult]) -> list[Control]:
    """Return what the rules look at: of each substrate the result by the 1 % rule, else the last."""
    last = {result.substrate: result for result in results}  # the 1 % rule comes after the end
    return [Control(r.substrate, r.n, r.stop == "1pct", r.mean, r.sd) for r in last.values()]


def _check(bottles: Sequence[Bottle]) -> None:
    if not any(bottle.is_blank for bottle in bottles):
        raise TrialError("A trial needs blanks: bottles with inoculum only, whose substrate mass is 0.")
    if all(bottle.is_blank for bottle in bottles):
        raise TrialError("All bottles are blanks; none holds a substrate.")
    for bottle in bottles:
        _check_bottle(bottle)
    if max(bottle.days[0] for bottle in bottles) >= min(bottle.days[-1] for bottle in bottles):
        raise TrialError("The bottles were not measured over the same days.")


def _check_bottle(bottle: Bottle) -> None:
    if not (bottle.inoculum_g > 0 and bottle.substrate_g >= 0 and bottle.substrate_error_g >= 0):
        raise TrialError(f"Bottle {bottle.name} needs inoculum above 0 and substrate of 0 or more.")
    if not (np.isfinite(bottle.days).all() and np.isfinite(bottle.methane_ml).all()):
        raise TrialError(f"Bottle {bottle.name} has a reading that is not a number.")
    if bottle.days.size < 2 or (np.diff(bottle.days) <= 0).any():
        raise TrialError(f"Bottle {bottle.name} needs two readings or more, each at its own time.")


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
    """Return the first reading three days after the last one that made 1 % a day or more.

    The last, not the first, quiet stretch counts, so neither a slow start nor a second wave ends a trial.
    """
    net = net_yield(bottle, blanks, bottle.days)
    rate = np.diff(net) / np.diff(bottle.days)
    lively = np.flatnonzero(~((net[1:] > 0) & (rate < STOP_RATE_PER_D * net[1:])))
    quiet_since = bottle.days[lively[-1] + 1] if lively.size else bottle.days[0]
    ends = bottle.days[bottle.days - quiet_since >= STOP_DAYS]  # no tolerance: the R package has none either
    return float(ends[0]) if ends.size else None


def _at(stop: Stop, day: float, group: Sequence[Bottle], blanks: Sequence[Bottle]) -> TrialResult:
    """Return the result of one substrate on a day.

    The standard error adds in squares that of the bottles, that of the blanks' mean (per bottle, by its
    inoculum) and that of weighing, which all bottles share and so does not shrink with their number; the
    standard deviation is that error times the root of `n`. The same propagation as the R package biogas
    (Hafner et al. 2018, doi:10.1016/j.softx.2018.06.005).
    """
    when = np.array([day])
    yields = np.array([net_yield(bottle, blanks, when)[0] for bottle in group])
    ratio = np.array([bottle.inoculum_g / bottle.substrate_g for bottle in group])
    weighing = yields * [bottle.substrate_error_g / bottle.substrate_g for bottle in group]
    of_blanks = _variance(blank_yield(blanks, when)[:, 0]) / len(blanks)
    shared = float(np.mean(ratio**2)) * of_blanks + float(np.mean(weighing**2))
    spread = math.sqrt(_variance(yields) + len(group) * shared)
    return TrialResult(group[0].substrate, stop, day, float(yields.mean()), spread, len(group))


def _variance(values: Floats) -> float:
    return float(values.var(ddof=1)) if values.size > 1 else 0.0
