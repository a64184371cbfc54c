"""What a feed makes of the digester, by the kernel itself, and where that oversteps a limit."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism import kernel, readings, rodas
from harmonia.science.metabolism.characterisation import NITROGEN_MOLAR
from harmonia.science.metabolism.following import QUIET_SHARE
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.planning.limits import FeedLimits, PlanError
from harmonia.science.metabolism.planning.present import Present

SLACK = 0.02  # of a limit: what collocation and rounding may miss


@dataclass(frozen=True)
class Course:
    """The days of a feed by the kernel, each (days,): gas and methane [m3/d at 0 degC], pH, acids over buffer, and
    acids, free ammonia nitrogen, ammoniacal nitrogen [kg/m3] at the end of each day."""

    gas_m3_d: Floats
    methane_m3_d: Floats
    ph: Floats
    acid_ratio: Floats
    acids: Floats
    free_ammonia: Floats
    ammonium: Floats


def course(past: Present, feed_kg_d: Floats, temperature_c: Floats) -> Course:
    """Return what a feed (days, feedstocks) [kg/d] makes of the present digester.

    Raises:
        PlanError: the solver did not come to the last day.
    """
    run = past.digester.run(feed_kg_d, (past.state, past.protons), None, temperature_c)
    if run.ended != rodas.OK:
        raise PlanError("The model could not run the planned feed to its last day, so nothing is proposed.")
    ammonium = NITROGEN_MOLAR * run.states[:, kernel.IN]
    dissociation = run.constants[..., kernel.K_A + 5]
    return Course(
        gas_m3_d=readings.gas_m3_d(run),
        methane_m3_d=readings.MOLAR_VOLUME * run.gas[:, 1] * kernel.PER_GAS[1],
        ph=readings.ph(run),
        acid_ratio=readings.acid_ratio(run),
        acids=readings.acids_kg_m3(run),
        free_ammonia=ammonium * dissociation / (dissociation + run.protons),
        ammonium=ammonium,
    )


def overstepped(found: Course, limits: FeedLimits, gas_store_m3: float) -> Mapping[str, tuple[int, ...]]:
    """Return limit -> days (from 1) on which the digester is beyond it, for the limits of the plant's state."""
    store = gas_store_m3 if limits.gas_must_fit and gas_store_m3 > 0 else None
    watched = {
        "acid_ratio": (found.acid_ratio, limits.acid_ratio),
        "acids": (found.acids, limits.acids_kg_m3),
        "free_ammonia": (found.free_ammonia, limits.free_ammonia_kg_n_m3),
        "ammonium": (found.ammonium, limits.ammonium_kg_n_m3),
        "gas_store": (QUIET_SHARE * found.gas_m3_d, store),
    }
    days = {
        code: tuple((np.flatnonzero(values > (1 + SLACK) * limit) + 1).tolist())
        for code, (values, limit) in watched.items()
        if limit is not None
    }
    return {code: found_days for code, found_days in days.items() if found_days}
