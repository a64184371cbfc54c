"""One count by equal shares in floats, quick enough to be tried for thousands of endowments.

It never decides: what it says is used only where it is `certain`, that is, where every comparison was wider than
its own rounding error (`tolerance`, 1e-9 or more) or could be made in whole numbers; else the exact count runs.

It also says how far the endowment may rise before anything can change (`safe`). Money is affine in the rise d:
who paid in full holds h + s d with s >= 1, who gave all holds 0. So prices fall as d grows, and a price is convex
in d: its tangent bounds it from below. That lets `add1` jump over increments that provably change nothing.

Loops over arrays: they run as they are for a neighbourhood, compiled for a city (`compiled_count`).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
OPEN, BOUGHT, DROPPED, WAITING = 0, 1, 2, 3
UNDECIDED = -2
TRACE = 1e-300


class Sheet(NamedTuple):
    """An election as arrays, projects in the order of the tie rule.

    Supporters of project p are `groups[offsets[p]:offsets[p + 1]]`, with `gains` each and `weights` voters a group,
    whole numbers both. A voter's utility is gain x `scales`. `units`: costs / scales, over a common denominator,
    whole numbers that times a sum of gains stay exact. `twins`: one number for projects nobody can tell apart.
    `needs[p, q]`: p needs q, or p itself where it can never be; `rivals[p, q]`: never both.
    """

    offsets: Ints
    groups: Ints
    gains: Floats
    weights: Floats
    costs: Floats
    scales: Floats
    units: Floats
    twins: Ints
    needs: Flags
    rivals: Flags
    tolerance: float


class State(NamedTuple):
    """What a count knows: money and its slope by group; rate, slope and rounding error of it by project.

    A rate that is not `fresh` is a lower bound. `rich`: what those gain who pay in full; `clean`: those surely can,
    and all others surely hold nothing. `safe[0]`: how far the endowment may rise.
    """

    held: Floats
    slope: Floats
    rate: Floats
    fall: Floats
    unsure: Floats
    rich: Floats
    state: Ints
    fresh: Ints
    clean: Ints
    safe: Floats


def count(sheet: Sheet, endowment: float, bought: Ints) -> tuple[int, bool, float]:
    """Return (number bought, certain, safe rise); `bought` receives the projects in order."""
    known = opened(sheet, endowment)
    number = 0
    while True:
        chosen = cheapest(sheet, known)
        if chosen < 0:
            return number, chosen != UNDECIDED, known.safe[0]
        for project in range(len(sheet.costs)):  # how far may the endowment rise before another is cheaper?
            if known.state[project] == OPEN and known.fall[chosen] > known.fall[project]:
                gap = max(known.rate[project] - known.rate[chosen], 0.0)
                known.safe[0] = min(known.safe[0], gap / (known.fall[chosen] - known.fall[project]))
        pay(sheet, known, chosen)
        open_doors(sheet, known, chosen)
        known.fresh[:] = 0
        bought[number] = chosen
        number += 1


def open_doors(sheet: Sheet, known: State, chosen: int) -> None:
    """Mark a purchase: it shuts its rivals out and lets in what waited for it."""
    known.state[chosen] = BOUGHT
    for project in range(len(sheet.costs)):
        if sheet.rivals[chosen, project] and known.state[project] != BOUGHT:
            known.state[project] = DROPPED
        if known.state[project] == WAITING:
            met = True
            for other in range(len(sheet.costs)):
                met = met and (not sheet.needs[project, other] or known.state[other] == BOUGHT)
            if met:
                known.state[project] = OPEN


def opened(sheet: Sheet, endowment: float) -> State:
    """Return the state before the first purchase."""
    projects, groups = len(sheet.costs), len(sheet.weights)
    rich, rates, state = np.zeros(projects), np.zeros(projects), np.zeros(projects, np.int64)
    for project in range(projects):
        if np.any(sheet.needs[project]):
            state[project] = WAITING
        for at in range(sheet.offsets[project], sheet.offsets[project + 1]):
            rich[project] += sheet.weights[sheet.groups[at]] * sheet.gains[at]
        rates[project] = sheet.costs[project] / rich[project] / sheet.scales[project] * (1 - 1e-14)
    return State(
        np.full(groups, endowment),
        np.ones(groups),
        rates,
        np.zeros(projects),
        sheet.tolerance * rates,
        rich,
        state,
        np.zeros(projects, np.int64),
        np.zeros(projects, np.int64),
        np.full(1, np.inf),
    )


def cheapest(sheet: Sheet, known: State) -> int:
    """Return the open project with the least rate by the tie rule, -1 where none is left, or UNDECIDED."""
    while True:
        best = -1
        for project in range(len(sheet.costs)):
            if known.state[project] == OPEN and (best < 0 or known.rate[project] < known.rate[best]):
                best = project
        if best < 0:
            return -1
        stale = best
        if known.fresh[best]:
            stale = -1
            for project in range(len(sheet.costs)):
                if known.state[project] == OPEN and not known.fresh[project] and near(known, project, best):
                    stale = project
                    break
        if stale < 0:
            return untied(sheet, known, best)
        if not refresh(sheet, known, stale):
            return UNDECIDED


def near(known: State, project: int, best: int) -> bool:
    """Say whether rounding might hide which of two rates is smaller."""
    gap: float = known.rate[project] - known.rate[best]
    return bool(gap <= known.unsure[project] + known.unsure[best])


def untied(sheet: Sheet, known: State, best: int) -> int:
    """Return who wins among near rates: whole numbers decide, or nobody does."""
    chosen = best
    for project in range(len(sheet.costs)):
        if known.state[project] != OPEN or project == best or not near(known, project, best):
            continue
        if known.clean[project] and known.clean[best]:
            ours = sheet.units[project] * known.rich[chosen]
            theirs = sheet.units[chosen] * known.rich[project]
            if ours < theirs or (ours == theirs and project < chosen):
                chosen = project
        elif sheet.twins[project] == sheet.twins[best]:
            chosen = min(chosen, project)
        else:
            return UNDECIDED
    return chosen


def refresh(sheet: Sheet, known: State, project: int) -> bool:
    """Bring a project's rate up to date or drop it; say whether that was certain."""
    total, steep = 0.0, 0.0
    for at in range(sheet.offsets[project], sheet.offsets[project + 1]):
        group = sheet.groups[at]
        total += sheet.weights[group] * known.held[group]
        steep += sheet.weights[group] * known.slope[group]
    missing = sheet.costs[project] - total
    if abs(missing) <= sheet.tolerance * sheet.costs[project]:
        return False
    if missing > 0:
        known.state[project] = DROPPED
        if steep > 0:
            known.safe[0] = min(known.safe[0], missing / steep)
        return True
    return repriced(sheet, known, project)


