"""The books as JSON-LD in the words of ValueFlows, one event a line of text.

A movement is one vf:EconomicEvent; its legs, which ValueFlows would spread over several resources, are kept with it
under our own term `lines`, so that what is read back sums to zero as it did.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from harmonia.commons.ledger.exchange.records import BadBooks, Books, Entry, Place, Seen

CONTEXT = {
    "@vocab": "https://w3id.org/valueflows/ont/vf#",
    "om2": "http://www.ontology-of-units-of-measure.org/resource/om-2/",
    "harmonia": "urn:harmonia:ledger:",
    "lines": "harmonia:lines",
    "seen": "harmonia:seen",
}


def write(books: Books) -> Iterator[str]:
    """Yield the document in pieces; together they are one JSON object."""
    yield '{"@context": ' + json.dumps(CONTEXT) + ',\n"places": [\n'
    yield ",\n".join(json.dumps(_place(place), ensure_ascii=False) for place in books.places)
    yield '\n],\n"@graph": [\n'
    before = ""
    for entry in books.entries:
        yield before + json.dumps(_event(entry), ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def _place(place: Place) -> dict[str, Any]:
    return {
        "@id": f"harmonia:place:{place.code}",
        "@type": "SpatialThing",
        "name": place.name,
        "classifiedAs": place.kind,
        "note": place.where,
        "open": place.is_open,
    }


def _event(entry: Entry) -> dict[str, Any]:
    event: dict[str, Any] = {
        "@id": f"harmonia:movement:{entry.number}",
        "@type": "EconomicEvent",
        "action": entry.action,
        "hasPointInTime": entry.occurred_at.isoformat(),
        "created": entry.recorded_at.isoformat(),
        "key": entry.key,
        "lines": [
            {
                "resourceInventoriedAs": f"harmonia:place:{holder}",
                "resourceConformsTo": f"harmonia:substance:{substance}",
                "onhandQuantity": {"hasUnit": "om2:gram", "hasNumericalValue": grams},
            }
            for holder, substance, grams in entry.lines
        ],
    }
    if entry.recorder:
        event["recorder"] = str(entry.recorder)
    if entry.reverses:
        event["corrects"] = f"harmonia:movement:{entry.reverses}"
    if entry.estimated:
        event["estimated"] = True
    if entry.note:
        event["note"] = entry.note
    if entry.seen:
        event["seen"] = [entry.seen.point, entry.seen.foreign_kind, entry.seen.foreign_percent]
    return event


def read(text: str) -> Books:
    """Return the books of a JSON-LD text; raises BadBooks when it is none."""
    try:
        document = json.loads(text)
        places = tuple(_read_place(node) for node in document["places"])
        return Books(places, tuple(_read_events(document["@graph"])))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadBooks(f"This is no JSON-LD written by Harmonia: {error!r}.") from error


def _read_place(node: dict[str, Any]) -> Place:
    return Place(
        _last(node["@id"]),
        str(node["name"]),
        str(node["classifiedAs"]),
        str(node.get("note", "")),
        bool(node["open"]),
    )


def _read_events(nodes: Iterable[dict[str, Any]]) -> Iterator[Entry]:
    for node in nodes:
        seen = node.get("seen")
        yield Entry(
            number=int(_last(node["@id"])),
            action=str(node["action"]),
            occurred_at=datetime.fromisoformat(node["hasPointInTime"]),
            recorded_at=datetime.fromisoformat(node["created"]),
            key=str(node["key"]),
            lines=tuple(_read_line(line) for line in node["lines"]),
            recorder=UUID(node["recorder"]) if "recorder" in node else None,
            reverses=int(_last(node["corrects"])) if "corrects" in node else None,
            estimated=bool(node.get("estimated", False)),
            note=str(node.get("note", "")),
            seen=Seen(str(seen[0]), str(seen[1]), int(seen[2])) if seen else None,
        )


def _read_line(line: dict[str, Any]) -> tuple[str, str, int]:
    quantity = line["onhandQuantity"]
    if quantity["hasUnit"] != "om2:gram" or not isinstance(quantity["hasNumericalValue"], int):
        raise ValueError("a quantity is not in whole grams")
    return (
        _last(line["resourceInventoriedAs"]),
        _last(line["resourceConformsTo"]),
        quantity["hasNumericalValue"],
    )


def _last(name: str) -> str:
    return name.rpartition(":")[2]
