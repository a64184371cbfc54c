"""What is on the Together page: only what exists, and what is next."""

from dataclasses import dataclass
from datetime import date
from importlib import import_module

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from harmonia.commons.covenants import queries
from harmonia.commons.covenants.models import Covenant
from harmonia.commons.covenants.weeks import kilograms, today
from harmonia.commons.journal import registry
from harmonia.commons.ledger.queries import closures, points
from harmonia.commons.notices.queries import unread
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import members, open_invitations

Text = str | Promise


@dataclass(frozen=True)
class Place:
    """A card that leads somewhere."""

    title: Text
    text: Text
    url: str


@dataclass(frozen=True)
class Next:
    """Something that happens on a day, and the page that tells more."""

    day: date
    title: Text
    url: str


def places(person: Person | None) -> list[Place]:
    """Return the pages of togetherness that this visitor can open."""
    found = [Place(_("Covenants"), _covenants_line(), reverse("covenants"))]
    if _exists("rituals"):
        line = _("When many switch the plant over together, and what was said before.")
        found.append(Place(_("Rituals"), line, reverse("rituals")))
    if _exists("gatherings"):
        line = _("When the plant needs everybody: worries, questions and their answers.")
        found.append(Place(_("Emergency gatherings"), line, reverse("gatherings")))
    found += [
        Place(point.name, point.where or _("A collection point"), reverse("point", args=[point.code]))
        for point in points()
        if _exists("point", point.code)
    ]
    if person is None:
        return found
    new = unread(person)
    news = ngettext("%(n)d is new for you.", "%(n)d are new for you.", new) % {"n": new}
    found.insert(1, Place(_("Notices"), news if new else _("You have read everything."), reverse("notices")))
    if _exists("invite"):
        found.append(Place(_("Invite somebody"), _invitations_line(person), reverse("invite")))
    return found


def _exists(name: str, *arguments: str) -> bool:
    try:
        reverse(name, args=arguments)
    except NoReverseMatch:
        return False
    return True


def _covenants_line() -> str:
    week = queries.community_weeks(today())[-1]
    if not week.shown:
        return str(_("What homes promise to bring, week by week."))
    line = _("{kg} kg promised for this week, {brought} kg came so far.")
    return str(format_lazy(line, kg=f"{week.promised_kg:.0f}", brought=f"{week.brought_kg:.0f}"))


def _invitations_line(person: Person) -> str:
    here = ngettext("%(n)d person is here.", "%(n)d people are here.", members()) % {"n": members()}
    waiting = len(open_invitations(person))
    if not waiting:
        return here
    links = ngettext("%(n)d of your links is open.", "%(n)d of your links are open.", waiting) % {
        "n": waiting
    }
    return f"{here} {links}"


def coming(person: Person | None) -> list[Next]:
    """Return what is next, soonest first: a vote that closes, an own covenant's first, present or last week."""
    found = _votes() + [Next(day, title, url) for day, title, url in registry.coming(person)]
    for covenant in queries.covenants_of(person) if person else []:
        if covenant.state == "active":
            found += _of_covenant(covenant)
    return sorted(found, key=lambda item: item.day)


def _of_covenant(covenant: Covenant) -> list[Next]:
    page = reverse("covenant", args=[covenant.pk])
    what = covenant.substance
    if covenant.since > today():
        return [Next(covenant.since, format_lazy(_("Your covenant begins: {what}"), what=what), page)]
    found = [Next(covenant.until, format_lazy(_("Last day of your covenant: {what}"), what=what), page)]
    week = queries.this_week(covenant)
    if week and week.standing == "so_far":
        brought, promised = kilograms(week.grams), kilograms(week.promised_g)
        line = _("{brought} of {promised} kg of {what} so far this week")
        found.append(
            Next(week.sunday, format_lazy(line, brought=brought, promised=promised, what=what), page)
        )
    return found


def _votes() -> list[Next]:
    if not apps.is_installed("harmonia.commons.voice"):
        return []
    upcoming = import_module("harmonia.commons.voice.queries").votes_that_close()
    return [Next(day, title, url) for day, title, url in upcoming]


def resting() -> list[Text]:
    """Return what cannot be brought for now, as sentences."""
    line = _("{what} rests for now: bring it to {instead}.")
    return [
        format_lazy(line, what=closure.substance, instead=closure.instead) for closure in closures().values()
    ]
