"""Count a bundle again: no account, no server, nobody to trust."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from harmonia.science.choice.bundle import Bundle
from harmonia.science.choice.count import decide
from harmonia.science.choice.decision import decision_to_dict
from harmonia.science.choice.nash import PriorityError, choose_operation, weights_from_order
from harmonia.science.choice.rule import canonical_json, rule_hash

MAY_BE_LEFT_OUT = ("reasons", "rounds")
"""What a published decision may be silent about, where it would be about one to four people."""


def recount(bundle: Bundle) -> str | None:
    """Verify the log and count again by the frozen rule; return None, or the first difference in a sentence."""
    published = bundle.decision
    if published.get("rule_hash") != rule_hash(bundle.rule):
        return "The published decision was made by another rule than the frozen one."
    if bundle.sealed is not None:
        found = bundle.sealed.difference(bundle.rule, bundle.files, bundle.election)
        if found:
            return found
    return _other_count(bundle) or _other_operation(bundle)


def _other_count(bundle: Bundle) -> str | None:
    if bundle.election is None:
        return None
    published = bundle.decision
    counted = json.loads(canonical_json(decision_to_dict(decide(bundle.election, bundle.rule))))
    if published.get("winners") != counted["winners"]:
        return _first_winner(published.get("winners"), counted["winners"])
    for key, value in counted.items():
        if key in MAY_BE_LEFT_OUT and key not in published:
            continue
        if published.get(key) != value:
            return f"The published {key} is {_short(published.get(key))}, the recount gives {_short(value)}."
    surplus = sorted(set(published) - set(counted))
    return f"The published decision holds {surplus[0]!r}, which a count does not." if surplus else None


def operation_to_dict(
    designs: Mapping[str, Mapping[str, float]],
    better: Mapping[str, int],
    priorities: Sequence[Mapping[str, float]],
    chosen: str,
) -> dict[str, object]:
    """Return what the choice of an operating design rests on, as JSON-ready data; priorities lose their order."""
    rows = sorted((dict(row) for row in priorities), key=canonical_json)
    return {
        "format": "harmonia-operation/1",
        "designs": {name: dict(values) for name, values in designs.items()},
        "better": dict(better),
        "priorities": rows,
        "chosen": chosen,
    }


def _other_operation(bundle: Bundle) -> str | None:
    told: Any = bundle.operation
    if told is None:
        return None
    try:
        counted = choose_operation(told["designs"], told["better"], told["priorities"]).chosen
    except (KeyError, TypeError, AttributeError, ValueError, PriorityError):
        return "The choice of the operating design cannot be counted again."
    if told.get("chosen") == counted:
        return _other_wishes(bundle, told["priorities"])
    return f"The published operating design is {_short(told.get('chosen'))}, the recount gives {_short(counted)}."


def _other_wishes(bundle: Bundle, priorities: Sequence[Mapping[str, float]]) -> str | None:
    """Return how the weights that chose differ from the sealed orders of outcomes, where there are any."""
    if bundle.sealed is None or bundle.sealed.orders is None:
        return None
    try:
        sealed = [weights_from_order(order) for text in bundle.sealed.orders if (order := json.loads(text))]
    except (TypeError, ValueError):
        return "An order of outcomes is no list of names."
    if sorted(map(canonical_json, sealed)) == sorted(map(canonical_json, priorities)):
        return None
    return "The operating design was not chosen by the orders of outcomes that were sealed."


def _first_winner(published: object, counted: list[str]) -> str:
    stated = published if isinstance(published, list) else []
    place = next((i for i, (a, b) in enumerate(zip(stated, counted, strict=False)) if a != b), None)
    if place is None:
        return f"The published decision names {len(stated)} winners, the recount {len(counted)}."
    return f"Winner {place + 1} is {stated[place]!r} as published, but {counted[place]!r} in the recount."


def _short(value: object) -> str:
    text = canonical_json({"": value})[4:-1]
    return text if len(text) <= 120 else text[:117] + "…"
