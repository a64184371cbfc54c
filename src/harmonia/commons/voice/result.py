"""What the public reads of a count: turn-out, support, what every camp got, how far one ballot reached."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from harmonia.commons.voice import cells
from harmonia.commons.voice.content import Content
from harmonia.commons.voice.count import Counted
from harmonia.commons.voice.priorities import OUTCOMES


def result(counted: Counted, said: Sequence[Content], electorate: int, used: int) -> dict[str, Any]:
    """Return the public figures of a count, none of them about one to four people.

    `support` (option -> people), `camps` (what people who vote alike got), `influence` (how many ballots would have
    moved how much of the money by staying away), `priorities` (outcome -> people who put it first), `rounds` (what
    each supporter paid), `ballots` and `used` places of `electorate`.
    """
    ballots = len(said)
    return {
        "electorate": electorate,
        "used": used,
        "ballots": ballots,
        "support": {code: cells.cell(n, ballots) for code, n in _support(counted, said).items()},
        "camps": _camps(counted) if ballots >= cells.SMALLEST else [],
        "influence": _influence(counted) if ballots >= cells.SMALLEST else [],
        "priorities": _first_choices(said),
        "rounds": _rounds(counted, ballots),
        "endowment": counted.data["endowment"],
    }


def _support(counted: Counted, said: Sequence[Content]) -> dict[str, int]:
    tally: Counter[str] = Counter(code for one in said for code in one.choice)
    return {project.id: tally[project.id] for project in counted.election.projects if not project.mandatory}


def _rounds(counted: Counted, ballots: int) -> list[dict[str, Any]]:
    told = []
    for step in counted.decision.rounds:
        # A price tells how many paid it; where that is few, neither is told.
        shown = cells.cell(step.supporters, ballots) is not None
        told.append({"project": step.project, "price": str(step.price) if shown else None})
    return told


def _camps(counted: Counted) -> list[dict[str, Any]]:
    """Return what each camp of people who vote alike got; `nothing` counts who got nothing they support."""
    from harmonia.science.choice import camps

    won, costs = counted.decision.winners, counted.election.costs()
    spent = sum((Fraction(costs[name]) for name in won), start=Fraction(0)) or Fraction(1)
    return [
        {
            "people": camp.voters,
            "wants": list(camp.wants),
            "fair": round(float(Fraction(camp.fair) / spent), 3),
            "got": round(float(Fraction(camp.got) / spent), 3),
            "nothing": cells.words(camp.voters - camp.content, camp.voters),
        }
        for camp in camps(counted.election, won)
    ]


def _influence(counted: Counted) -> list[dict[str, Any]]:
    """Return how many ballots would have moved how much of the money by staying away; no cell is under five."""
    from harmonia.science.choice import influence

    return [
        {"above": cell.above, "up_to": cell.up_to, "people": cell.voters}
        for cell in influence(counted.election, counted.rule, counted.decision)
    ]


def _first_choices(said: Sequence[Content]) -> Mapping[str, int | None]:
    first = Counter(one.priorities[0] for one in said if one.priorities)
    told = sum(first.values())
    return {name: cells.cell(first[name], told) for name in OUTCOMES} if told else {}
