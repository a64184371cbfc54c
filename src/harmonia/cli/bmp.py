"""`harmonia bmp`: evaluate a jar trial (biochemical methane potential) from two tables, or pool many."""

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.errors import BadInput
from harmonia.cli.jar_tables import read_bottles, read_yields

if TYPE_CHECKING:
    from harmonia.science.metabolism.jar_kinetics import Fit
    from harmonia.science.metabolism.jar_pooling import Estimate, JarYield, Prior
    from harmonia.science.metabolism.jar_trials import Bottle, TrialOutcome

EXAMPLE = """examples:
  harmonia bmp --setup setup.csv --volumes volumes.csv --json
  harmonia bmp --setup setup.csv --volumes volumes.csv --fit
  harmonia bmp pool results.csv     (columns: jar, feedstock, household, tier, mean, sd)"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the two tables of a trial, the table of a community and the output form."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EXAMPLE
    parser.add_argument("pool", nargs="*", metavar="pool FILE", help="pool the results of many jars")
    parser.add_argument("--setup", type=Path, help="CSV: id, substrate, m.inoc [g], m.sub.vs [g VS]")
    parser.add_argument(
        "--volumes",
        type=Path,
        help="CSV: id, time.h or time.d, cumulative vol [mL]; a column a bottle works too",
    )
    parser.add_argument("--fit", action="store_true", help="add the curve that tells each substrate best")
    parser.add_argument("--sampler", action="store_true", help="pool with NumPyro instead of exactly")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the results; exit 0 even for a trial that is not valid, because it says so itself.

    Raises:
        BadInput: a table cannot be read or evaluated.
    """
    if arguments.pool:
        return _pool(arguments)
    if not (arguments.setup and arguments.volumes):
        raise BadInput("A trial needs both tables: --setup FILE and --volumes FILE.")
    from harmonia.science.metabolism.jar_trials import TrialError, evaluate_trial

    bottles = read_bottles(arguments.setup, arguments.volumes)
    try:
        outcome = evaluate_trial(bottles)
    except TrialError as error:
        raise BadInput(str(error)) from None
    fits = _fits(bottles) if arguments.fit else {}
    if arguments.json:
        more = {"fits": {name: _plain(fit) for name, fit in fits.items()}} if arguments.fit else {}
        print(json.dumps(asdict(outcome) | more, allow_nan=False))
    else:
        print("\n".join([as_text(outcome), *(_curve_line(name, fit) for name, fit in fits.items())]))
    return 0


def as_text(outcome: "TrialOutcome") -> str:
    """Return results and validity as lines."""
    stops = {"end": "at the end", "1pct": "by the 1 % rule"}
    lines = [
        f"{r.substrate}: {r.mean:.1f} mL CH4/g VS (sd {r.sd:.1f}, {r.n} bottles) {stops[r.stop]}, day {r.time_d:.1f}"
        for r in outcome.results
    ]
    verdict = "The trial is valid." if outcome.valid else "The trial is not valid:"
    return "\n".join([*lines, verdict, *(f"- {reason}" for reason in outcome.reasons)])


def _fits(bottles: Sequence["Bottle"]) -> dict[str, "Fit"]:
    """Return the curve that tells each substrate's mean best."""
    import numpy as np

    from harmonia.science.metabolism.jar_kinetics import FitError, best_fit
    from harmonia.science.metabolism.jar_trials import net_yield

    blanks = [bottle for bottle in bottles if bottle.is_blank]
    found = {}
    for name in dict.fromkeys(bottle.substrate for bottle in bottles if not bottle.is_blank):
        group = [bottle for bottle in bottles if bottle.substrate == name]
        days = group[0].days[group[0].days <= min(bottle.days[-1] for bottle in [*group, *blanks])]
        try:
            found[name] = best_fit(
                days, np.mean([net_yield(bottle, blanks, days) for bottle in group], axis=0)
            )
        except FitError as error:
            raise BadInput(f"{name}: {error}") from None
    return found


def _plain(fit: "Fit") -> dict[str, object]:
    """Return a fit for JSON; an end that the readings do not bound is null."""
    ends = {
        name: [end if math.isfinite(end) else None for end in interval]
        for name, interval in fit.intervals.items()
    }
    return {"curve": fit.curve, "values": dict(fit.values), "intervals": ends, "rmse": fit.rmse}


def _curve_line(name: str, fit: "Fit") -> str:
    parts = [
        f"{parameter} {value:.3g} ({_end(fit.intervals[parameter][0])} to {_end(fit.intervals[parameter][1])})"
        for parameter, value in fit.values.items()
    ]
    return f"{name}: {fit.curve.replace('_', ' ')}, " + ", ".join(parts)


def _end(value: float) -> str:
    return f"{value:.3g}" if math.isfinite(value) else "unbounded"


def _pool(arguments: argparse.Namespace) -> int:
    """Print what many jars say together of each feedstock.

    Raises:
        BadInput: the words are others, or the table cannot be pooled.
    """
    if arguments.pool[0] != "pool" or len(arguments.pool) != 2:
        raise BadInput("Say `harmonia bmp pool FILE`, or give --setup and --volumes for one trial.")
    from harmonia.science.metabolism.feedstocks import FeedstockError
    from harmonia.science.metabolism.jar_pooling import PoolError, pool_jars
    from harmonia.science.metabolism.jar_priors import priors_of

    jars = read_yields(Path(arguments.pool[1]))
    try:
        priors = priors_of(jar.feedstock for jar in jars)
        pooled = pool_jars(jars, priors)
    except (PoolError, FeedstockError) as error:
        raise BadInput(str(error)) from None
    found = _sampled(jars, priors) if arguments.sampler else _told(pooled.estimates)
    counts = {code: estimate.jars for code, estimate in pooled.estimates.items()}
    rows = [
        {"feedstock": code, "jars": counts[code], "middle": middle, "low": low, "high": high,
         "before_low": priors[code].low, "before_high": priors[code].high}
        for code, (low, middle, high) in found.items()
    ]  # fmt: skip
    print(json.dumps({"feedstocks": rows}) if arguments.json else "\n".join(_pool_line(row) for row in rows))
    return 0


def _told(estimates: Mapping[str, "Estimate"]) -> dict[str, tuple[float, float, float]]:
    return {code: (found.low, found.middle, found.high) for code, found in estimates.items()}


def _sampled(
    jars: Sequence["JarYield"], priors: Mapping[str, "Prior"]
) -> dict[str, tuple[float, float, float]]:
    import numpy as np

    from harmonia.science.metabolism.jar_sampling import NoSampler, sample_jars

    try:
        drawn = sample_jars(jars, priors)
    except NoSampler as error:
        raise BadInput(str(error)) from None
    found = {}
    for code, draws in drawn.items():
        low, middle, high = np.quantile(draws, [0.1, 0.5, 0.9]).tolist()
        found[code] = (low, middle, high)
    return found


def _pool_line(row: Mapping[str, object]) -> str:
    return (
        f"{row['feedstock']}: {row['middle']:.0f} mL CH4/g VS, {row['low']:.0f} to {row['high']:.0f} four times in "
        f"five; before {row['jars']} of its jars {row['before_low']:.0f} to {row['before_high']:.0f}"
    )
