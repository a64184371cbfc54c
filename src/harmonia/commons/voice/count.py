"""Count an upgrade's ballots by its frozen rule."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harmonia.commons.voice.models import Approval, Upgrade

if TYPE_CHECKING:
    from harmonia.science.choice import Election, Rule


@dataclass(frozen=True)
class Counted:
    """The decision as data, and the bundle with which anybody recounts it."""

    decision: dict[str, Any]
    bundle: bytes


def the_rule() -> "Rule":
    """Return the rule of every open vote: Equal Shares, cost utility, add1 until exhausted, ties by name."""
    from harmonia.science.choice import Rule

    return Rule("equal-shares", utility="cost", completion="add1", stop="exhaustive", ties="name")


def ballots(upgrade: Upgrade) -> list[frozenset[str]]:
    """Return every ballot without its voter, sorted, so that no order tells who cast it."""
    found: dict[Any, set[str]] = defaultdict(set)
    rows = Approval.objects.filter(option__upgrade=upgrade).values_list("token", "option__code")
    for token, code in rows:
        found[token].add(code)
    return [frozenset(codes) for codes in sorted(sorted(codes) for codes in found.values())]


def election(upgrade: Upgrade) -> "Election":
    """Return the frozen options, the budget and the ballots as an election."""
    from harmonia.science.choice import Election, Project

    frozen = json.loads(upgrade.frozen)
    return Election(
        projects=tuple(Project(o["code"], o["title"], o["cost"]) for o in frozen["options"]),
        ballots=tuple(ballots(upgrade)),
        budget=frozen["budget"],
        meta={"description": frozen["title"], "frozen_sha256": upgrade.frozen_sha256},
    )


def count(upgrade: Upgrade) -> Counted:
    """Decide by the rule that was frozen, not by the one in the code today."""
    from harmonia.science.choice import decide, decision_to_dict, rule_from_dict, write_bundle

    rule = rule_from_dict(json.loads(upgrade.frozen)["rule"])
    case = election(upgrade)
    decision = decide(case, rule)
    return Counted(decision_to_dict(decision), write_bundle(case, rule, decision))
