"""A promise from its offer to its end."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_tasks.backends.dummy import DummyBackend

from harmonia.commons.covenants import actions, queries, tasks
from harmonia.commons.covenants.models import Covenant, Reminder, WeekTotal
from harmonia.commons.journal.models import Event
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus import queries as nexus
from harmonia.commons.notices.models import Notice
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol
from tests.commons.covenants.conftest import MONDAY, Bring, Promise

pytestmark = pytest.mark.django_db


def offered(person: Person, substance: Substance, **values: Any) -> Covenant:
    usual: dict[str, Any] = {"kg_week": Decimal(3), "since": date(2026, 6, 18), "until": date(2026, 8, 4)}
    return actions.offer(person, substance=substance, **usual | values)


def test_an_offer_widens_to_whole_weeks_and_does_not_count_yet(lyra: Person, scraps: Substance) -> None:
    covenant = offered(lyra, scraps)

    assert (covenant.since, covenant.until) == (MONDAY, date(2026, 8, 9))
    assert covenant.state == "offered"
    assert queries.weeks_of(covenant, MONDAY) == []


@pytest.mark.parametrize("weight", ["0", "-3", "0.05", "101", "NaN", "Infinity"])
def test_a_weight_that_cannot_be_is_refused_and_nothing_is_kept(
    lyra: Person, scraps: Substance, weight: str
) -> None:
    with pytest.raises(actions.Refused, match="Nothing was kept"):
        offered(lyra, scraps, kg_week=Decimal(weight))

    assert Covenant.objects.count() == 0


@pytest.mark.parametrize("until", [date(2026, 6, 1), date(2029, 1, 1)])
def test_a_time_that_cannot_be_is_refused(lyra: Person, scraps: Substance, until: date) -> None:
    with pytest.raises(actions.Refused, match="Nothing was kept"):
        offered(lyra, scraps, until=until)


def test_what_does_not_rot_cannot_be_promised(lyra: Person) -> None:
    with pytest.raises(actions.Refused, match="rots"):
        offered(lyra, Substance.objects.get(code="wood"))


def test_a_promise_that_begins_late_does_not_reach_back(lyra: Person, scraps: Substance) -> None:
    covenant = offered(lyra, scraps, since=date(2026, 5, 4))
    begun = actions.begin(lyra, covenant)

    assert begun.since == MONDAY


def test_an_offer_whose_weeks_are_over_cannot_begin(lyra: Person, scraps: Substance) -> None:
    covenant = offered(lyra, scraps, since=date(2026, 5, 4), until=date(2026, 5, 17))

    with pytest.raises(actions.Refused, match="over already"):
        actions.begin(lyra, covenant)


def test_one_material_is_promised_once_at_a_time(lyra: Person, scraps: Substance) -> None:
    actions.begin(lyra, offered(lyra, scraps))
    second = offered(lyra, scraps)

    with pytest.raises(actions.Refused, match="for this already"):
        actions.begin(lyra, second)


@pytest.mark.database
def test_the_database_refuses_two_active_promises_of_one_material(lyra: Person, scraps: Substance) -> None:
    first = actions.begin(lyra, offered(lyra, scraps))
    second = offered(lyra, scraps)

    with pytest.raises(IntegrityError), transaction.atomic():
        Covenant.objects.filter(pk=second.pk).update(state="active", begun_at=first.begun_at)


@pytest.mark.database
@pytest.mark.parametrize(
    "change",
    [
        {"state": "kept"},
        {"grams_week": 0},
        {"until": date(2026, 1, 1)},
        {"state": "ended"},
        {"state": "active"},
    ],
)
def test_the_database_refuses_promises_that_make_no_sense(
    lyra: Person, scraps: Substance, change: dict[str, Any]
) -> None:
    covenant = offered(lyra, scraps)

    with pytest.raises(IntegrityError), transaction.atomic():
        Covenant.objects.filter(pk=covenant.pk).update(**change)


@pytest.mark.parametrize("step", [actions.begin, actions.end])
def test_nobody_begins_or_ends_somebody_elses_promise(
    lyra: Person, enrol: Enrol, scraps: Substance, step: Any
) -> None:
    covenant = offered(lyra, scraps)

    with pytest.raises(actions.Refused, match="not yours"):
        step(enrol("Theo", "facilitator"), covenant)

    covenant.refresh_from_db()
    assert covenant.state == "offered"


def test_an_ended_promise_stays_ended(lyra: Person, promise: Promise) -> None:
    covenant = actions.end(lyra, promise(lyra))

    for step in (actions.begin, actions.end):
        with pytest.raises(actions.Refused, match="already"):
            step(lyra, covenant)


def test_the_week_in_which_a_promise_ends_no_longer_counts(lyra: Person, promise: Promise) -> None:
    covenant = promise(lyra)
    actions.end(lyra, covenant)
    covenant.refresh_from_db()

    assert [week.monday for week in queries.weeks_of(covenant, MONDAY)] == [
        date(2026, 6, 1),
        date(2026, 6, 8),
    ]


def test_the_nexus_expects_an_active_promise_until_it_ends(lyra: Person, scraps: Substance) -> None:
    covenant = offered(lyra, scraps)
    assert nexus.expectations() == []

    actions.begin(lyra, covenant)
    [expected] = nexus.expectations(f"covenant-{covenant.pk}")
    assert (expected.substance, expected.kg_week) == (scraps, Decimal(3))
    assert (expected.starts, expected.ends) == (MONDAY, date(2026, 8, 9))

    actions.end(lyra, covenant)
    assert nexus.expectations() == []


def test_the_nexus_expects_nothing_of_who_left(lyra: Person, promise: Promise) -> None:
    promise(lyra)
    people.leave(lyra)

    assert nexus.expectations() == []


def test_a_missed_week_brings_one_kind_word(lyra: Person, promise: Promise, bring: Bring) -> None:
    covenant = promise(lyra)
    bring(lyra, 1.2, 9)

    assert [actions.review(covenant.pk) for _ in range(3)] == [True] * 3
    notice = Notice.objects.get()
    assert notice.person == lyra
    assert "meant to bring 3 kg" in notice.text
    assert "1.2 kg came" in notice.text
    assert notice.link.endswith(f"/{covenant.pk}/")


def test_a_kept_week_brings_no_word(lyra: Person, promise: Promise, bring: Bring) -> None:
    covenant = promise(lyra)
    bring(lyra, 3, 9)
    actions.review(covenant.pk)

    assert Notice.objects.count() == Reminder.objects.count() == 0


def test_the_week_under_way_is_never_called_missed(lyra: Person, promise: Promise) -> None:
    actions.review(promise(lyra, since=MONDAY).pk)

    assert Notice.objects.count() == 0


def test_a_review_ends_what_has_run_out(lyra: Person, promise: Promise) -> None:
    covenant = promise(lyra)

    assert not actions.review(covenant.pk, at=datetime(2026, 7, 13, 7, tzinfo=UTC))
    covenant.refresh_from_db()
    assert (covenant.state, covenant.ended_on) == ("ended", date(2026, 7, 13))
    assert len(queries.weeks_of(covenant, date(2026, 8, 1))) == 6


def test_beginning_plans_a_look_at_each_monday(
    lyra: Person, scraps: Substance, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        covenant = actions.begin(lyra, offered(lyra, scraps))
    backend = tasks.review.get_backend()
    assert isinstance(backend, DummyBackend)
    planned = backend.results
    looks = [
        result for result in planned if result.task == tasks.review.using(run_after=result.task.run_after)
    ]

    assert [(look.args, look.task.run_after) for look in looks] == [
        ([covenant.pk], datetime(2026, 6, 22, 7, tzinfo=UTC))
    ]


@pytest.mark.database
def test_leaving_ends_promises_and_keeps_past_weeks_as_totals_only(
    lyra: Person, promise: Promise, bring: Bring
) -> None:
    promise(lyra)
    bring(lyra, 4, 2)
    bring(lyra, 1, 9)
    bring(lyra, 9, 16)
    people.leave(lyra)

    assert Covenant.objects.count() == 0
    totals = WeekTotal.objects.values_list("monday", "homes", "kept", "promised_g", "brought_g")
    assert list(totals) == [
        (date(2026, 6, 1), 1, 1, 3000, 4000),
        (date(2026, 6, 8), 1, 0, 3000, 1000),
    ]


def test_a_taken_back_drop_off_no_longer_keeps_the_promise(
    lyra: Person, promise: Promise, bring: Bring
) -> None:
    covenant = promise(lyra)
    ledger.reverse(
        bring(lyra, 3, 9).movement, recorder=None, reason="wrong", at=datetime(2026, 6, 9, 13, tzinfo=UTC)
    )
    past = queries.weeks_of(covenant, MONDAY - timedelta(days=1))

    assert (past[-1].grams, past[-1].over) == (0, False)
    assert queries.weeks_of(covenant, MONDAY)[1].standing == "missed"


def test_the_journal_holds_no_amount_and_no_name(lyra: Person, promise: Promise) -> None:
    covenant = promise(lyra)
    actions.end(lyra, covenant)
    events = Event.objects.filter(topic="covenants").values_list("kind", "payload")

    assert list(events) == [(kind, {"covenant": covenant.pk}) for kind in ("offered", "begun", "ended")]
