"""Count an upgrade's ballots by its frozen rule."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harmonia.commons.voice import box
from harmonia.commons.voice.models import BallotKind, Upgrade

if TYPE_CHECKING:
    from harmonia.science.choice import Decision, Election, Project, Rule


@dataclass(frozen=True)
class Counted:
    """The decision, as the science made it and as data."""

    election: "Election"
    rule: "Rule"
    decision: "Decision"
    data: dict[str, Any]


def the_rule(upgrade: Upgrade) -> dict[str, str]:
    """Return the rule of a vote: Equal Shares, add1 until exhausted, ties by name.

    Utility is cost where people approve, points where they give points.
    """
    from harmonia.science.choice import Rule, rule_to_dict

    utility = "points" if upgrade.ballot_kind == BallotKind.SCORE else "cost"
    return rule_to_dict(
        Rule("equal-shares", utility=utility, completion="add1", stop="exhaustive", ties="name")
    )


def election(upgrade: Upgrade) -> "Election":
    """Return the frozen options (without what was vetoed), the budget and the ballots as an election."""
    from harmonia.science.choice import Election

    frozen = json.loads(upgrade.frozen)
    scored = upgrade.ballot_kind == BallotKind.SCORE
    return Election(
        projects=projects(frozen["options"]),
        ballots=tuple(said.choice for said in box.contents(upgrade)),
        budget=frozen["budget"],
        vote_type="scoring" if scored else "approval",
        meta={"description": frozen["title"], "frozen_sha256": upgrade.frozen_sha256},
    )


def projects(options: list[dict[str, Any]]) -> tuple["Project", ...]:
    """Return frozen options as the count takes them; a link to what is not among them is dropped."""
    return tuple(_project(option, options) for option in options)


def _project(option: dict[str, Any], options: list[dict[str, Any]]) -> "Project":
    from harmonia.science.choice import Project

    offered = {other["code"] for other in options}
    needs, excludes, substitutes = (
        frozenset(option[name]) & offered for name in ("needs", "excludes", "substitutes")
    )
    must = option["mandatory"]
    return Project(option["code"], option["title"], option["cost"], needs, excludes, substitutes, must)


def count(upgrade: Upgrade) -> Counted:
    """Decide by the rule that was frozen, not by the one in the code today."""
    from harmonia.science.choice import decide, decision_to_dict, rule_from_dict

    rule = rule_from_dict(json.loads(upgrade.frozen)["rule"])
    case = election(upgrade)
    decision = decide(case, rule)
    return Counted(case, rule, decision, decision_to_dict(decision))
