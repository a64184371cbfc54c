"""Read promises, and what the books say became of them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Q

from harmonia.commons.covenants.models import Covenant, WeekTotal
from harmonia.commons.covenants.weeks import WEEK, Week, bounds, monday_of, mondays, today
from harmonia.commons.journal.queries import last_sequences
from harmonia.commons.ledger.models import Substance
from harmonia.commons.ledger.queries import household_grams, materials
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import person_behind

FEW = 3
"""Totals of fewer homes would show what one of them brought."""


def what_rots() -> list[Substance]:
    """Return the materials a covenant can be about."""
    return list(materials().filter(use=Substance.Use.ROTS))


def covenants_of(person: Person) -> list[Covenant]:
    """Return a person's own covenants, newest first."""
    return list(Covenant.objects.filter(token=token_of(person)).select_related("substance"))


def covenant_of(person: Person, number: int) -> Covenant | None:
    """Return one of a person's own covenants; nobody sees another home's."""
    mine = Covenant.objects.filter(token=token_of(person)).select_related("substance")
    return mine.filter(pk=number).first()


def active(person: Person, substance: Substance) -> Covenant | None:
    """Return the covenant a person has for a substance now."""
    return Covenant.objects.filter(token=token_of(person), substance=substance, state="active").first()


def owner(covenant: Covenant) -> Person | None:
    """Return whose covenant it is."""
    return person_behind(covenant.token)


def weeks_of(covenant: Covenant, day: date) -> list[Week]:
    """Return a covenant's weeks up to the one a day is in, oldest first, as the books have them now.

    The week in which a covenant was ended early does not count.
    """
    person = owner(covenant)
    if person is None or covenant.begun_at is None:
        return []
    last = min(day, covenant.until)
    if covenant.ended_on is not None:
        last = min(last, covenant.ended_on - WEEK)
    return [_week(covenant, person, monday, day) for monday in mondays(covenant.since, last)]


def _week(covenant: Covenant, person: Person, monday: date, day: date) -> Week:
    since, until = bounds(monday)
    grams = household_grams(person, since=since, until=until, substances=[covenant.substance])
    return Week(monday, covenant.grams_week, grams, over=monday + WEEK <= day)


def this_week(covenant: Covenant) -> Week | None:
    """Return how a covenant stands in the week we are in; None when it does not hold now."""
    now = today()
    weeks = weeks_of(covenant, now)
    return weeks[-1] if covenant.state == "active" and weeks and not weeks[-1].over else None


@dataclass(frozen=True)
class CommunityWeek:
    """What all homes together promised and brought in a week [g]; how many promises, how many kept."""

    monday: date
    homes: int
    kept: int
    promised_g: int
    brought_g: int

    @property
    def shown(self) -> bool:
        """Whether enough homes are in it that none can be recognised."""
        return self.homes >= FEW

    @property
    def promised_kg(self) -> float:
        """Promised [kg]."""
        return self.promised_g / 1000

    @property
    def brought_kg(self) -> float:
        """Brought [kg]."""
        return self.brought_g / 1000


def community_weeks(day: date, count: int = 6) -> list[CommunityWeek]:
    """Return the totals of the last weeks, the one a day is in last.

    Counted anew whenever the books or the promises changed.
    """
    seen = last_sequences(["ledger", "covenants"])
    key = f"covenants:{monday_of(day)}:{count}:{seen['ledger']}:{seen['covenants']}"
    found: list[CommunityWeek] | None = cache.get(key)
    if found is None:
        found = _count_community(day, count)
        cache.set(key, found, timeout=24 * 3600)
    return found


def _count_community(day: date, count: int) -> list[CommunityWeek]:
    first = monday_of(day) - (count - 1) * WEEK
    held = Covenant.objects.filter(begun_at__isnull=False, since__lte=day, until__gte=first)
    held = held.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=first)).select_related("substance")
    homes = [(covenant, owner(covenant)) for covenant in held]
    gone = {total.monday: total for total in WeekTotal.objects.filter(monday__gte=first)}
    return [_total(monday, homes, gone.get(monday), day) for monday in mondays(first, day)]


def _total(
    monday: date, homes: Iterable[tuple[Covenant, Person | None]], gone: WeekTotal | None, day: date
) -> CommunityWeek:
    weeks = [
        _week(covenant, person, monday, day)
        for covenant, person in homes
        if person is not None and _holds(covenant, monday)
    ]
    return CommunityWeek(
        monday,
        homes=len(weeks) + (gone.homes if gone else 0),
        kept=sum(week.standing == "kept" for week in weeks) + (gone.kept if gone else 0),
        promised_g=sum(week.promised_g for week in weeks) + (gone.promised_g if gone else 0),
        brought_g=sum(week.grams for week in weeks) + (gone.brought_g if gone else 0),
    )


def _holds(covenant: Covenant, monday: date) -> bool:
    ended = covenant.ended_on is not None and covenant.ended_on < monday + WEEK
    return covenant.since <= monday <= covenant.until and not ended


def export(person: Person) -> list[dict[str, Any]]:
    """Return what this app knows about a person."""
    return [
        {
            "substance": covenant.substance.code,
            "grams_week": covenant.grams_week,
            "since": covenant.since.isoformat(),
            "until": covenant.until.isoformat(),
            "state": covenant.state,
            "weeks": [
                asdict(week) | {"monday": week.monday.isoformat(), "standing": week.standing}
                for week in weeks_of(covenant, today())
            ],
        }
        for covenant in covenants_of(person)
    ]
