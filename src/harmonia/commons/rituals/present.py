"""How a ritual stands, for everybody inside: old present + event = new present. Pure; `web/ritual/present.ts` says the same.

It holds identifiers, numbers and the facilitator's own words (question, caption, reason), never a guest's.
"""

from collections.abc import Mapping
from typing import Any, TypedDict, cast


class Present(TypedDict):
    """`since`: when it came to be so (ISO 8601). `shown`: ids of released offerings, oldest first."""

    state: str
    phase: str
    since: str
    reason: str
    question: str
    caption: str
    joined: int
    offered: int
    answered: int
    pressed: int
    shown: list[int]
    upgrade: int | None
    vote: str
    voices: int
    activation: str


NOTHING = Present(
    state="announced",
    phase="announced",
    since="",
    reason="",
    question="",
    caption="",
    joined=0,
    offered=0,
    answered=0,
    pressed=0,
    shown=[],
    upgrade=None,
    vote="",
    voices=0,
    activation="",
)

TOLD = {
    "announced": ("since", "question", "upgrade", "vote", "voices"),
    "moved": ("state", "phase", "since", "reason", "joined"),
    "counted": ("offered", "answered", "pressed"),
    "asked": ("question", "answered"),
    "captioned": ("caption",),
    "vote": ("vote", "voices"),
    "activation": ("activation",),
}
"""Which parts of the present each kind of event replaces."""


def apply(present: Present, kind: str, data: Mapping[str, Any]) -> Present:
    """Return the present after an event; unknown kinds change nothing, so that older pages stay right."""
    new: dict[str, Any] = dict(present)
    if kind == "shown":
        new["shown"] = [*present["shown"], data["offering"]]
    elif kind == "taken_back":
        new["shown"] = [number for number in present["shown"] if number != data["offering"]]
    else:
        new |= {name: data[name] for name in TOLD.get(kind, ()) if name in data}
    return cast(Present, new)
