"""Break ties the way the frozen rule says, never by the order of a file."""

import hashlib
from collections.abc import Callable, Mapping

from harmonia.science.choice.election import Election, Money
from harmonia.science.choice.rule import Rule

TieKey = Callable[[str], tuple[object, ...]]


def tie_key(election: Election, votes: Mapping[str, int], rule: Rule) -> TieKey:
    """Return a sort key over project ids: the smallest wins a tie."""
    costs = election.costs()
    parts = [_part(word, costs, votes, rule.seed) for word in rule.ties.split(",")]
    return lambda name: (*(part(name) for part in parts), name)


def _part(
    word: str, costs: Mapping[str, Money], votes: Mapping[str, int], seed: str
) -> Callable[[str], object]:
    if word == "cost":
        return costs.__getitem__
    if word == "votes":
        return lambda name: -votes[name]
    if word == "lot":
        return lambda name: hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()
    return str
