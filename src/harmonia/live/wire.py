"""The messages of a room: what the hub says, and what it takes from a client.

From the hub: `state` (n, state), `event` (n, kind, data, at), `ack` (id, data), `no` (id, why), `light` (here, held),
`ping`. From a client: `say` (id, kind, data), `hold` (on), `sync`, `here`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harmonia.live.source import Answer, Fact, Present

LONGEST = 4_096
"""Bytes of one frame from a client: a sentence of 1,000 characters in any script fits."""

KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")
PING = '{"t":"ping"}'


@dataclass(frozen=True, slots=True)
class Frame:
    """One well-formed frame."""

    t: str
    key: str = ""
    kind: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    on: bool = False


def parse(text: str | None) -> Frame | None:
    """Return a client's frame; None for what is none: too long, no JSON, unknown, or unfit for a database."""
    if text is None or len(text) > LONGEST:
        return None
    try:
        # Lone surrogates and NUL would pass JSON and break the database; NaN passes Python's reader alone.
        value = json.loads(text, parse_constant=_refuse)
        if len(json.dumps(value, ensure_ascii=False).encode()) > LONGEST or "\\u0000" in text:
            return None
    except (ValueError, RecursionError):
        return None
    return _frame(value) if isinstance(value, dict) else None


def _frame(value: dict[str, Any]) -> Frame | None:
    match value:
        case {"t": "say", "id": str(key), "kind": str(kind), "data": dict(data)}:
            return Frame("say", key, kind, data) if KEY.fullmatch(key) and KIND.fullmatch(kind) else None
        case {"t": "hold", "on": bool(on)}:
            return Frame("hold", on=on)
        case {"t": "sync" | "here" as t}:
            return Frame(t)
    return None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def state(present: Present) -> str:
    """Encode a room's present."""
    return _encode({"t": "state", "n": present.sequence, "state": present.state})


def event(fact: Fact) -> str:
    """Encode an event, once for everybody."""
    return _encode({"t": "event", "n": fact.sequence, "kind": fact.kind, "data": fact.data, "at": fact.at})


def answer(key: str, given: Answer) -> str:
    """Encode what became of an input."""
    if given.why:
        return _encode({"t": "no", "id": key, "why": given.why})
    return _encode({"t": "ack", "id": key, "data": given.data})


def light(here: int, held: int) -> str:
    """Encode how many are in the room, and how many hold."""
    return _encode({"t": "light", "here": here, "held": held})


def feed(topic: str, sequence: int) -> bytes:
    """Encode that a topic advanced, as a server-sent event."""
    return f"id: {sequence}\ndata: {_encode({'topic': topic, 'sequence': sequence})}\n\n".encode()


def _encode(value: Mapping[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
