"""Count an election by a frozen rule: the one door for pages, commands and recounts."""

from harmonia.science.choice.decision import Decision
from harmonia.science.choice.election import Election
from harmonia.science.choice.equal_shares import equal_shares
from harmonia.science.choice.greedy import greedy
from harmonia.science.choice.phragmen import phragmen
from harmonia.science.choice.rule import Rule


def decide(election: Election, rule: Rule) -> Decision:
    """Return the decision of `rule` on `election`; the same ballots in any order give the same decision."""
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
