"""What the pages of choosing show, gathered once."""

from dataclasses import dataclass
from typing import Any

from harmonia.commons.voice import compared, queries
from harmonia.commons.voice.edits import sentences
from harmonia.commons.voice.foresight import Outlook, outlooks
from harmonia.commons.voice.models import Option, Upgrade
from harmonia.commons.voice.queries import Support

NOBODY = Support(0, (), 0)


@dataclass(frozen=True)
class Card:
    """An option as a card: words, what the twin foresees, who approves it, and whether the visitor does."""

    option: Option
    changes: list[str]
    outlooks: list[Outlook]
    support: Support
    mine: bool

    @property
    def noticed(self) -> list[Outlook]:
        """What people would notice."""
        return [outlook for outlook in self.outlooks if not outlook.is_same]


def overview(person: Any) -> dict[str, Any]:
    """Return the upgrades of *Choose*: now, and before."""
    seen = queries.upgrades(person)
    now = [u for u in seen if u.state in ("voting", "open", "decided", "drafting")]
    order = ("voting", "open", "decided", "drafting")
    now.sort(key=lambda upgrade: order.index(upgrade.state))
    return {
        "now": [_summary(u) for u in now],
        "past": [_summary(u) for u in seen if u.state in ("activated", "withdrawn")],
        "voting": next((u for u in now if u.state == "voting"), None),
        "may_draft": queries.may_draft(person),
    }


def _summary(upgrade: Upgrade) -> dict[str, Any]:
    return {
        "upgrade": upgrade,
        "options": upgrade.options.count(),
        "voices": queries.voices(upgrade),
        "winners": queries.winners(upgrade),
    }


def detail(person: Any, upgrade: Upgrade) -> dict[str, Any]:
    """Return everything one upgrade's page shows this visitor."""
    cards = _cards(person, upgrade)
    mine = sum(card.option.cost for card in cards if card.mine)
    return {
        "upgrade": upgrade,
        "cards": cards,
        "compared": compared.newest(upgrade),
        "provenance": next((card.option.foreseen for card in cards if card.option.foreseen), None),
        "voices": queries.voices(upgrade),
        "verdicts": queries.verdicts(upgrade),
        "winners": queries.winners(upgrade),
        "spent": (upgrade.decision or {}).get("cost", 0),
        "mine_cost": mine,
        "mine_over": mine > upgrade.budget,
        "has_ballot": any(card.mine for card in cards),
        "can_vote": bool(
            upgrade.state == "voting" and person.is_authenticated and person.has_perm("voice.cast_ballot")
        ),
        "joined_late": bool(
            upgrade.frozen_at and person.is_authenticated and person.joined_at > upgrade.frozen_at
        ),
        "may_edit": upgrade.is_editable and queries.may_draft(person),
        "shows_voices": upgrade.voting_at is not None,
        "rule_name": queries.rule_name(upgrade),
        "intact": queries.is_intact(upgrade),
        "bundle_sha256": queries.bundle_sha256(upgrade),
        "changes": queries.before_after(upgrade),
    }


def _support(person: Any, upgrade: Upgrade) -> dict[int, Support]:
    if upgrade.voting_at is None:
        return {}
    return queries.support(upgrade, with_names=person.is_authenticated)


def _cards(person: Any, upgrade: Upgrade) -> list[Card]:
    backing = _support(person, upgrade)
    mine = queries.approved_by(person, upgrade) if person.is_authenticated else set()
    return [
        Card(
            option,
            sentences(option.edits),
            outlooks(option.foreseen),
            backing.get(option.pk, NOBODY),
            option.pk in mine,
        )
        for option in upgrade.options.all()
    ]
