"""Who may be bought with what: projects, ballots and the budget of one election."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Money = int | Fraction
Ballot = frozenset[str] | tuple[str, ...] | Mapping[str, Money]

VOTE_TYPES = ("approval", "choose-1", "cumulative", "scoring", "ordinal")


class ElectionError(ValueError):
    """An election that cannot be counted; the message is one sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Project:
    """One thing that can be bought, for `cost` [currency units].

    `needs`: ids that must be bought before it; `excludes`: ids it cannot stand beside; `substitutes`: ids that do
    the same job, so at most one of them is bought. A `mandatory` one is funded first, off the ballot.
    """

    id: str
    name: str
    cost: Money
    needs: frozenset[str] = frozenset()
    excludes: frozenset[str] = frozenset()
    substitutes: frozenset[str] = frozenset()
    mandatory: bool = False

    @property
    def linked(self) -> bool:
        """Whether it hangs together with another."""
        return bool(self.needs or self.excludes or self.substitutes)


@dataclass(frozen=True)
class Election:
    """Projects, ballots and a budget [currency units].

    A ballot is a frozenset of project ids (approval), a tuple of ids, best first (ordinal), or a
    mapping of ids to points (cumulative, scoring). An empty ballot is a voter too: its share counts.

    Raises
    ------
    ElectionError
        Two projects share an id, a cost or the budget is negative, or a ballot names no known project.
    """

    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    budget: Money
    vote_type: str = "approval"
    meta: Mapping[str, str] = field(default_factory=dict)
    selected: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "projects", tuple(self.projects))
        object.__setattr__(self, "ballots", tuple(self.ballots))
        if self.vote_type not in VOTE_TYPES:
            raise ElectionError(f"The vote type {self.vote_type!r} is none of {', '.join(VOTE_TYPES)}.")
        if self.budget < 0:
            raise ElectionError(f"The budget is {self.budget}; it cannot be below 0.")
        self._check_projects()
        self._check_ballots()

    def _check_projects(self) -> None:
        seen: set[str] = set()
        for project in self.projects:
            if project.id in seen:
                raise ElectionError(f"Two projects share the id {project.id!r}.")
            if project.cost < 0:
                raise ElectionError(f"Project {project.id!r} costs {project.cost}; that cannot be below 0.")
            seen.add(project.id)

    def _check_ballots(self) -> None:
        known = {project.id for project in self.projects}
        fine: set[int] = set()  # equal ballots are often one object: look at each once
        for number, ballot in enumerate(self.ballots, start=1):
            if id(ballot) in fine:
                continue
            fine.add(id(ballot))
            if not known.issuperset(ballot):
                stranger = next(name for name in ballot if name not in known)
                raise ElectionError(f"Ballot {number} names {stranger!r}, which is not a project.")

    def approvals(self) -> tuple[frozenset[str], ...]:
        """Return what each voter supports: every positive point and every rank counts as approval."""
        return tuple(approved(ballot) for ballot in self.ballots)

    def costs(self) -> dict[str, Money]:
        """Return project id -> cost [currency units]."""
        return {project.id: project.cost for project in self.projects}


def approved(ballot: Ballot) -> frozenset[str]:
    """Return the projects one ballot supports."""
    if isinstance(ballot, frozenset):
        return ballot
    if isinstance(ballot, Mapping):
        return frozenset(name for name, points in ballot.items() if points > 0)
    return frozenset(ballot)


def gains(ballot: Ballot) -> Mapping[str, Money]:
    """Return project id -> points of one ballot where points weigh.

    One for an approval, what is above zero of points; of a ranking of n the first gets n and the last one: every
    rank counts.
    """
    if isinstance(ballot, frozenset):
        return dict.fromkeys(ballot, 1)
    if isinstance(ballot, Mapping):
        return {name: points for name, points in ballot.items() if points > 0}
    return {name: len(ballot) - place for place, name in enumerate(ballot)}


def support(election: Election) -> dict[str, int]:
    """Return project id -> number of voters who support it."""
    count = {project.id: 0 for project in election.projects}
    for ballot in election.approvals():
        for name in ballot:
            count[name] += 1
    return count


def ballot_text(ballot: Ballot) -> str:
    """Return a ballot as one canonical line: approved ids sorted, ranked ids in order, or id and points sorted."""
    if isinstance(ballot, frozenset):
        return f"approve {_json(sorted(ballot))}"
    if isinstance(ballot, Mapping):
        return f"score {_json([[name, str(Fraction(ballot[name]))] for name in sorted(ballot)])}"
    return f"rank {_json(list(ballot))}"


def _json(words: object) -> str:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))
