"""The comparison step some cities add: where more voters gain more from greedy's purchases, those are made.

It can take away what proportionality gave to a minority; Harmonia can do it, and does not suggest it.
"""

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction

from harmonia.science.choice.decision import Decision, people
from harmonia.science.choice.election import Election, gains
from harmonia.science.choice.greedy import greedy
from harmonia.science.choice.rule import Rule


def compared(election: Election, rule: Rule, shares: Decision) -> Decision:
    """Return the decision more voters gain more from; equal shares where as many prefer it."""
    rival = greedy(election, rule.utility, rule.ties, rule.seed)
    ours, theirs = (utilities(election, rule.utility, set(d.winners)) for d in (shares, rival))
    for_ours = sum(a > b for a, b in zip(ours, theirs, strict=True))
    for_theirs = sum(b > a for a, b in zip(ours, theirs, strict=True))
    kept = for_theirs <= for_ours
    sentence = (
        f"{people(for_ours)} gained more from equal shares and {people(for_theirs)} more from greedy, "
        f"so {'equal shares stood' if kept else 'greedy decided'}"
    )
    if kept:
        return replace(shares, comparison=sentence)
    return replace(
        shares,
        winners=rival.winners,
        cost=rival.cost,
        rounds=rival.rounds,
        reasons=rival.reasons,
        endowment=None,
        comparison=sentence,
    )


def utilities(election: Election, utility: str, bought: Collection[str]) -> tuple[Fraction, ...]:
    """Return what each voter gains from what is bought, in the order of ballots."""
    costs = election.costs()
    each = {name: Fraction(costs[name]) if utility == "cost" else Fraction(1) for name in costs}
    return tuple(
        sum(
            (
                each[name] * (Fraction(points) if utility == "points" else 1)
                for name, points in gains(ballot).items()
                if name in bought
            ),
            start=Fraction(0),
        )
        for ballot in election.ballots
    )
