"""Read what is asked, by whom it can be seen, and what was decided."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from harmonia.commons.voice import frozen, roll
from harmonia.commons.voice.models import DECIDED, Option, Upgrade
from harmonia.commons.voice.reasons import reason_in_words

if TYPE_CHECKING:
    from harmonia.commons.nexus.queries import Change


def local_day(at: datetime | None = None) -> date:
    """Return the site's own date."""
    return timezone.localdate(at, timezone.get_default_timezone())


def day_in_words(day: date) -> str:
    """Return a date as people of this language write it."""
    return date_format(day, "DATE_FORMAT")


def may_draft(person: Any) -> bool:
    """Return whether a visitor may see and write drafts."""
    return bool(person.is_authenticated and person.has_perm("voice.add_upgrade"))


def upgrades(person: Any) -> list[Upgrade]:
    """Return the upgrades a visitor can see, newest first; drafts are for those who write them."""
    found = Upgrade.objects.defer("bundle", "frozen")
    return list(
        found if may_draft(person) else found.exclude(state="drafting").exclude(opened_at__isnull=True)
    )


def upgrade_for(person: Any, number: int) -> Upgrade | None:
    """Return one upgrade if this visitor can see it."""
    found = Upgrade.objects.filter(pk=number).first()
    hidden = found is None or (found.opened_at is None and not may_draft(person))
    return None if hidden else found


@dataclass(frozen=True)
class Turnout:
    """How many of those who may vote have a ballot in."""

    voices: int
    members: int


def turnout() -> Turnout | None:
    """Return the turnout of the vote that is on, else of the newest decided one; None before the first."""
    held = Upgrade.objects.filter(state__in=["voting", *DECIDED]).order_by("-voting_at", "-id")
    latest = held.filter(state="voting").first() or held.first()
    return Turnout(roll.voted(latest), latest.electorate or 0) if latest else None


@dataclass(frozen=True)
class Verdict:
    """What the count says of an option, in one sentence."""

    option: Option
    chosen: bool
    reason: str


def verdicts(upgrade: Upgrade) -> list[Verdict]:
    """Return the verdict on every option people chose about, winners first, in the order of their choice."""
    if upgrade.decision is None:
        return []
    won, reasons = list(upgrade.decision["winners"]), upgrade.decision["reasons"]
    voters = (upgrade.result or {}).get("ballots", 0)
    found = [
        Verdict(option, option.code in won, reason_in_words(reasons[option.code], upgrade.currency, voters))
        for option in upgrade.options.all()
        if option.code in reasons and not option.mandatory
    ]
    return sorted(found, key=lambda v: won.index(v.option.code) if v.chosen else len(won))


def winners(upgrade: Upgrade) -> list[Option]:
    """Return the options people chose, in order; what had to be is not among them."""
    return [option for option in bought(upgrade) if not option.mandatory]


def mandatory(upgrade: Upgrade) -> list[Option]:
    """Return what law or safety asks for: paid first, off the ballot."""
    return list(upgrade.options.filter(mandatory=True))


def bought(upgrade: Upgrade) -> list[Option]:
    """Return everything a decided upgrade pays for: what had to be, then what was chosen."""
    won = list((upgrade.decision or {}).get("winners", []))
    found = {option.code: option for option in upgrade.options.filter(code__in=won)}
    return [found[code] for code in won if code in found]


def spent(upgrade: Upgrade) -> int:
    """Return what that costs together."""
    return sum(option.cost for option in bought(upgrade))


def is_intact(upgrade: Upgrade) -> bool:
    """Return whether the options on the page still are, word for word, what was frozen."""
    if not upgrade.frozen:
        return False
    terms = frozen.terms_of(upgrade.frozen)
    now = frozen.canonical(upgrade, list(upgrade.options.all()), terms)
    voters = upgrade.roll.values_list("voter", flat=True)
    same_roll = roll.sha256(voters) == terms.roll_sha256
    return same_roll and frozen.sha256(now) == upgrade.frozen_sha256


def rule_name(upgrade: Upgrade) -> str:
    """Return the frozen rule's full name, "" before voting opens."""
    from harmonia.science.choice import rule_from_dict

    return rule_from_dict(json.loads(upgrade.frozen)["rule"]).name if upgrade.frozen else ""


def before_after(upgrade: Upgrade) -> list["Change"]:
    """Return each measure of the plant before and after this upgrade; empty until the model has followed it."""
    from harmonia.commons.nexus import queries as nexus

    return nexus.before_after(upgrade.plant_version) if upgrade.plant_version else []


def votes_that_close() -> list[tuple[date, str, str]]:
    """Return day, title and page of each vote that closes on a promised day."""
    held = Upgrade.objects.filter(state="voting", closes_on__gte=local_day()).order_by("closes_on")
    return [(u.closes_on, u.title, reverse("upgrade", args=[u.pk])) for u in held if u.closes_on]


def activations_that_come() -> list[tuple[date, str, str]]:
    """Return day, title and page of each upgrade whose activation has a day."""
    held = Upgrade.objects.filter(state="scheduled").order_by("scheduled_for")
    return [(u.scheduled_for, u.title, reverse("upgrade", args=[u.pk])) for u in held if u.scheduled_for]
