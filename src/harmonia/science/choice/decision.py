"""What a count says: winners in order, rounds, and one plain sentence for each project."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from harmonia.science.choice.election import Election, ElectionError, Money, Project
from harmonia.science.choice.rule import Rule, rule_hash


@dataclass(frozen=True, slots=True)
class Round:
    """One purchase: what a supporter who could pay the full share paid [currency units]."""

    project: str
    price: Fraction
    supporters: int


@dataclass(frozen=True)
class Decision:
    """The outcome of one count; `endowment` [currency units] is what each voter held at first.

    `comparison` says how the comparison step of a rule that has one went.
    """

    rule: str
    rule_hash: str
    winners: tuple[str, ...]
    cost: Money
    budget: Money
    rounds: tuple[Round, ...]
    reasons: Mapping[str, str]
    endowment: Fraction | None = None
    comparison: str = ""


def make_decision(
    election: Election,
    rule: Rule,
    rounds: tuple[Round, ...],
    reasons: Mapping[str, str],
    endowment: Fraction | None = None,
) -> Decision:
    """Return the decision these rounds amount to; raise ElectionError should they overspend."""
    costs = election.costs()
    winners = tuple(step.project for step in rounds)
    cost = sum((costs[name] for name in winners), start=0)
    if cost > election.budget:
        raise ElectionError(f"The count spent {amount(cost)} of {amount(election.budget)}; this is a bug.")
    ordered = {project.id: reasons[project.id] for project in election.projects}
    return Decision(rule.name, rule_hash(rule), winners, cost, election.budget, rounds, ordered, endowment)


def decision_to_dict(decision: Decision) -> dict[str, object]:
    """Return the decision as JSON-ready data; amounts that are not whole are exact ratios in text."""
    told: dict[str, object] = {
        "format": "harmonia-decision/1",
        "rule": decision.rule,
        "rule_hash": decision.rule_hash,
        "winners": list(decision.winners),
        "cost": _exact(decision.cost),
        "budget": _exact(decision.budget),
        "endowment": None if decision.endowment is None else _exact(decision.endowment),
        "rounds": [
            {"project": step.project, "price": _exact(step.price), "supporters": step.supporters}
            for step in decision.rounds
        ],
        "reasons": dict(decision.reasons),
    }
    if decision.comparison:
        told["comparison"] = decision.comparison
    return told


def _exact(value: Money) -> int | str:
    fraction = Fraction(value)
    return fraction.numerator if fraction.denominator == 1 else str(fraction)


def amount(value: Money) -> str:
    """Return an amount for people: whole where it is whole, else with two decimals."""
    fraction = Fraction(value)
    if fraction.denominator == 1:
        return f"{fraction.numerator:,}".replace(",", "\u202f")
    return f"{float(round(fraction, 2)):,.2f}".replace(",", "\u202f")


def people(count: int) -> str:
    """Return '1 supporter' or 'n supporters'."""
    return "1 supporter" if count == 1 else f"{count} supporters"


def unwanted(project: Project) -> str:
    """Return the reason of a project nobody supported."""
    return f"not chosen: nobody supported {project.name!r}"
