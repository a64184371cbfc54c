"""Sequential Phragmén: buy whatever keeps the heaviest load on one voter smallest, for comparison.

Los, Christoff, Grossi (2022), Proportional budget allocations: towards a systematization. IJCAI.
https://doi.org/10.24963/ijcai.2022/57
"""

from fractions import Fraction

from harmonia.science.choice.decision import Decision, Round, amount, make_decision, people, unwanted
from harmonia.science.choice.election import Election, support
from harmonia.science.choice.links import Doors
from harmonia.science.choice.purses import Electorate, gather
from harmonia.science.choice.rule import Rule
from harmonia.science.choice.ties import tie_key


def phragmen(election: Election, ties: str = "name", seed: str = "") -> Decision:
    """Buy in order of the least new load per supporter; stop when one of the next would overspend.

    Projects dearer than the whole budget are out from the start; those nobody supports come last.
    """
    rule = Rule("phragmen", "cost", "none", "exhaustive", ties, seed)
    key, electorate, costs = tie_key(election, support(election), rule), gather(election), election.costs()
    loads = [Fraction(0)] * len(electorate.weights)
    open_ = {project.id for project in election.projects if project.cost <= election.budget}
    left, rounds, doors = Fraction(election.budget), list[Round](), Doors(election.projects)
    while ready := {name for name in open_ if doors.open(name, {step.project for step in rounds})}:
        offers = {name: _new_load(Fraction(costs[name]), name, electorate, loads) for name in ready}
        least = min((load is None, load or Fraction(0)) for load in offers.values())
        tied = [name for name, load in offers.items() if (load is None, load or Fraction(0)) == least]
        if any(costs[name] > left for name in tied):
            break
        name = min(tied, key=key)
        for group in electorate.supporters[name].tolist():
            loads[group] = least[1]
        left -= costs[name]
        open_.remove(name)
        rounds.append(Round(name, least[1], electorate.count(name)))
    return make_decision(election, rule, tuple(rounds), _reasons(election, electorate, rounds, left))


def _new_load(cost: Fraction, name: str, electorate: Electorate, loads: list[Fraction]) -> Fraction | None:
    """Return the load [currency units] every supporter would carry; None where there is no supporter."""
    groups = electorate.supporters[name].tolist()
    if not groups:
        return None
    carried = sum((loads[group] * int(electorate.weights[group]) for group in groups), start=Fraction(0))
    return (carried + cost) / electorate.count(name)


def _reasons(
    election: Election, electorate: Electorate, rounds: list[Round], left: Fraction
) -> dict[str, str]:
    bought = {step.project: step for step in rounds}
    reasons, doors = {}, Doors(election.projects)
    for project in election.projects:
        backed = people(electorate.count(project.id))
        if project.id in bought:
            load = amount(bought[project.id].price)
            reasons[project.id] = f"chosen: with it, each of its {backed} carries {load} in all"
        elif (shut := doors.why_shut(project.id, bought)) is not None:
            reasons[project.id] = shut
        elif project.cost > election.budget:
            reasons[project.id] = f"not chosen: it costs {amount(project.cost)}, more than the whole budget"
        elif not electorate.count(project.id):
            reasons[project.id] = unwanted(project)
        else:
            reasons[project.id] = (
                f"not chosen: the next purchase did not fit into the {amount(left)} left, so the count ended "
                f"before its {backed} had their turn"
            )
    return reasons
