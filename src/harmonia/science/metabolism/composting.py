"""What the bays make of solids and scraps: a published mass balance, spread over the weeks a batch takes."""

from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant_parts import Composting


@dataclass(frozen=True)
class CompostDays:
    """Mass of each day [kg/d], shape (days,): taken + cuttings = compost + lost + change.

    `taken`: what was brought to the bays; `cuttings` fresh ones beside the sieve's overs; `compost` sieved;
    `lost` as gas and vapour; `change` of what lies in bays and overs.
    """

    taken: Floats
    cuttings: Floats
    compost: Floats
    lost: Floats
    change: Floats


def compost(bays: Composting, taken: Floats) -> CompostDays:
    """Return what daily batches [kg/d] become: they lose evenly while they lie, then are sieved.

    Overs of the sieve are mixed into later batches in place of cuttings. Mass balance: Lytras et al. (2024),
    doi:10.1007/s12649-024-02697-9; that the loss is even is our simplification.
    """
    mixed = taken * (1 + bays.bulking_kg_per_kg)
    age = max(1, round(bays.days))
    total = np.concatenate([np.zeros(age), np.cumsum(mixed)])
    lying = total[age:] - total[: len(mixed)]
    lost = bays.mass_loss / age * lying
    ripe = np.concatenate([np.zeros(age), taken])[: len(taken)]
    sieved = bays.net_kg_per_kg * ripe
    overs = (1 - bays.mass_loss) * (1 + bays.bulking_kg_per_kg) * ripe - sieved
    cuttings = _fresh(bays.bulking_kg_per_kg * taken, overs)
    return CompostDays(taken, cuttings, sieved, lost, taken + cuttings - sieved - lost)


def _fresh(wanted: Floats, overs: Floats) -> Floats:
    """Return cuttings wanted beyond the overs that lie ready, day by day [kg/d]."""
    fresh, ready = np.zeros_like(wanted), 0.0
    for day, (want, over) in enumerate(zip(wanted, overs, strict=True)):
        ready += over
        used = min(ready, want)
        ready -= used
        fresh[day] = want - used
    return fresh
