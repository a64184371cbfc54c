"""How much one ballot can change: every voter left out once, told as a distribution only, never by voter."""

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np

from harmonia.science.choice.count import decide
from harmonia.science.choice.decision import Decision
from harmonia.science.choice.election import Election, ballot_text
from harmonia.science.choice.rule import Rule

FEWEST = 5
MOST_COUNTS = 400
_EDGES = (Fraction(0), Fraction(5, 100), Fraction(20, 100), Fraction(2))


@dataclass(frozen=True, slots=True)
class InfluenceCell:
    """`voters` without whom more than `above` and at most `up_to` of the budget [share] would be spent otherwise.

    `above` None: nothing at all is in the cell too.
    """

    above: float | None
    up_to: float
    voters: int


def influence(election: Election, rule: Rule, decision: Decision, seed: int = 0) -> tuple[InfluenceCell, ...]:
    """Return how many voters change how much of the spending by voting at all.

    A change is the cost of all projects bought only with or only without the voter, as a share of the budget.
    Cells of under five voters are joined to the one below. Of a large election a sample of ballots is counted.
    """
    weights = Counter(ballot_text(ballot) for ballot in election.ballots)
    first = {ballot_text(ballot): at for at, ballot in reversed(list(enumerate(election.ballots)))}
    kinds = sorted(weights)
    if len(kinds) > MOST_COUNTS:
        drawn = np.random.default_rng(seed).choice(len(kinds), MOST_COUNTS, replace=False)
        kinds = [kinds[at] for at in sorted(drawn.tolist())]
    changes = [(_change(election, rule, decision, first[kind]), weights[kind]) for kind in kinds]
    cells = [InfluenceCell(None, 0.0, sum(count for change, count in changes if change == 0))]
    for low, high in pairwise(_EDGES):
        voters = sum(count for change, count in changes if low < change <= high)
        cells.append(InfluenceCell(float(low), min(float(high), 1.0), voters))
    return _told(cells)


def _change(election: Election, rule: Rule, decision: Decision, voter: int) -> Fraction:
    """Return the share of the budget that is spent otherwise without one voter; 2 at most."""
    ballots = election.ballots[:voter] + election.ballots[voter + 1 :]
    if not ballots or not election.budget:
        return Fraction(0)
    without = decide(replace(election, ballots=ballots), rule)
    costs = election.costs()
    differing = set(decision.winners) ^ set(without.winners)
    return Fraction(sum(costs[name] for name in differing)) / Fraction(election.budget)


def _told(cells: list[InfluenceCell]) -> tuple[InfluenceCell, ...]:
    """Join cells of one to four voters to the cell below (the lowest to the one above), so nobody stands alone."""
    told: list[InfluenceCell] = []
    for cell in reversed(cells):
        joins = bool(told) and 0 < told[-1].voters < FEWEST
        told.append(_both(cell, told.pop()) if joins else cell)
    told = [cell for cell in reversed(told) if cell.voters]
    if len(told) > 1 and told[0].voters < FEWEST:
        told[:2] = [_both(*told[:2])]
    return tuple(told)


def _both(low: InfluenceCell, high: InfluenceCell) -> InfluenceCell:
    return InfluenceCell(low.above, high.up_to, low.voters + high.voters)
