"""Where a plan begins: the digester as its past feed left it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism import rodas
from harmonia.science.metabolism.digester import Digester, Member
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.planning.limits import WEEK_DAYS, FeedLimits, PlanError
from harmonia.science.metabolism.planning.supply import Supply
from harmonia.science.metabolism.plant import Plant

_WARM_DAYS = 28
_REST_SHARE = 0.6  # of the loading limit: where a plant without a known past is assumed to have been


@dataclass(frozen=True)
class Present:
    """A digester this morning: state (n,) and protons [kmol/m3], and the last week's feed (7, feedstocks) [kg/d]."""

    digester: Digester
    state: Floats
    protons: float
    week_kg: Floats

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the feedstocks it knows, in the order of every array of feed."""
        return self.digester.codes


def present(
    plant: Plant,
    supplies: Sequence[Supply],
    past_kg_d: Mapping[str, tuple[float, ...]],
    warm_start: Mapping[str, float] | None,
    limits: FeedLimits,
) -> Present:
    """Return the digester after its past feed, by the model's central values.

    A plant without a past is assumed to have long been fed the mean of its supplies, at most 60 % of the loading
    limit.

    Raises:
        PlanError: the past has unequal days or impossible numbers, or the model could not be run through it.
    """
    codes = tuple(sorted({supply.feedstock for supply in supplies} | set(past_kg_d)))
    digester = Digester(plant, codes, Member())
    past = _past(codes, past_kg_d)
    if not len(past):
        rest = _rest(digester, supplies, limits)
        past = np.tile(rest, (WEEK_DAYS, 1))
        warm = rest
    elif warm_start is None:
        warm = past[:_WARM_DAYS].mean(axis=0)
    else:
        warm = np.array([warm_start.get(code, 0.0) for code in codes])
    run = digester.run(past, digester.settled(warm))
    if run.ended != rodas.OK:
        raise PlanError(
            "The model could not follow what the plant was fed, so there is no state to plan from."
        )
    before = np.zeros((WEEK_DAYS, len(codes)))
    week = past[-WEEK_DAYS:]
    before[WEEK_DAYS - len(week) :] = week
    return Present(digester, run.states[-1], float(run.protons[-1]), before)


def _past(codes: tuple[str, ...], past_kg_d: Mapping[str, tuple[float, ...]]) -> Floats:
    lengths = {len(days) for days in past_kg_d.values()}
    if len(lengths) > 1:
        raise PlanError("The past feed needs one number a day, the same days for all.")
    days = lengths.pop() if lengths else 0
    past = (
        np.array([past_kg_d.get(code, (0.0,) * days) for code in codes], dtype=float)
        .reshape(len(codes), days)
        .T
    )
    if days and not (np.isfinite(past).all() and past.min() >= 0):
        raise PlanError("A day of the past feed must be a number of kg, zero or more.")
    return past


def _rest(digester: Digester, supplies: Sequence[Supply], limits: FeedLimits) -> Floats:
    mean = {supply.feedstock: supply.total_kg / max(len(supply.arrivals_kg), 1) for supply in supplies}
    rest = np.array([mean.get(code, 0.0) for code in digester.codes])
    solids = rest @ np.array([feedstock(code).volatile_solids_kg_kg for code in digester.codes])
    most = _REST_SHARE * limits.loading_kg_vs_m3_d * digester.plant.liquid_m3
    usual: Floats = rest * min(1.0, most / solids) if solids > 0 else rest
    return usual
