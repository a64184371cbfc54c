"""What was decided elsewhere and waits to be put into force; higher apps register how to find it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Decision:
    """A decided change of the plant: `subject` names it ("voice:3"), `sha256` is of what was frozen before people chose.

    `promised`: measures foreseen then, units in the names (`twin.MEASURES`); `words`: the sentences people were told.
    """

    subject: str
    title: str
    edits: Sequence[Mapping[str, Any]]
    sha256: str
    promised: Mapping[str, float] = field(default_factory=dict)
    words: Sequence[str] = ()


Decisions = Callable[[], Sequence[Decision]]
_sources: dict[str, Decisions] = {}


def on_decisions(name: str, waiting: Decisions) -> None:
    """Let `waiting()` say which decisions wait to be put into force."""
    _sources[name] = waiting


def waiting_decisions() -> list[Decision]:
    """Return what was decided and is not in force yet."""
    return [decision for _, waiting in sorted(_sources.items()) for decision in waiting()]


def decision_of(subject: str) -> Decision | None:
    """Return one of them; None where nobody decided it, or it is in force already."""
    return next((decision for decision in waiting_decisions() if decision.subject == subject), None)
