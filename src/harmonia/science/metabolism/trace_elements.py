"""Trace elements: what feed and a dose bring of them, and how far their lack slows those who make methane."""

from collections.abc import Sequence

import numpy as np

from harmonia.science.metabolism.compiled import compiled
from harmonia.science.metabolism.kernel import K_M, OXIDATION, PRO, Floats
from harmonia.science.metabolism.plant_parts import TraceElements

# What food waste must bring per kg of fresh feed [mg/kg] for stable digestion at high ammonia: Banks, Zhang, Jiang &
# Heaven (2012), doi:10.1016/j.biortech.2011.10.068.
CRITICAL_MG_KG = {"selenium": 0.16, "cobalt": 0.22}
# Speed that is left without them. Food waste alone holds 2.0 kg VS/m3/d (introduction of doi:10.3390/en13051279, 2020)
# where with both elements it held 5 (Banks et al. 2012); that growth slows by the same ratio is our reading.
LACKING_SPEED = 2.0 / 5.0
# Manure and sludge carry enough of both; that any other feed brings none is an assumption on the safe side.
CARRIERS = frozenset({"cattle_manure", "chicken_manure", "sewage_sludge"})
# Who is slowed, as places among the uptakes: propionate, acetate and hydrogen users, acetate oxidisers.
SLOWED = range(PRO, OXIDATION + 1)
ENOUGH = 0.95


NO_DOSE = TraceElements()


def dose_share(dose: TraceElements) -> float:
    """Return the scarcer element of a dose as a share of what is needed [0 to 1]."""
    given = {"selenium": dose.selenium_mg_kg, "cobalt": dose.cobalt_mg_kg}
    return float(min(1.0, *(max(given[name], 0.0) / need for name, need in CRITICAL_MG_KG.items())))


def supplies(codes: Sequence[str], dose: TraceElements) -> Floats:
    """Return how much of the need each feedstock brings with the dose, shape (feedstocks,) [0 to 1]."""
    return np.array([1.0 if code in CARRIERS else dose_share(dose) for code in codes])


def speed_at(level: Floats) -> Floats:
    """Return the speed that a level of trace elements leaves, same shape; `level` as a share of the need [-]."""
    speed: Floats = LACKING_SPEED + (1.0 - LACKING_SPEED) * np.clip(level, 0.0, 1.0)
    return speed


@compiled
def slow_down(c: Floats, level: float) -> None:
    """Slow those in `SLOWED` in the constants `c` (72,), in place.

    `level`: trace elements in the digester as a share of the need [-].
    """
    speed = LACKING_SPEED + (1.0 - LACKING_SPEED) * min(max(level, 0.0), 1.0)
    for uptake in range(PRO, OXIDATION + 1):
        c[K_M + uptake] *= speed
