"""Read what is asked, what people approve, and what was decided."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import person_behind, with_permission
from harmonia.commons.voice import frozen
from harmonia.commons.voice.models import Approval, Option, Upgrade
from harmonia.commons.voice.reasons import reason_in_words

if TYPE_CHECKING:
    from harmonia.commons.nexus.queries import Change


def local_day(at: datetime | None = None) -> date:
    """Return the site's own date."""
    return timezone.localdate(at, timezone.get_default_timezone())


def day_in_words(day: date) -> str:
    """Return a date as people of this language write it."""
    return date_format(day, "DATE_FORMAT")


def electorate() -> list[Person]:
    """Return who may vote today."""
    return with_permission("voice.cast_ballot")


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


def voices(upgrade: Upgrade) -> int:
    """Return how many people have a ballot in."""
    return Approval.objects.filter(option__upgrade=upgrade).values("token").distinct().count()


@dataclass(frozen=True)
class Turnout:
    """How many of those who may vote have a ballot in."""

    voices: int
    members: int


def turnout() -> Turnout | None:
    """Return the turnout of the vote that is on, else of the newest decided one; None before the first."""
    held = Upgrade.objects.filter(state__in=["voting", "decided", "activated"]).order_by("-voting_at", "-id")
    latest = held.filter(state="voting").first() or held.first()
    return Turnout(voices(latest), latest.electorate or 0) if latest else None


def approved_by(person: Person, upgrade: Upgrade) -> set[int]:
    """Return the ids of the options a person approves."""
    mine = Approval.objects.filter(option__upgrade=upgrade, token=token_of(person))
    return set(mine.values_list("option_id", flat=True))


@dataclass(frozen=True)
class Support:
    """Who approves an option: how many in all, names of those who are still here, and how many left since."""

    count: int
    names: tuple[str, ...]
    left: int


def support(upgrade: Upgrade, *, with_names: bool) -> dict[int, Support]:
    """Return the support of each option; names are for members only."""
    found: dict[int, list[str]] = defaultdict(list)
    names: dict[UUID, str] = {}
    for option, token in Approval.objects.filter(option__upgrade=upgrade).values_list("option_id", "token"):
        if with_names and token not in names:
            person = person_behind(token)
            names[token] = person.name if person else ""
        found[option].append(names.get(token, ""))
    return {option: _support(voters, with_names) for option, voters in found.items()}


def _support(voters: list[str], with_names: bool) -> Support:
    here = tuple(sorted(name for name in voters if name))
    return Support(len(voters), here, len(voters) - len(here) if with_names else 0)


@dataclass(frozen=True)
class Verdict:
    """What the count says of an option, in one sentence."""

    option: Option
    chosen: bool
    reason: str


def verdicts(upgrade: Upgrade) -> list[Verdict]:
    """Return every option's verdict, winners first, in the order in which they were chosen."""
    if upgrade.decision is None:
        return []
    won, reasons = list(upgrade.decision["winners"]), upgrade.decision["reasons"]
    found = [
        Verdict(option, option.code in won, reason_in_words(reasons[option.code], upgrade.currency))
        for option in upgrade.options.all()
    ]
    return sorted(found, key=lambda v: won.index(v.option.code) if v.chosen else len(won))


def winners(upgrade: Upgrade) -> list[Option]:
    """Return the chosen options, in order."""
    return [verdict.option for verdict in verdicts(upgrade) if verdict.chosen]


def is_intact(upgrade: Upgrade) -> bool:
    """Return whether the options on the page still are, word for word, what was frozen."""
    if not upgrade.frozen:
        return False
    rule = json.loads(upgrade.frozen)["rule"]
    now = frozen.canonical(upgrade, list(upgrade.options.all()), rule, upgrade.electorate or 0)
    return frozen.sha256(now) == upgrade.frozen_sha256


def rule_name(upgrade: Upgrade) -> str:
    """Return the frozen rule's full name, "" before voting opens."""
    from harmonia.science.choice import rule_from_dict

    return rule_from_dict(json.loads(upgrade.frozen)["rule"]).name if upgrade.frozen else ""


def bundle_sha256(upgrade: Upgrade) -> str:
    """Return the SHA-256 of the bundle, "" before the count."""
    return hashlib.sha256(bytes(upgrade.bundle)).hexdigest() if upgrade.bundle else ""


def before_after(upgrade: Upgrade) -> list["Change"]:
    """Return each measure of the plant before and after this upgrade; empty until the model has followed it."""
    from harmonia.commons.nexus import queries as nexus

    return nexus.before_after(upgrade.plant_version) if upgrade.plant_version else []


def votes_that_close() -> list[tuple[date, str, str]]:
    """Return day, title and page of each vote that closes on a promised day."""
    held = Upgrade.objects.filter(state="voting", closes_on__gte=local_day()).order_by("closes_on")
    return [(u.closes_on, u.title, reverse("upgrade", args=[u.pk])) for u in held if u.closes_on]


def export(person: Person) -> list[dict[str, str]]:
    """Return what this app knows about a person: what they approved."""
    mine = (
        Approval.objects.filter(token=token_of(person)).select_related("option__upgrade").order_by("at", "id")
    )
    return [
        {"upgrade": a.option.upgrade.title, "option": a.option.title, "at": a.at.isoformat()}
        for a in mine.order_by("at", "id")
    ]
