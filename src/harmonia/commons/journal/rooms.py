"""What an app brings along to open live rooms; filled in `AppConfig.ready`, read by the site for `live`.

A room is a topic named `<kind>-<own name>`, like `ritual-12`: its events are the journal's, told to everybody inside.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


class Declined(Exception):
    """An input is not taken; the message is a sentence, or a code the page knows, for its sender."""


@dataclass(frozen=True)
class Guest:
    """Who enters: a pseudonym that is stable in this room (not a person's name), and whether input is taken."""

    who: str
    speaks: bool = True


@dataclass(frozen=True)
class Spoken:
    """One input: `key` is unique to it, so what is sent again after a lost answer is recognised."""

    room: str
    who: str
    key: str
    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class RoomKind:
    """The three things a kind of room knows.

    `present(room)` returns the state as plain JSON values, public to all inside; None where there is no such room.
    `admit(request, room)` returns who a visitor is there; None for whom it is closed.
    `settle(room)`, where there is one, is called once a transaction and room, after all its inputs: what a crowd of
    thousands says at once can be told as one sum.
    `accept(spoken)` takes one input inside a transaction and returns plain values for its sender. It records what
    changed in the room's topic, returns the former answer for a key it has taken before (hold that by a unique
    constraint), and raises Declined for what it does not take.
    """

    present: Callable[[str], Mapping[str, Any] | None]
    admit: Callable[[Any, str], Guest | None]
    accept: Callable[[Spoken], Mapping[str, Any]]
    settle: Callable[[str], None] | None = None


_kinds: dict[str, RoomKind] = {}


def on_room(kind: str, room: RoomKind) -> None:
    """Let rooms named `<kind>-…` be opened."""
    _kinds[kind] = room


def kind_of(room: str) -> RoomKind | None:
    """Return what a room is; None where no app opens such rooms."""
    return _kinds.get(room.partition("-")[0]) if len(room) <= 60 else None
