"""Greedy: most utility per cost first, whatever still fits. Simple, and it forgets minorities."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from harmonia.science.choice.decision import Decision, Round, amount, make_decision, people
from harmonia.science.choice.election import Election, Money, Project, gains, support
from harmonia.science.choice.links import Doors
from harmonia.science.choice.rule import Rule
from harmonia.science.choice.ties import TieKey, tie_key


@dataclass(frozen=True)
class Filling:
    """What a greedy pass bought, in order, and its sentence for every project it looked at."""

    rounds: tuple[Round, ...]
    reasons: Mapping[str, str]


def greedy(election: Election, utility: str = "cost", ties: str = "name", seed: str = "") -> Decision:
    """Buy in order of utility per cost while the budget lasts.

    With `cost` utility that is the number of supporters; with `approval`, supporters per currency unit; with
    `points`, points per currency unit.
    """
    rule = Rule("greedy", utility, "none", "exhaustive", ties, seed)
    filling = fill(election, rule, tie_key(election, support(election), rule), ())
    return make_decision(election, rule, filling.rounds, filling.reasons)


def fill(election: Election, rule: Rule, key: TieKey, bought: tuple[str, ...]) -> Filling:
    """Spend what the purchases so far leave of the budget."""
    votes, costs = support(election), election.costs()
    gained = _points(election) if rule.utility == "points" else votes
    left = Fraction(election.budget) - sum(Fraction(costs[name]) for name in bought)
    rest = [project for project in election.projects if project.id not in bought]
    rest.sort(key=lambda project: (-_density(project, gained[project.id], rule.utility), key(project.id)))
    doors, owned = Doors(election.projects), set(bought)
    rounds: list[Round] = []
    reasons: dict[str, str] = {}
    passed: dict[str, Fraction] = {}
    while (project := _next(rest, doors, owned, left, passed)) is not None:
        backed = people(votes[project.id])
        rounds.append(Round(project.id, Fraction(0), votes[project.id]))
        reasons[project.id] = f"chosen: it has {backed} and {amount(left)} of the budget was free for it"
        left -= project.cost
        owned.add(project.id)
        rest.remove(project)
    for project in rest:
        reasons[project.id] = doors.why_shut(project.id, owned) or (
            f"not chosen: it has {people(votes[project.id])} and costs {amount(project.cost)}, "
            f"but {amount(passed.get(project.id, left))} was left when its turn came"
        )
    return Filling(tuple(rounds), reasons)


def _next(
    rest: list[Project], doors: Doors, owned: set[str], left: Fraction, passed: dict[str, Fraction]
) -> Project | None:
    """Return the first project that may be bought and fits; `passed` keeps what was left where one did not."""
    for project in rest:
        if doors.open(project.id, owned):
            if project.cost <= left:
                return project
            passed.setdefault(project.id, left)
    return None


def _points(election: Election) -> dict[str, Money]:
    """Return project id -> all points it got."""
    total: dict[str, Money] = {project.id: 0 for project in election.projects}
    for ballot in election.ballots:
        for name, points in gains(ballot).items():
            total[name] += points
    return total


def _density(project: Project, gained: Money, utility: str) -> Fraction | float:
    """Return total utility per currency unit; what is free and wanted comes first."""
    if not gained:
        return Fraction(0)
    if project.cost == 0:
        return float("inf")
    return Fraction(gained) if utility == "cost" else Fraction(gained) / Fraction(project.cost)
