"""What the public reads of a count: turn-out, support, what every camp got, how far one ballot reached."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from harmonia.commons.voice import cells
from harmonia.commons.voice.content import Content
from harmonia.commons.voice.count import Counted
from harmonia.commons.voice.priorities import OUTCOMES

if TYPE_CHECKING:
    from harmonia.science.choice import Decision, Election

MOST_DIFFERENT = 400
"""Different ballots for which the count is tried once without each; beyond, influence is not computed."""


def result(counted: Counted, said: Sequence[Content], electorate: int, used: int) -> dict[str, Any]:
    """Return the public figures of a count, none of them about one to four people.

    `support` (option -> people), `camps` (what those who support an option got), `influence` (how many ballots would
    have changed how many options by staying away), `priorities` (outcome -> people who put it first), `rounds` (what
    each supporter paid), `ballots` and `used` places of `electorate`.
    """
    ballots = len(said)
    return {
        "electorate": electorate,
        "used": used,
        "ballots": ballots,
        "support": {code: cells.cell(n, ballots) for code, n in _support(counted, said).items()},
        "camps": camps(counted, said),
        "influence": influence(counted.election, counted.decision, counted),
        "priorities": _first_choices(said),
        "rounds": _rounds(counted, ballots),
        "endowment": counted.data["endowment"],
    }


def _support(counted: Counted, said: Sequence[Content]) -> dict[str, int]:
    tally: Counter[str] = Counter(code for one in said for code in one.choice)
    return {project.id: tally[project.id] for project in counted.election.projects}


def _rounds(counted: Counted, ballots: int) -> list[dict[str, Any]]:
    told = []
    for step in counted.decision.rounds:
        # A price tells how many paid it; where that is few, neither is told.
        shown = cells.cell(step.supporters, ballots) is not None
        told.append({"project": step.project, "price": str(step.price) if shown else None})
    return told


def camps(counted: Counted, said: Sequence[Content]) -> list[dict[str, Any]]:
    """Return, for the supporters of each option, how many options they got and what share of what was spent.

    `share` is the part [0 to 1] of the money spent that went to options they support, on the mean; `money` is the part
    their number would bring by itself. Camps overlap: who supports two options is in two.
    """
    costs, won = counted.election.costs(), counted.decision.winners
    spent = sum((Fraction(costs[name]) for name in won), start=Fraction(0))
    found = []
    for project in counted.election.projects:
        members = [frozenset(one.choice) for one in said if project.id in one.choice]
        if cells.cell(len(members), len(said)) is None or not members:
            continue
        got = sum(
            (Fraction(costs[name]) for mine in members for name in won if name in mine), start=Fraction(0)
        )
        found.append(
            {
                "option": project.id,
                "people": len(members),
                "options": round(sum(len(mine & set(won)) for mine in members) / len(members), 2),
                "share": round(float(got / len(members) / spent), 3) if spent else 0.0,
                "money": round(len(members) / len(said), 3),
                "nothing": cells.words(sum(not mine & set(won) for mine in members), len(members)),
            }
        )
    return found


def influence(case: "Election", decision: "Decision", counted: Counted) -> dict[str, Any] | None:
    """Return how many ballots would have changed how many options had they stayed away; None for too many ballots.

    Only as a distribution: whose ballot it was cannot be told from it, and no count is under five.
    """
    from harmonia.science.choice import ballot_text, decide

    alike = Counter(ballot_text(ballot) for ballot in case.ballots)
    if len(alike) > MOST_DIFFERENT:
        return None
    example = {ballot_text(ballot): place for place, ballot in enumerate(case.ballots)}
    changed: Counter[int] = Counter()
    for text, people in alike.items():
        place = example[text]
        others = (*case.ballots[:place], *case.ballots[place + 1 :])
        without = decide(_with(case, others), counted.rule).winners if others else ()
        changed[len(set(without) ^ set(decision.winners))] += people
    return {"changed": {str(n): cells.words(changed[n], len(case.ballots)) for n in sorted(changed)}}


def _with(case: "Election", ballots: tuple[Any, ...]) -> "Election":
    from dataclasses import replace

    return replace(case, ballots=ballots)


def _first_choices(said: Sequence[Content]) -> Mapping[str, int | None]:
    first = Counter(one.priorities[0] for one in said if one.priorities)
    told = sum(first.values())
    return {name: cells.cell(first[name], told) for name in OUTCOMES} if told else {}
