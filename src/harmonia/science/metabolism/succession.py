"""What a plant's digesters hold when another plant comes into force: nothing is made, nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from harmonia.science.metabolism import kernel
from harmonia.science.metabolism.adm1 import START_PROTONS
from harmonia.science.metabolism.digester import Digester
from harmonia.science.metabolism.elements import Contents
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import Plant


@dataclass(frozen=True)
class TankState:
    """A digester at one moment: the full state, its protons [kmol/m3], its temperature [degC]."""

    y: Floats
    proton: float
    temperature_c: float


@dataclass(frozen=True)
class Succession:
    """What the new digesters start with, by name; elements (3,) [kg COD, C, N] `added` and `removed`."""

    states: Mapping[str, TankState]
    added: Floats
    removed: Floats


def succeed(
    before: Mapping[str, Digester],
    states: Mapping[str, TankState],
    after: Plant,
    digesters: Mapping[str, Digester],
    water_c: float,
) -> Succession:
    """Return what the digesters of a new plant hold.

    More room is filled with water of `water_c` [degC]; what no longer fits leaves as digestate. A new digester
    shares the sludge of the one it follows (else of the first) in proportion to their volumes, and both are
    topped up with water; where there is none, a neighbour's sludge fills it. A starter culture comes in
    exchange for as much liquid.
    """
    kept = [name for name in digesters if name in states]
    gone = [
        Contents(before[name]).held(states[name].y[None, :])[0] for name in states if name not in digesters
    ]
    removed = np.sum(gone, axis=0) if gone else np.zeros(3)
    added, found = np.zeros(3), {}
    for name in kept:
        found[name], left = _resized(before[name], digesters[name], states[name], water_c)
        removed = removed + left
    for tank in after.digesters:
        if tank.name in found:
            continue
        donor = tank.after if tank.after in found else next(iter(kept), None)
        if donor is None:
            found[tank.name] = TankState(digesters[tank.name].fresh(), START_PROTONS, water_c)
            added = added + Contents(digesters[tank.name]).held(found[tank.name].y[None, :])[0]
        else:
            found[donor], found[tank.name] = _shared(digesters, found[donor], donor, tank.name, water_c)
    if after.starter is not None:
        for name, state in found.items():
            found[name], came, left = _started(digesters[name], state, after.starter.share)
            added, removed = added + came, removed + left
    return Succession(found, added, removed)


def _in_liquid(y: Floats) -> Floats:
    """Return 1 for states of the liquid, 0 for gas and outlets, shape as `y`."""
    mask = np.ones_like(y)
    mask[kernel.LIQUID : kernel.MODEL] = 0.0
    mask[-kernel.OUTLETS :] = 0.0
    return mask


def _resized(before: Digester, after: Digester, state: TankState, water_c: float) -> tuple[TankState, Floats]:
    old, new = before.plant.liquid_m3, after.plant.liquid_m3
    liquid, y = _in_liquid(state.y), state.y.copy()
    left = Contents(before).held((liquid * y)[None, :])[0] * max(0.0, 1 - new / old)
    share = min(1.0, old / new)
    y = np.where(liquid > 0, share * y, y)
    y[kernel.LIQUID : kernel.MODEL] *= before.plant.headspace_m3 / after.plant.headspace_m3
    warmth = share * state.temperature_c + (1 - share) * water_c
    return replace(state, y=y, temperature_c=warmth), left


def _shared(
    digesters: Mapping[str, Digester], state: TankState, donor: str, new: str, water_c: float
) -> tuple[TankState, TankState]:
    has, gets = digesters[donor].plant.liquid_m3, digesters[new].plant.liquid_m3
    share, liquid = has / (has + gets), _in_liquid(state.y)
    warmth = share * state.temperature_c + (1 - share) * water_c
    thin = np.where(liquid > 0, share * state.y, state.y)
    return (
        TankState(thin, state.proton, warmth),
        TankState(np.where(liquid > 0, thin, 0.0), state.proton, warmth),
    )


def _started(digester: Digester, state: TankState, share: float) -> tuple[TankState, Floats, Floats]:
    fresh, liquid = digester.fresh(), _in_liquid(state.y)
    came = share * Contents(digester).held((liquid * fresh)[None, :])[0]
    left = share * Contents(digester).held((liquid * state.y)[None, :])[0]
    return replace(state, y=state.y + share * liquid * (fresh - state.y)), came, left
