"""What people vote on, as one canonical text with one hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harmonia.commons.voice.models import Option, Upgrade

FORMAT = "harmonia-vote/3"

SEALED = "sealed"
"""What the frozen text says of the orders of outcomes: each has a seal of its own in the log."""

OPTION = (
    *("code", "title", "description", "who", "cost", "labour_h", "edits", "foreseen", "needs", "excludes"),
    *("substitutes", "mandatory", "mandatory_why", "veto_why"),
)


@dataclass(frozen=True)
class Terms:
    """What is settled at opening and stands nowhere else: the rule, the roll's size and hash, the log's name and key."""

    rule: Mapping[str, Any]
    electorate: int
    roll_sha256: str
    log: str
    log_key: str


def canonical(upgrade: Upgrade, options: list[Option], terms: Terms) -> str:
    """Return question, budget, terms, electorate and options as JSON with sorted keys and no spaces."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "title": upgrade.title,
        "story": upgrade.story,
        "budget": upgrade.budget,
        "currency": upgrade.currency,
        "ballot": upgrade.ballot_kind,
        "closes_on": upgrade.closes_on.isoformat() if upgrade.closes_on else None,
        "electorate": {
            "voters": terms.electorate,
            "roll_sha256": terms.roll_sha256,
            "per": upgrade.per,
            "age": upgrade.age,
            "assisted": upgrade.assisted,
        },
        "rule": dict(terms.rule),
        "orders": SEALED,
        "log": {"origin": terms.log, "key": terms.log_key},
        "options": told(options, vetoed=False),
        "vetoed": told(options, vetoed=True),
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def terms_of(frozen: str) -> Terms:
    """Return the terms that a frozen text holds."""
    data = json.loads(frozen)
    voters = data["electorate"]
    return Terms(
        data["rule"], voters["voters"], voters["roll_sha256"], data["log"]["origin"], data["log"]["key"]
    )


def told(options: list[Option], *, vetoed: bool) -> list[dict[str, Any]]:
    """Return the options that were vetoed, or the others, as they are frozen, in order of code."""
    found = [option for option in options if (option.vetoed_at is not None) == vetoed]
    return [_option(option) for option in sorted(found, key=lambda option: option.code)]


def _option(option: Option) -> dict[str, Any]:
    return {name: getattr(option, name) for name in OPTION}


def sha256(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
