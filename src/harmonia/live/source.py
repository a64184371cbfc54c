"""What the site hands over: which topics there are, how they stand, what happened, and where input goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Present:
    """A room's whole state, true after the event of this number."""

    sequence: int
    state: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """One event of a room: its number, what kind, its payload, when (ISO 8601)."""

    sequence: int
    kind: str
    data: Mapping[str, Any]
    at: str


@dataclass(frozen=True, slots=True)
class Said:
    """One input: `key` is the client's own id, so that the same input sent twice is taken once."""

    room: str
    who: str
    key: str
    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an input: `why` is empty where it is committed, else one sentence for its sender."""

    why: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


class Source(Protocol):
    """Everything a hub asks of the site. Called in worker threads, so it may block."""

    @property
    def topics(self) -> tuple[str, ...]:
        """The public feeds."""
        ...

    def last(self, topics: Sequence[str]) -> Mapping[str, int]:
        """Return the newest sequence of these topics and rooms; 0 before the first event."""
        ...

    def snapshot(self, room: str) -> Present | None:
        """Return how a room stands; None where there is no such room."""
        ...

    def since(self, room: str, sequence: int) -> Sequence[Fact]:
        """Return the events of a room after a number, oldest first."""
        ...

    def accept(self, said: Sequence[Said]) -> Sequence[Answer]:
        """Take inputs, in order, and return one answer each once everything that was taken is committed.

        An input whose key was taken before is answered as it was then, and changes nothing.
        """
        ...
