"""Rows of a jar trial into cases of the science, and what they tell back into plain numbers.

Only tasks and commands call this: the fits load scipy, which never happens in a thread that serves pages.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from harmonia.commons.nexus.jar_rows import Facts, methane_of, substrate_name
from harmonia.commons.nexus.models import JarBottle, JarPool, JarResult, JarTrial

if TYPE_CHECKING:
    from harmonia.science.metabolism.jar_kinetics import Fit
    from harmonia.science.metabolism.jar_kitchen import HomeJar
    from harmonia.science.metabolism.jar_pooling import JarYield
    from harmonia.science.metabolism.jar_trials import Bottle

CURVE_POINTS = 40
NEXT_ERROR = 0.22  # the relative error of a home jar nobody has filled yet


def evaluate(trial: JarTrial) -> Facts:
    """Return what a trial tells now: results, broken rules, curve, yields to pool, or why it tells nothing yet."""
    from harmonia.science.metabolism.jar_readings import ReadingError

    try:
        return _standard(trial) if trial.is_standard else _kitchen(trial)
    except ReadingError as error:
        return {"silent": "reading", "detail": str(error)}


def _standard(trial: JarTrial) -> Facts:
    from harmonia.science.metabolism.jar_kitchen import yields_of_trial
    from harmonia.science.metabolism.jar_trials import TrialError, evaluate_trial, rules_broken

    bottles = [_bottle(bottle, trial) for bottle in trial.bottles.all()]
    try:
        outcome = evaluate_trial(bottles)
    except TrialError as error:
        return {"silent": "trial", "detail": str(error)}
    yields = yields_of_trial(str(trial.pk), _home(trial), trial.substance.feedstock, bottles, outcome)
    broken = rules_broken(bottles, outcome.results)
    return {
        "results": [asdict(result) for result in outcome.results],
        "valid": outcome.valid,
        "broken": [
            {"rule": b.rule.value, "substrate": b.substrate, "number": _finite(b.number)} for b in broken
        ],
        "yields": [asdict(found) for found in yields],
        **_curves_of_trial(bottles),
    }


def _bottle(bottle: JarBottle, trial: JarTrial) -> "Bottle":
    import numpy as np

    from harmonia.science.metabolism.jar_trials import Bottle

    days, methane = methane_of(bottle, trial)
    error = trial.solids_error * bottle.substrate_g
    name = substrate_name(bottle, trial)
    return Bottle(
        bottle.name, name, bottle.inoculum_g, bottle.substrate_g, error, np.array(days), np.array(methane)
    )


def _curves_of_trial(bottles: Sequence["Bottle"]) -> Facts:
    import numpy as np

    from harmonia.science.metabolism.jar_trials import net_yield

    blanks = [bottle for bottle in bottles if bottle.is_blank]
    group = [bottle for bottle in bottles if not bottle.is_blank and not bottle.is_cellulose]
    if not group:
        return {}
    end = min(bottle.days[-1] for bottle in [*group, *blanks])
    days = np.unique(np.concatenate([bottle.days[bottle.days <= end] for bottle in group]))
    return _curve(days, np.array([net_yield(bottle, blanks, days) for bottle in group]))


def _kitchen(trial: JarTrial) -> Facts:
    import numpy as np

    from harmonia.science.metabolism.jar_kitchen import NotFinished, evaluate_home_jar, net_of_home_jar
    from harmonia.science.metabolism.jar_pooling import LEAST_ML_G, MOST_ML_G

    bottles = list(trial.bottles.all())
    jars = [(bottle, _home_jar(bottle, trial)) for bottle in bottles]
    blanks = [jar for bottle, jar in jars if bottle.content == JarBottle.Content.BLANK and jar.days.size > 1]
    told, yields, silent = [], [], Facts()
    fed = [(bottle, jar) for bottle, jar in jars if bottle.content == JarBottle.Content.SUBSTRATE]
    for bottle, jar in fed:
        try:
            found = evaluate_home_jar(jar, blanks)
        except NotFinished as reason:
            silent = {"silent": "rising" if reason.rising else "few", "detail": str(reason)}
            continue
        told.append({"bottle": bottle.name, **asdict(found)})
        if LEAST_ML_G <= found.methane_ml_g <= MOST_ML_G:
            yields.append(_home_yield(bottle, trial, found.methane_ml_g, found.relative_error))
    facts: Facts = {"jars": told, "yields": yields} if told else silent
    days = np.unique(np.concatenate([jar.days for _, jar in fed]))
    nets = [np.interp(days, jar.days, net_of_home_jar(jar, blanks)) for _, jar in fed if jar.days.size > 1]
    return {**facts, **(_curve(days, np.array(nets)) if nets else {})}


def _home_jar(bottle: JarBottle, trial: JarTrial) -> "HomeJar":
    import numpy as np

    from harmonia.science.metabolism.jar_kitchen import HomeJar

    days, methane = methane_of(bottle, trial)
    return HomeJar(
        bottle.substrate_g, trial.solids_error, bottle.inoculum_g, np.array(days), np.array(methane)
    )


def _home_yield(bottle: JarBottle, trial: JarTrial, methane_ml_g: float, error: float) -> Facts:
    return {
        "jar": f"{trial.pk} {bottle.name}", "feedstock": trial.substance.feedstock, "household": _home(trial),
        "tier": "kitchen", "methane_ml_g": methane_ml_g, "relative_error": error,
    }  # fmt: skip


def _home(trial: JarTrial) -> str:
    first = trial.makers.filter(first=True).first()
    return str(first.token) if first else f"trial {trial.pk}"


def _curve(days: Any, nets: Any) -> Facts:
    """Return the readings' mean and range over the bottles, and the curve through them, [mL CH4/g VS]."""
    from harmonia.science.metabolism.jar_kinetics import FitError, best_fit

    mean = nets.mean(axis=0)
    facts: Facts = {
        "days": days.tolist(), "net": mean.tolist(),
        "net_low": nets.min(axis=0).tolist(), "net_high": nets.max(axis=0).tolist(),
    }  # fmt: skip
    try:
        fit = best_fit(days, mean)
    except FitError:
        return facts
    return {**facts, "fit": _fit(fit, float(days[-1]))}


