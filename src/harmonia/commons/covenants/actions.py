"""Everything that changes a promise."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmonia.commons.covenants import forecast, queries, tasks
from harmonia.commons.covenants.models import COVENANT, Covenant, Reminder, WeekTotal
from harmonia.commons.covenants.weeks import WEEK, Week, kilograms, monday_of, today
from harmonia.commons.journal.actions import record
from harmonia.commons.ledger.models import Substance
from harmonia.commons.notices.actions import notify
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

MOST_KG_WEEK = 100
LONGEST = timedelta(days=2 * 366)
_kilograms = lazy(kilograms, str)  # each person reads the weight in their own language


class Refused(Exception):
    """The covenants app cannot do this; the message is a sentence for the person."""


@transaction.atomic
def offer(
    person: Person,
    *,
    substance: Substance,
    kg_week: Decimal,
    since: date,
    until: date,
    at: datetime | None = None,
) -> Covenant:
    """Write down a promise; it counts from `begin` on. Days widen to whole weeks, Monday to Sunday."""
    if substance.use != Substance.Use.ROTS:
        raise Refused(_("A covenant is about something that rots. Nothing was kept."))
    first, last = monday_of(since), monday_of(until) + timedelta(days=6)
    if last < first:
        raise Refused(_("It ends before it begins. Nothing was kept."))
    if last - first > LONGEST:
        raise Refused(_("A covenant can last two years at most; you can renew it then. Nothing was kept."))
    covenant = Covenant.objects.create(
        token=token_of(person),
        substance=substance,
        grams_week=_grams(kg_week),
        since=first,
        until=last,
        offered_at=at or timezone.now(),
    )
    record("covenants", "offered", covenant=covenant.pk)
    return covenant


def _grams(kilograms: Decimal) -> int:
    if not kilograms.is_finite() or not Decimal("0.1") <= kilograms <= MOST_KG_WEEK:
        raise Refused(
            _("Promise between 0.1 and %(most)d kg a week. Nothing was kept.") % {"most": MOST_KG_WEEK}
        )
    return int((kilograms * 1000).to_integral_value())


@transaction.atomic
def begin(person: Person, covenant: Covenant, *, at: datetime | None = None) -> Covenant:
    """Let a promise count, from this week on at the earliest, and tell the Nexus what to expect."""
    locked = _own(person, covenant)
    _step(locked, "active")
    if queries.active(person, locked.substance) is not None:
        raise Refused(_("You have a covenant for this already. End it first, or choose another material."))
    locked.begun_at = at or timezone.now()
    locked.since = max(locked.since, monday_of(today(locked.begun_at)))
    if locked.until < locked.since:
        raise Refused(_("Its last week is over already. Offer a new one."))
    locked.save()
    forecast.expect(locked)
    transaction.on_commit(partial(tasks.plan, locked.pk), robust=True)
    record("covenants", "begun", covenant=locked.pk)
    return locked


@transaction.atomic
def end(person: Person, covenant: Covenant, *, at: datetime | None = None) -> Covenant:
    """End one's own covenant, without a reason; the week it ends in no longer counts."""
    locked = _own(person, covenant)
    _end(locked, today(at))
    return locked


def _end(covenant: Covenant, first_free_day: date) -> None:
    was_active = covenant.state == "active"
    _step(covenant, "ended")
    covenant.ended_on = first_free_day
    covenant.save()
    if was_active:
        forecast.drop(covenant)
    record("covenants", "ended", covenant=covenant.pk)


def _own(person: Person, covenant: Covenant) -> Covenant:
    found = Covenant.objects.select_for_update().filter(pk=covenant.pk, token=token_of(person)).first()
    if found is None:
        raise Refused(_("This covenant is not yours. Nothing was changed."))
    return found


def _step(covenant: Covenant, goal: str) -> None:
    if covenant.state in (goal, "ended"):
        raise Refused(_("This was done already. Nothing was changed."))
    COVENANT.check(covenant.state, goal)
    covenant.state = goal


@transaction.atomic
def review(covenant: int, *, at: datetime | None = None) -> bool:
    """Look at the week that just ended: say a kind word if it was missed, end the covenant if it has run out.

    May run any number of times. Returns whether the covenant goes on.
    """
    found = Covenant.objects.select_for_update().filter(pk=covenant, state="active").first()
    if found is None:
        return False
    now = today(at)
    past = [week for week in queries.weeks_of(found, now) if week.over]
    if past and past[-1].standing == "missed" and past[-1].monday == monday_of(now) - WEEK:
        _remind(found, past[-1], at)
    if now > found.until:
        _end(found, found.until + timedelta(days=1))
    return found.state == "active"


def _remind(covenant: Covenant, week: Week, at: datetime | None) -> None:
    _reminder, new = Reminder.objects.get_or_create(covenant=covenant, monday=week.monday)
    person = queries.owner(covenant)
    if not new or person is None:
        return
    notify(
        person,
        kind="covenant",
        subject=gettext_lazy("Last week was a quiet one"),
        text=format_lazy(
            gettext_lazy(
                "You meant to bring {promised} kg of {what}, and {brought} kg came. That happens,"
                " and every gram that came counts. If your weeks look different now, you can end"
                " your covenant any time and make one that fits."
            ),
            promised=_kilograms(week.promised_g),
            what=covenant.substance,
            brought=_kilograms(week.grams),
        ),
        link=reverse("covenant", args=[covenant.pk]),
        at=at,
    )


@transaction.atomic
def forget(person: Person) -> None:
    """End the covenants of somebody who leaves; of their past weeks only the community's totals stay."""
    for covenant in queries.covenants_of(person):
        if covenant.state == "active":
            forecast.drop(covenant)
        for week in queries.weeks_of(covenant, today()):
            if week.over:
                _add_to_totals(week)
        number = covenant.pk
        covenant.delete()
        record("covenants", "ended", covenant=number)


def _add_to_totals(week: Week) -> None:
    WeekTotal.objects.get_or_create(monday=week.monday)
    WeekTotal.objects.filter(monday=week.monday).update(
        homes=F("homes") + 1,
        kept=F("kept") + int(week.standing == "kept"),
        promised_g=F("promised_g") + week.promised_g,
        brought_g=F("brought_g") + week.grams,
    )
