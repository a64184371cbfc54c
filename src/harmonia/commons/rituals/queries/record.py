"""What is kept of a ritual: a timeline to read, and the events to play it again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from harmonia.commons.journal.queries import events_since
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.rituals.models import Activation, Offering, Participant, Passage, Press, Ritual
from harmonia.commons.rituals.queries.offerings import OfferingView, offerings
from harmonia.commons.rituals.queries.rituals import named
from harmonia.commons.rituals.words import state_news

PAGE = 500


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: a step, a caption, a question, something shown, the switch."""

    at: datetime
    kind: str
    words: str | Promise
    who: str = ""
    reason: str = ""
    offering: OfferingView | None = None


def entries(ritual: Ritual, *, to_member: bool) -> list[Entry]:
    """Return the timeline, oldest first; names are for members."""
    passages = list(Passage.objects.filter(ritual=ritual))
    switch = Activation.objects.filter(ritual=ritual).first()
    tokens = [passage.by for passage in passages]
    names = named([*tokens, switch.confirmed_by if switch else None], to_member=to_member)
    found = [Entry(p.at, "step", state_news(p.old, p.new), names.get(p.by, ""), p.reason) for p in passages]
    if switch and switch.confirmed_at and switch.confirmed_by:
        found.append(Entry(switch.confirmed_at, "switch", switch.seen, names.get(switch.confirmed_by, "")))
    found += _said(ritual)
    return sorted(found, key=lambda entry: entry.at)


def _said(ritual: Ritual) -> list[Entry]:
    found = []
    shown = {view.id: view for view in offerings(ritual)}
    for fact in record_of(ritual):
        at = datetime.fromisoformat(fact["at"])
        if fact["kind"] == "captioned" and fact["data"]["caption"]:
            found.append(Entry(at, "caption", fact["data"]["caption"]))
        elif fact["kind"] == "asked" and fact["data"]["question"]:
            found.append(Entry(at, "question", fact["data"]["question"]))
        elif fact["kind"] == "shown":
            view = shown.get(fact["data"]["offering"])
            if view is not None:
                found.append(Entry(at, "shown", view.words or view.title, view.name, "", view))
    return found


def record_of(ritual: Ritual) -> list[dict[str, Any]]:
    """Return every event of a ritual, oldest first: n, kind, data, at (ISO 8601)."""
    found: list[dict[str, Any]] = []
    while batch := events_since(ritual.topic, found[-1]["n"] if found else 0, PAGE):
        found += [{"n": e.sequence, "kind": e.kind, "data": e.payload, "at": e.at.isoformat()} for e in batch]
    return found


def export(person: Person) -> dict[str, Any]:
    """Return what this app knows about a person: where they were, what they offered and pressed, what they led."""
    token = token_of(person)
    mine = Participant.objects.filter(person=token).select_related("ritual")
    offered = Offering.objects.filter(participant__person=token).select_related("ritual")
    pressed = set(Press.objects.filter(participant__person=token).values_list("ritual_id", flat=True))
    return {
        "joined": [
            {"ritual": p.ritual.title, "at": p.joined_at.isoformat(), "pressed": p.ritual_id in pressed}
            for p in mine
        ],
        "offered": [
            {
                "ritual": o.ritual.title,
                "kind": o.kind,
                "words": o.words,
                "artifact": o.artifact,
                "state": o.state,
            }
            for o in offered
        ],
        "led": [
            {"ritual": p.ritual.title, "step": p.new, "at": p.at.isoformat(), "reason": p.reason}
            for p in Passage.objects.filter(by=token).select_related("ritual")
        ],
    }
