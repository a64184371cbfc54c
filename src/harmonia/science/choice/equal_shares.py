"""Method of Equal Shares: every voter holds an equal share of the budget and pays only for what they support.

Peters, Pierczyński, Skowron (2021), Proportional participatory budgeting with additive utilities.
NeurIPS. https://doi.org/10.48550/arXiv.2008.13276
"""

import heapq
from dataclasses import dataclass
from fractions import Fraction

from harmonia.science.choice.decision import Decision, Round, amount, make_decision, people, unwanted
from harmonia.science.choice.election import Election, Project
from harmonia.science.choice.greedy import fill
from harmonia.science.choice.purses import Electorate, Purses, gather
from harmonia.science.choice.rule import Rule
from harmonia.science.choice.ties import TieKey, tie_key


@dataclass(frozen=True)
class _Count:
    """One run with one endowment: purchases in order, who gave all, and what was left."""

    rounds: tuple[Round, ...]
    gave_all: dict[str, int]
    purses: Purses
    endowment: Fraction

    def winners(self) -> set[str]:
        return {step.project for step in self.rounds}


def equal_shares(
    election: Election,
    utility: str = "cost",
    completion: str = "none",
    stop: str = "exhaustive",
    ties: str = "name",
    *,
    seed: str = "",
) -> Decision:
    """Count an election by the Method of Equal Shares, in exact rationals.

    Parameters
    ----------
    utility
        `cost`: a voter gains a supported project's cost from it; `approval`: one, whatever it costs.
    completion
        `none`; `add1`: voters hold one currency unit more each, again and again; `greedy`: what is left
        goes to the projects with most utility per cost that still fit.
    stop
        With `add1`: `exhaustive` stops as soon as nothing supported fits any more; `overshoot` goes on
        until the next outcome would overspend. Both keep the last outcome within the budget.
    """
    rule = Rule("equal-shares", utility, completion, stop, ties, seed)
    electorate = gather(election)
    votes = {name: electorate.count(name) for name in electorate.supporters}
    key = tie_key(election, votes, rule)
    count = _complete(election, electorate, rule, key)
    reasons = _reasons(election, electorate, count)
    rounds = count.rounds
    if completion == "greedy":
        extra = fill(election, rule, key, tuple(step.project for step in rounds))
        rounds += extra.rounds
        reasons |= {step.project: extra.reasons[step.project] for step in extra.rounds}
    return make_decision(election, rule, rounds, reasons, count.endowment)


def _complete(election: Election, electorate: Electorate, rule: Rule, key: TieKey) -> _Count:
    """Return the last count within the budget that the completion reaches."""
    endowment = Fraction(election.budget) / max(electorate.voters, 1)
    count = _count(election, electorate, rule, key, endowment)
    if rule.completion != "add1":
        return count
    wanted = {p.id: p.cost for p in election.projects if len(electorate.supporters[p.id]) and p.cost > 0}
    while True:
        unbought = wanted.keys() - count.winners()
        if not unbought:
            return count
        left = election.budget - sum(election.costs()[name] for name in count.winners())
        if rule.stop == "exhaustive" and all(wanted[name] > left for name in unbought):
            return count
        endowment += 1
        following = _count(election, electorate, rule, key, endowment)
        if sum(election.costs()[name] for name in following.winners()) > election.budget:
            return count
        count = following


def _count(
    election: Election, electorate: Electorate, rule: Rule, key: TieKey, endowment: Fraction
) -> _Count:
    """Buy the project with the least price per utility until no group of supporters can pay for one."""
    purses, gave_all = Purses(electorate, endowment), {}
    wanted = [project for project in election.projects if len(electorate.supporters[project.id])]
    # By cost utility nobody gains from what costs nothing, so only approval utility buys it (as peers do).
    free = sorted((p.id for p in wanted if p.cost == 0 and rule.utility == "approval"), key=key)
    rounds = [Round(name, Fraction(0), electorate.count(name)) for name in free]
    cost = {project.id: Fraction(project.cost) for project in wanted if project.cost > 0}
    utility = {name: cost[name] if rule.utility == "cost" else Fraction(1) for name in cost}
    # A price never falls, since purses only empty: an old rate is a lower bound, so most stay untouched.
    rates = [(cost[name] / electorate.count(name) / utility[name], key(name), name) for name in cost]
    heapq.heapify(rates)
    while (best := _cheapest(rates, purses, cost, utility)) is not None:
        rate, name = best
        paid, gave_all[name] = purses.pay(name, rate * utility[name])
        rounds.append(Round(name, rate * utility[name], paid + gave_all[name]))
    return _Count(tuple(rounds), gave_all, purses, endowment)


def _cheapest(
    rates: list[tuple[Fraction, tuple[object, ...], str]],
    purses: Purses,
    cost: dict[str, Fraction],
    utility: dict[str, Fraction],
) -> tuple[Fraction, str] | None:
    """Take the project with the least (rate, tie key) off the heap; drop what has become unaffordable."""
    fresh: set[str] = set()
    while rates:
        rate, key, name = rates[0]
        if name in fresh:
            heapq.heappop(rates)
            return rate, name
        price = purses.price(name, cost[name])
        if price is None:
            heapq.heappop(rates)
        else:
            fresh.add(name)
            heapq.heapreplace(rates, (price / utility[name], key, name))
    return None


def _reasons(election: Election, electorate: Electorate, count: _Count) -> dict[str, str]:
    reasons = {step.project: _bought(step, count.gave_all.get(step.project, 0)) for step in count.rounds}
    for project in election.projects:
        if project.id in reasons:
            continue
        reasons[project.id] = _not_bought(project, electorate.count(project.id), count.purses)
    return reasons


def _not_bought(project: Project, voters: int, purses: Purses) -> str:
    if not voters:
        return unwanted(project)
    if project.cost == 0:
        return "not chosen: it costs nothing, so by cost utility nobody gains from it"
    held = amount(purses.total(project.id))
    return f"not chosen: its {people(voters)} held {held} of the {amount(project.cost)} it costs"


def _bought(step: Round, gave_all: int) -> str:
    if step.price == 0:
        return f"chosen: it costs nothing and has {people(step.supporters)}"
    if not gave_all:
        return f"chosen: its {people(step.supporters)} paid {amount(step.price)} each"
    return (
        f"chosen: of its {people(step.supporters)}, {step.supporters - gave_all} "
        f"paid {amount(step.price)} each and {gave_all} gave the rest they had"
    )
