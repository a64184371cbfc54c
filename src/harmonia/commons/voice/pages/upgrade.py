"""The list of upgrades, one upgrade, and one of its options."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from harmonia.commons.voice import compared, queries, roll
from harmonia.commons.voice.actions import may_write
from harmonia.commons.voice.edits import sentences
from harmonia.commons.voice.foresight import Outlook, outlooks
from harmonia.commons.voice.models import Option, Statement, Upgrade
from harmonia.commons.voice.pages.result import shown_result
from harmonia.commons.voice.pages.running import how_run

ORDER = ("voting", "foreseen", "open", "scheduled", "decided", "activated", "drafting")


@dataclass(frozen=True)
class Card:
    """An option as a card: words, what it changes, what the twin foresees, how it stands to others."""

    option: Option
    changes: list[str]
    outlooks: list[Outlook]
    needs: list[str]
    excludes: list[str]
    substitutes: list[str]

    @property
    def noticed(self) -> list[Outlook]:
        """What people would notice."""
        return [outlook for outlook in self.outlooks if not outlook.is_same]


def card(option: Option, titles: dict[str, str]) -> Card:
    """Return an option as a card; `titles` are those of its upgrade."""
    return Card(
        option,
        sentences(option.edits),
        outlooks(option.foreseen),
        *([titles[code] for code in getattr(option, name)] for name in ("needs", "excludes", "substitutes")),
    )


def overview(person: Any) -> dict[str, Any]:
    """Return the upgrades of *Choose*: now, and before."""
    seen = queries.upgrades(person)
    now = sorted((u for u in seen if u.state in ORDER), key=lambda upgrade: ORDER.index(upgrade.state))
    return {
        "now": [_summary(u) for u in now],
        "past": [_summary(u) for u in seen if u.state in ("accounted", "withdrawn")],
        "voting": next((u for u in now if u.state == "voting"), None),
        "may_draft": queries.may_draft(person),
    }


def _summary(upgrade: Upgrade) -> dict[str, Any]:
    return {
        "upgrade": upgrade,
        "options": upgrade.options.count(),
        "voices": roll.voted(upgrade),
        "winners": queries.winners(upgrade),
    }


def detail(person: Any, upgrade: Upgrade) -> dict[str, Any]:
    """Return everything one upgrade's page shows this visitor."""
    titles = queries.titles(upgrade)
    cards = [card(option, titles) for option in upgrade.options.all()]
    place = roll.place_of(person, upgrade) if upgrade.voting_at and person.is_authenticated else None
    return {
        "upgrade": upgrade,
        "offered": [c for c in cards if c.option.is_on_ballot],
        "mandatory": [c for c in cards if c.option.mandatory],
        "vetoed": [c for c in cards if c.option.vetoed_at is not None],
        "compared": compared.newest(upgrade),
        "statements": Statement.objects.filter(upgrade=upgrade, hidden=False).count(),
        "voted": roll.voted(upgrade),
        "on_roll": place is not None,
        "has_voted": place is not None and place.voted,
        "may_define": bool(
            not upgrade.voting_at and person.is_authenticated and person.has_perm("voice.open_vote")
        ),
        "may_propose": may_propose(person, upgrade),
        "may_draft": queries.may_draft(person),
        "may_desk": bool(
            upgrade.state == "voting" and person.is_authenticated and person.has_perm("voice.keep_desk")
        ),
        "changes": queries.before_after(upgrade),
    } | (_after_the_count(person, upgrade) if upgrade.is_decided else {})


def _after_the_count(person: Any, upgrade: Upgrade) -> dict[str, Any]:
    switch = {
        "switch": queries.switch_over(upgrade, timezone.now()),
        "may_prepare": person.is_authenticated and person.has_perm("nexus.call_activation"),
    }
    return shown_result(upgrade) | how_run(upgrade) | switch


def may_propose(person: Any, upgrade: Upgrade) -> bool:
    """Return whether a visitor may propose an option now."""
    if not person.is_authenticated or not upgrade.is_editable:
        return False
    asks = "voice.add_upgrade" if upgrade.state == "drafting" else "voice.propose_option"
    return bool(person.has_perm(asks))


def option_detail(person: Any, option: Option) -> dict[str, Any]:
    """Return everything an option's own page shows this visitor."""
    upgrade = option.upgrade
    hours, lent = queries.hands(option)
    found = outlooks(option.foreseen)
    return {
        "upgrade": upgrade,
        "card": card(option, queries.titles(upgrade)),
        "outlooks": found,
        "provenance": option.foreseen or None,
        "authors": queries.authors(option) if person.is_authenticated else [],
        "hours": hours,
        "lent": lent if person.is_authenticated else [],
        "my_hours": queries.my_hours(person, option),
        "history": queries.history(option),
        "vetoed_by": queries.vetoed_by(option),
        "may_write": upgrade.is_editable and may_write(person, option),
        "may_lend": person.is_authenticated
        and upgrade.voting_at is None
        and upgrade.state != "withdrawn"
        and person.has_perm("voice.propose_option"),
        "may_veto": person.is_authenticated
        and upgrade.voting_at is None
        and option.is_on_ballot
        and person.has_perm("voice.veto_option"),
    }
