"""Method of Equal Shares: every voter holds an equal share of the budget and pays only for what they support.

Peters, Pierczyński, Skowron (2021), Proportional participatory budgeting with additive utilities.
NeurIPS. https://doi.org/10.48550/arXiv.2008.13276
"""

import heapq
from dataclasses import dataclass
from fractions import Fraction

from harmonia.science.choice.add1 import raised
from harmonia.science.choice.comparison import compared
from harmonia.science.choice.decision import Decision, Round, amount, make_decision, people, unwanted
from harmonia.science.choice.election import Election, Project
from harmonia.science.choice.greedy import fill
from harmonia.science.choice.links import Doors
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

    def winners(self) -> frozenset[str]:
        return frozenset(step.project for step in self.rounds)


def equal_shares(
    election: Election,
    utility: str = "cost",
    completion: str = "none",
    stop: str = "exhaustive",
    ties: str = "name",
    *,
    seed: str = "",
    comparison: str = "none",
) -> Decision:
    """Count an election by the Method of Equal Shares, in exact rationals.

    Parameters
    ----------
    utility
        `cost`: a voter gains a supported project's cost from it; `approval`: one, whatever it costs; `points`:
        the points they gave it, of a ranking of n projects n for the first and one for the last.
    completion
        `none`; `add1`: voters hold one currency unit more each, again and again; `greedy`: what is left
        goes to the projects with most utility per cost that still fit.
    stop
        With `add1`: `exhaustive` stops as soon as nothing supported fits any more; `overshoot` goes on
        until the next outcome would overspend. Both keep the last outcome within the budget.
    comparison
        `greedy`: where more voters gain more from what greedy buys, that is bought instead.
    """
    rule = Rule("equal-shares", utility, completion, stop, ties, seed, comparison)
    electorate = gather(election, points=utility == "points")
    votes = {name: electorate.count(name) for name in electorate.supporters}
    key = tie_key(election, votes, rule)
    count = _complete(election, electorate, rule, key)
    reasons = _reasons(election, electorate, count, " a point" * (utility == "points"))
    rounds = count.rounds
    if completion == "greedy":
        extra = fill(election, rule, key, tuple(step.project for step in rounds))
        rounds += extra.rounds
        reasons |= {step.project: extra.reasons[step.project] for step in extra.rounds}
    decision = make_decision(election, rule, rounds, reasons, count.endowment)
    return compared(election, rule, decision) if comparison == "greedy" else decision


def _complete(election: Election, electorate: Electorate, rule: Rule, key: TieKey) -> _Count:
    """Return the last count within the budget that the completion reaches."""
    endowment = Fraction(election.budget) / max(electorate.voters, 1)

    def exact(held: Fraction) -> _Count:
        return _count(election, electorate, rule, key, held)

    if rule.completion != "add1":
        return exact(endowment)
    return exact(endowment + raised(election, electorate, rule, key, lambda held: exact(held).winners()))


def _count(
    election: Election, electorate: Electorate, rule: Rule, key: TieKey, endowment: Fraction
) -> _Count:
    """Buy the project with the least price per utility until no group of supporters can pay for one."""
    purses, gave_all, rounds = Purses(electorate, endowment), dict[str, int](), list[Round]()
    wanted = [project for project in election.projects if len(electorate.supporters[project.id])]
    # By cost utility nobody gains from what costs nothing, so only other utilities buy it (as peers do).
    cost = {p.id: Fraction(p.cost) for p in wanted if p.cost > 0 or rule.utility != "cost"}
    utility = {name: cost[name] if rule.utility == "cost" else Fraction(1) for name in cost}
    doors, bought = Doors(election.projects), set[str]()
    waiting = {name for name in cost if not doors.open(name, bought)}
    # A price never falls, since purses only empty: an old rate is a lower bound, so most stay untouched.
    offers = {name: (cost[name] / electorate.gain(name) / utility[name], key(name), name) for name in cost}
    rates = [offers[name] for name in cost if name not in waiting]
    heapq.heapify(rates)
    while (best := _cheapest(rates, purses, cost, utility)) is not None:
        rate, name = best
        if not doors.open(name, bought):  # shut out by what was bought
            continue
        paid, gave_all[name] = purses.pay(name, rate * utility[name])
        rounds.append(Round(name, rate * utility[name], paid + gave_all[name]))
        bought.add(name)
        ready = {other for other in waiting if doors.open(other, bought)}
        waiting -= ready
        for other in ready:
            heapq.heappush(rates, offers[other])
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


def _reasons(election: Election, electorate: Electorate, count: _Count, per: str) -> dict[str, str]:
    """Return a sentence for each project; `per` says what a price is for."""
    reasons = {step.project: _bought(step, count.gave_all.get(step.project, 0), per) for step in count.rounds}
    doors, bought = Doors(election.projects), count.winners()
    for project in election.projects:
        if project.id in reasons:
            continue
        shut = doors.why_shut(project.id, bought)
        reasons[project.id] = shut or _not_bought(project, electorate.count(project.id), count.purses)
    return reasons


def _not_bought(project: Project, voters: int, purses: Purses) -> str:
    if not voters:
        return unwanted(project)
    if project.cost == 0:
        return "not chosen: it costs nothing, so by cost utility nobody gains from it"
    held = amount(purses.total(project.id))
    return f"not chosen: its {people(voters)} held {held} of the {amount(project.cost)} it costs"


def _bought(step: Round, gave_all: int, per: str) -> str:
    if step.price == 0:
        return f"chosen: it costs nothing and has {people(step.supporters)}"
    if not gave_all:
        return f"chosen: its {people(step.supporters)} paid {amount(step.price)} each{per}"
    return (
        f"chosen: of its {people(step.supporters)}, {step.supporters - gave_all} "
        f"paid {amount(step.price)} each{per} and {gave_all} gave the rest they had"
    )
