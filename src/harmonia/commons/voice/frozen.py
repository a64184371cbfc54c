"""What people vote on, as one canonical text with one hash."""

import hashlib
import json
from typing import Any

from harmonia.commons.voice.models import Option, Upgrade

FORMAT = "harmonia-vote/1"


def canonical(upgrade: Upgrade, options: list[Option], rule: dict[str, str], electorate: int) -> str:
    """Return title, budget, rule, electorate and options as JSON with sorted keys and no spaces."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "title": upgrade.title,
        "story": upgrade.story,
        "budget": upgrade.budget,
        "currency": upgrade.currency,
        "closes_on": upgrade.closes_on.isoformat() if upgrade.closes_on else None,
        "electorate": electorate,
        "rule": rule,
        "options": [_option(option) for option in sorted(options, key=lambda option: option.code)],
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _option(option: Option) -> dict[str, Any]:
    names = ("code", "title", "description", "cost", "labour_h", "edits", "foreseen")
    return {name: getattr(option, name) for name in names}


def sha256(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
