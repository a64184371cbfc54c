"""How projects hang together: what needs what, what cannot stand together, and what is funded off the ballot."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from harmonia.science.choice.election import Ballot, Election, ElectionError, Project


class Doors:
    """Which projects may be bought beside those already bought.

    `needs` project -> what must be bought before it; `rivals` project -> what shuts it out, both ways.
    """

    def __init__(self, projects: Iterable[Project]) -> None:
        self._projects = {project.id: project for project in projects}
        self.needs: Mapping[str, frozenset[str]] = {p.id: p.needs for p in self._projects.values()}
        rivals: dict[str, set[str]] = {name: set() for name in self._projects}
        for project in self._projects.values():
            for other in project.excludes | project.substitutes:
                rivals[project.id].add(other)
                rivals[other].add(project.id)
        self.rivals: Mapping[str, frozenset[str]] = {name: frozenset(them) for name, them in rivals.items()}

    def open(self, name: str, bought: Collection[str]) -> bool:
        """Say whether a project may be bought now."""
        return self.needs[name].issubset(bought) and self.rivals[name].isdisjoint(bought)

    def why_shut(self, name: str, bought: Collection[str]) -> str | None:
        """Return the reason why a project could not be bought beside these, or None where it could."""
        rival = next((other for other in sorted(self.rivals[name]) if other in bought), None)
        if rival is not None:
            other, mine = self._projects[rival], self._projects[name]
            alike = rival in mine.substitutes or name in other.substitutes
            how = "does the same job" if alike else "cannot stand beside it"
            return f"not chosen: {other.name!r} was chosen, which {how}"
        missing = next((other for other in sorted(self.needs[name]) if other not in bought), None)
        if missing is not None:
            return f"not chosen: it needs {self._projects[missing].name!r}, which was not chosen"
        return None


def check_links(projects: tuple[Project, ...]) -> None:
    """Raise ElectionError where projects hang together in a way no count can follow."""
    known = {project.id: project for project in projects}
    for project in projects:
        for other in sorted(project.needs | project.excludes | project.substitutes):
            if other not in known or other == project.id:
                raise ElectionError(f"Project {project.id!r} names {other!r}, which is no other project.")
    for project in projects:
        if project.id in _all_needed(project, known):
            raise ElectionError(f"Project {project.id!r} needs itself in a circle; make such projects one.")
    must = {project.id for project in projects if project.mandatory}
    doors = Doors(projects)
    for name in sorted(must):
        if not doors.open(name, must):
            raise ElectionError(f"Project {name!r} must be funded, but cannot stand with what else must be.")


def _all_needed(project: Project, known: Mapping[str, Project]) -> set[str]:
    found: set[str] = set()
    waiting = list(project.needs)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += known[name].needs
    return found


def off_the_ballot(election: Election) -> tuple[Election, tuple[Project, ...]]:
    """Return the election about what is left after the mandatory projects, and those.

    Projects a mandatory one shuts out are gone from the rest.

    Raises
    ------
    ElectionError
        The mandatory projects cost more than the budget.
    """
    must = tuple(project for project in election.projects if project.mandatory)
    if not must:
        return election, ()
    names = {project.id for project in must}
    cost = sum(project.cost for project in must)
    if cost > election.budget:
        raise ElectionError(f"What must be funded costs {cost}, more than the budget of {election.budget}.")
    doors = Doors(election.projects)
    left = [p for p in election.projects if p.id not in names and doors.rivals[p.id].isdisjoint(names)]
    known = {project.id for project in left}
    reachable = [p for p in left if p.needs <= known | names]
    while len(reachable) < len(left):
        left, known = reachable, {project.id for project in reachable}
        reachable = [p for p in left if p.needs <= known | names]
    rest = tuple(
        replace(
            p,
            needs=p.needs - names,
            excludes=p.excludes & known,
            substitutes=p.substitutes & known,
        )
        for p in left
    )
    ballots = tuple(_on(ballot, known) for ballot in election.ballots)
    return replace(election, projects=rest, ballots=ballots, budget=election.budget - cost), must


def _on(ballot: Ballot, names: Collection[str]) -> Ballot:
    """Return a ballot without what is not voted on."""
    if isinstance(ballot, frozenset):
        return ballot.intersection(names)
    if isinstance(ballot, Mapping):
        return {name: points for name, points in ballot.items() if name in names}
    return tuple(name for name in ballot if name in names)
