"""What the books say of promises, for one home and for all."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from harmonia.commons.covenants import queries
from harmonia.commons.covenants.weeks import today
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol
from tests.commons.covenants.conftest import MONDAY, WEDNESDAY, Bring, Promise

pytestmark = pytest.mark.django_db


def test_weeks_are_kept_missed_or_under_way_as_the_books_say(
    lyra: Person, promise: Promise, bring: Bring
) -> None:
    covenant = promise(lyra)
    bring(lyra, 2, 1)
    bring(lyra, 1, 7)
    bring(lyra, 2.9, 10)
    bring(lyra, 1, 16)
    weeks = queries.weeks_of(covenant, today())

    assert [(w.grams, w.standing) for w in weeks] == [(3000, "kept"), (2900, "missed"), (1000, "so_far")]


def test_only_the_promised_material_counts(
    lyra: Person, promise: Promise, gate: Holder, scraps: Substance
) -> None:
    covenant = promise(lyra)
    coffee = Substance.objects.get(code="coffee_grounds")
    ledger.record_drop_off(lyra, point=gate, substance=coffee, kilograms=Decimal(5), at=WEDNESDAY)

    assert queries.weeks_of(covenant, today())[-1].grams == 0


def test_what_other_homes_bring_does_not_count(
    lyra: Person, enrol: Enrol, promise: Promise, bring: Bring
) -> None:
    covenant = promise(lyra)
    bring(enrol("Theo"), 5, 16)

    assert queries.weeks_of(covenant, today())[-1].grams == 0


def test_totals_are_shown_from_three_homes_on(
    lyra: Person, enrol: Enrol, promise: Promise, bring: Bring
) -> None:
    theo, amara = enrol("Theo"), enrol("Amara")
    promise(lyra, 3)
    promise(theo, 2)
    assert not queries.community_weeks(today())[-1].shown

    promise(amara, 1)
    bring(theo, 2.5, 16)
    now = queries.community_weeks(today())[-1]

    assert now == queries.CommunityWeek(MONDAY, homes=3, kept=1, promised_g=6000, brought_g=2500)
    assert now.shown


def test_totals_follow_the_books_at_once(lyra: Person, promise: Promise, bring: Bring) -> None:
    promise(lyra)
    before = queries.community_weeks(today())[-1].brought_g
    bring(lyra, 2, 16)

    assert (before, queries.community_weeks(today())[-1].brought_g) == (0, 2000)


def test_totals_of_past_weeks_stay_the_same_when_somebody_leaves(
    lyra: Person, enrol: Enrol, promise: Promise, bring: Bring
) -> None:
    for person, kilograms in ((lyra, 3), (enrol("Theo"), 2), (enrol("Amara"), 1)):
        promise(person, kilograms)
        bring(person, 2, 9)
    before = queries.community_weeks(today())[:-1]
    people.leave(lyra)

    assert before == queries.community_weeks(today())[:-1]
    assert queries.community_weeks(today())[-1].homes == 2


def test_a_page_of_totals_is_counted_once_until_the_books_change(
    lyra: Person, promise: Promise, django_assert_max_num_queries: Any
) -> None:
    promise(lyra)
    queries.community_weeks(today())

    with django_assert_max_num_queries(1):
        queries.community_weeks(today())


def test_the_export_holds_promises_week_by_week(lyra: Person, promise: Promise, bring: Bring) -> None:
    promise(lyra)
    bring(lyra, 3, 1)
    [covenant] = queries.export(lyra)

    assert covenant["until"] == date(2026, 7, 12).isoformat()
    assert [week["standing"] for week in covenant["weeks"]] == ["kept", "missed", "so_far"]
