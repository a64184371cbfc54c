"""From the feedstock library to the pool of jars, and back to the digester's twin."""

from collections.abc import Iterable

from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.jar_pooling import Pooled, Prior
from harmonia.science.metabolism.jar_validity import CELLULOSE_HIGH, CELLULOSE_LOW

CELLULOSE = "cellulose"  # the control: not a feedstock, but it tells how a household reads
ML_G = 1000.0  # [mL/g] in a [m3/kg]


def priors_of(codes: Iterable[str]) -> dict[str, Prior]:
    """Return what the library knows of feedstocks' methane [mL CH4/g VS], and of cellulose.

    Raises:
        FeedstockError: a code has no file.
    """
    return {code: _prior(code) for code in {*codes, CELLULOSE}}


def _prior(code: str) -> Prior:
    if code == CELLULOSE:
        return Prior((CELLULOSE_LOW * CELLULOSE_HIGH) ** 0.5, CELLULOSE_LOW, CELLULOSE_HIGH)
    potential = feedstock(code).methane_potential
    return Prior(ML_G * potential.value, ML_G * potential.low, ML_G * potential.high)


def methane_potentials(pooled: Pooled) -> dict[str, tuple[float, float, float]]:
    """Return each feedstock's potential as the community's jars have narrowed it: value, low, high [m3 CH4/kg VS].

    For `FollowCase.methane`; feedstocks without a jar of their own keep what the library says, and are left out.
    """
    return {
        code: (found.middle / ML_G, found.low / ML_G, found.high / ML_G)
        for code, found in pooled.estimates.items()
        if found.jars and code != CELLULOSE
    }
