"""Lifecycles as declared graphs, checked when they are imported."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import CheckConstraint, Q


class StateError(Exception):
    """A lifecycle does not allow this step; the message names both states."""


@dataclass(frozen=True)
class StateGraph:
    """The states of a thing and the steps between them.

    Raises ValueError at import when a step leads nowhere or a state cannot be reached.
    """

    name: str
    initial: str
    steps: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        reached, frontier = set(), {self.initial}
        while frontier:
            state = frontier.pop()
            if state not in self.steps:
                raise ValueError(f"{self.name}: '{state}' is a step's goal but not a declared state")
            reached.add(state)
            frontier |= set(self.steps[state]) - reached
        if lost := set(self.steps) - reached:
            raise ValueError(f"{self.name}: no way leads to {', '.join(sorted(lost))}")

    def check(self, old: str, new: str) -> None:
        """Raise StateError unless one step leads from the old state to the new one."""
        if new not in self.steps.get(old, ()):
            raise StateError(f"{self.name}: no step leads from '{old}' to '{new}'.")

    def choices(self) -> list[tuple[str, str]]:
        """Return the states as choices of a model field."""
        return [(state, state) for state in self.steps]

    def constraint(self, column: str = "state") -> CheckConstraint:
        """Return the check that keeps unknown states out of the database."""
        condition = Q(**{f"{column}__in": list(self.steps)})
        return CheckConstraint(condition=condition, name=f"{self.name}_{column}_known")