def _fit(fit: "Fit", last_day: float) -> Facts:
    import numpy as np

    days = np.linspace(0, last_day, CURVE_POINTS)
    ends = {name: [_finite(low), _finite(high)] for name, (low, high) in fit.intervals.items()}
    return {
        "curve": fit.curve, "values": dict(fit.values), "intervals": ends, "rmse": fit.rmse,
        "days": days.tolist(), "net": fit.at(days).tolist(),
    }  # fmt: skip


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def pool_with(trial: JarTrial) -> JarPool | None:
    """Return all ended jars pooled, with what this trial added; unsaved, and None where it adds nothing."""
    from harmonia.science.metabolism.jar_pooling import bits_gained, pool_jars
    from harmonia.science.metabolism.jar_priors import priors_of

    own, others = _yields_of([trial.pk]), _yields_of(_ended_before(trial))
    if not own:
        return None
    feedstock = trial.substance.feedstock
    priors = priors_of({feedstock, *(jar.feedstock for jar in [*own, *others])} - {"cellulose"})
    before, after = pool_jars(others, priors), pool_jars([*others, *own], priors)
    was, now = before.estimates[feedstock], after.estimates[feedstock]
    return JarPool(
        trial=trial,
        estimates={
            code: {"low": e.low, "middle": e.middle, "high": e.high, "jars": e.jars}
            for code, e in after.estimates.items()
        },
        gained={
            "feedstock": feedstock, "before": was.half_width, "after": now.half_width,
            "middle": now.middle, "bits": bits_gained(was, now),
        },
        worth=_worth([*others, *own]),
    )  # fmt: skip


def _ended_before(trial: JarTrial) -> list[int]:
    return list(
        JarResult.objects.filter(trial__state="closed")
        .exclude(trial=trial)
        .values_list("trial_id", flat=True)
    )


def _yields_of(trials: Sequence[int]) -> list["JarYield"]:
    from harmonia.science.metabolism.jar_pooling import JarYield

    found = JarResult.objects.filter(trial_id__in=trials).order_by("trial_id")
    return [JarYield(**plain) for result in found for plain in result.told.get("yields", [])]


def _worth(jars: Sequence["JarYield"]) -> dict[str, float]:
    """Return how many bits one more home jar of each feedstock brought here would teach."""
    from harmonia.commons.ledger import queries as ledger
    from harmonia.commons.nexus.feeding import rots
    from harmonia.science.metabolism.jar_pooling import bits_expected
    from harmonia.science.metabolism.jar_priors import priors_of

    codes = {substance.feedstock for substance in ledger.materials() if rots(substance)}
    priors = priors_of(codes | {jar.feedstock for jar in jars} - {"cellulose"})
    return {
        code: round(bits_expected(jars, priors, code, "somebody", "kitchen", NEXT_ERROR), 3)
        for code in sorted(codes)
    }
