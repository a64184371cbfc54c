"""Where a plan begins: the digester as its past feed left it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from harmonia.science.metabolism import rodas
from harmonia.science.metabolism.digester import Digester, Member
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.planning.limits import WEEK_DAYS, FeedLimits, PlanError
from harmonia.science.metabolism.planning.supply import Supply

if TYPE_CHECKING:
    from harmonia.science.metabolism.feed_plan import PlanCase

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


def present(case: "PlanCase") -> Present:
    """Return the digester after its past feed, by the model's central values.

    A plant without a past is assumed to have long been fed the mean of its supplies, at most 60 % of the loading
    limit.

    Raises:
        PlanError: the past has unequal days or impossible numbers, or the model could not be run through it.
    """
    codes = tuple(sorted({supply.feedstock for supply in case.supplies} | set(case.past_kg_d)))
    member = Member({code: factor for code, factor in case.methane.items() if code in codes})
    digester = Digester(case.plant, codes, member)
    past = _past(codes, case.past_kg_d)
    if not len(past):
        warm = _rest(digester, case.supplies, case.limits)
        past = np.tile(warm, (WEEK_DAYS, 1))
    elif case.warm_start is None:
        warm = past[:_WARM_DAYS].mean(axis=0)
    else:
        warm = np.array([case.warm_start.get(code, 0.0) for code in codes])
    state, protons = _followed(_eras(case, digester, len(past)), warm, past)
    before = np.zeros((WEEK_DAYS, len(codes)))
    week = past[-WEEK_DAYS:]
    before[WEEK_DAYS - len(week) :] = week
    return Present(digester, state, protons, before)


def _eras(case: "PlanCase", digester: Digester, days: int) -> list[tuple[int, Digester]]:
    """Return (first day, digester) of the plants that were in force, the present one last."""
    member = Member(case.methane)
    former = [(day, Digester(plant, digester.codes, member)) for day, plant in case.former[:-1]]
    since = case.former[-1][0] if case.former else 0
    eras = [*former, (since, digester)]
    firsts = [first for first, _ in eras]
    if firsts[0] != 0 or firsts != sorted(firsts) or firsts[-1] > days:
        raise PlanError("The plants before this one must come in order, from the first past day on.")
    return eras


def _followed(eras: list[tuple[int, Digester]], warm: Floats, past: Floats) -> tuple[Floats, float]:
    state, protons = eras[0][1].settled(warm)
    ends = [*(first for first, _ in eras[1:]), len(past)]
    for (first, digester), end in zip(eras, ends, strict=True):
        if end == first:
            continue
        run = digester.run(past[first:end], (state, protons))
        if run.ended != rodas.OK:
            raise PlanError(
                "The model could not follow what the plant was fed, so there is no state to plan from."
            )
        state, protons = run.states[-1], float(run.protons[-1])
    return state, protons


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