def repriced(sheet: Sheet, known: State, project: int) -> bool:
    """Find the price per gain from below (Newton): each step lets those too poor for it give all they have."""
    scale, cost = sheet.scales[project], sheet.costs[project]
    price = known.rate[project] * scale
    while True:
        poor, poor_slope, rich, margin = 0.0, 0.0, 0.0, 1.0
        for at in range(sheet.offsets[project], sheet.offsets[project + 1]):
            group = sheet.groups[at]
            due = price * sheet.gains[at]
            if known.held[group] > 0:
                margin = min(margin, known.held[group] - due * (1 + sheet.tolerance))
            if known.held[group] < due:
                poor += sheet.weights[group] * known.held[group]
                poor_slope += sheet.weights[group] * known.slope[group]
            else:
                rich += sheet.weights[group] * sheet.gains[at]
        if rich == 0.0:
            return False
        following = (cost - poor) / rich
        if following <= price * (1 + 1e-15):
            break
        price = following
    known.rate[project] = price / scale
    known.fall[project] = -poor_slope / rich / scale
    known.unsure[project] = sheet.tolerance * cost / rich / scale
    known.rich[project] = rich
    known.clean[project] = 1 if margin > 0 else 0
    known.fresh[project] = 1
    return True


def pay(sheet: Sheet, known: State, chosen: int) -> None:
    """Take the price from everybody who supports the project, or all they have."""
    price, fall = known.rate[chosen] * sheet.scales[chosen], known.fall[chosen] * sheet.scales[chosen]
    for at in range(sheet.offsets[chosen], sheet.offsets[chosen + 1]):
        group = sheet.groups[at]
        due, due_fall = price * sheet.gains[at], fall * sheet.gains[at]
        if known.held[group] < due:
            if known.slope[group] > due_fall:
                until = (due - known.held[group]) / (known.slope[group] - due_fall)
                known.safe[0] = min(known.safe[0], until)
            # Who is not surely poor may in truth keep something: too little to count, but not nothing.
            sure = due - known.held[group] > sheet.tolerance * due
            known.held[group], known.slope[group] = 0.0 if sure or known.held[group] == 0 else TRACE, 0.0
        else:
            known.held[group] = max(known.held[group] - due, 0.0)
            known.slope[group] = known.slope[group] - due_fall
