"""Count an election by a frozen rule: the one door for pages, commands and recounts."""

from dataclasses import replace

from harmonia.science.choice.decision import Decision
from harmonia.science.choice.election import Election, Project
from harmonia.science.choice.equal_shares import equal_shares
from harmonia.science.choice.greedy import greedy
from harmonia.science.choice.links import Doors, check_links, off_the_ballot
from harmonia.science.choice.phragmen import phragmen
from harmonia.science.choice.rule import Rule


def decide(election: Election, rule: Rule) -> Decision:
    """Return the decision of `rule` on `election`; the same ballots in any order give the same decision.

    What is mandatory is funded first; the rule spends the rest.

    Raises
    ------
    ElectionError
        Projects hang together in a way no count can follow, or the mandatory ones cost more than the budget.
    """
    check_links(election.projects)
    rest, must = off_the_ballot(election)
    decision = _counted(rest, rule)
    return _with_mandatory(election, decision, must) if must else decision


def _counted(election: Election, rule: Rule) -> Decision:
    if rule.method == "greedy":
        return greedy(election, rule.utility, rule.ties, seed=rule.seed)
    if rule.method == "phragmen":
        return phragmen(election, rule.ties, seed=rule.seed)
    return equal_shares(
        election,
        rule.utility,
        rule.completion,
        rule.stop,
        rule.ties,
        seed=rule.seed,
        comparison=rule.comparison,
    )


def _with_mandatory(election: Election, decision: Decision, must: tuple[Project, ...]) -> Decision:
    names = sorted(project.id for project in must)
    doors = Doors(election.projects)
    reasons = {
        project.id: "chosen: funded first, off the ballot, because it must be"
        if project.mandatory
        else decision.reasons.get(project.id)
        or doors.why_shut(project.id, names)
        or "not chosen: what it needs was shut out by what had to be funded"
        for project in election.projects
    }
    return replace(
        decision,
        winners=(*names, *decision.winners),
        cost=decision.cost + sum(project.cost for project in must),
        budget=election.budget,
        reasons=reasons,
    )
