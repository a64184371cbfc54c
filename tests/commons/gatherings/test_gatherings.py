"""One press from an alarm calls everybody; every worry gets a public answer."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from harmonia.commons.gatherings import actions, queries
from harmonia.commons.gatherings.models import Concern, Gathering
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder
from harmonia.commons.nexus.models import Alarm
from harmonia.commons.notices.models import Notice
from harmonia.commons.people.actions import leave
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

SignIn = Callable[[Person], Client]
SOUR = {"ratio": 0.5, "in_days": 14, "then": 0.7, "low": 0.5, "high": 0.9, "rising": True}


@pytest.fixture
def theo(enrol: Enrol) -> Person:
    return enrol("Theo", "facilitator")


@pytest.fixture
def alarm(db: None, gate: Holder) -> Alarm:
    return Alarm.objects.create(kind=Alarm.Kind.ACIDS, since=timezone.now(), facts=SOUR)


@pytest.fixture
def called(alarm: Alarm, theo: Person, lyra: Person) -> Gathering:
    return actions.call(alarm, by=theo)


def test_one_press_on_the_page_of_the_plant_calls_everybody(
    alarm: Alarm, theo: Person, lyra: Person, signed_in: SignIn
) -> None:
    from harmonia.commons.nexus import actions as nexus
    from tests.commons.rituals.conftest import DEMO

    nexus.commission(DEMO, by=None, require_safety_readings=False)
    browser = signed_in(theo)
    page = browser.get(reverse("nexus")).content.decode()
    assert reverse("gathering_call", args=[alarm.pk]) in page
    answer = browser.post(reverse("gathering_call", args=[alarm.pk]))
    made = Gathering.objects.get()

    assert answer["Location"] == reverse("gathering", args=[made.pk])
    text = unescape(browser.get(answer["Location"]).content.decode())
    for words in (made.happened.split(".")[0], "All 2 members", made.fallback, made.place):
        assert words in text
    assert set(Notice.objects.filter(link=answer["Location"]).values_list("person__name", flat=True)) == {
        "Theo",
        "Lyra",
    }


def test_pressed_twice_it_is_called_once(alarm: Alarm, called: Gathering, theo: Person) -> None:
    assert actions.call(alarm, by=theo) == called
    assert Gathering.objects.count() == 1


def test_a_resident_cannot_call_and_cannot_answer(
    alarm: Alarm, called: Gathering, lyra: Person, signed_in: SignIn
) -> None:
    concern = actions.ask(called, lyra, kind="worry", words="Does it smell?", key="k1")
    for act in (
        lambda: actions.call(alarm, by=lyra),
        lambda: actions.answer(concern, by=lyra, words="No"),
        lambda: actions.close(called, by=lyra, outcome="Done"),
    ):
        with pytest.raises(actions.Refused, match="role"):
            act()
    assert signed_in(lyra).post(reverse("gathering_call", args=[alarm.pk])).status_code == 403


def test_the_plant_rests_at_once_when_it_is_sour_and_eats_again_afterwards(
    called: Gathering, theo: Person
) -> None:
    assert {"food_waste", "leaves"} <= {c.substance.code for c in books.closures().values()}
    assert next(iter(books.closures().values())).instead == called.fallback
    actions.end_rest(called, by=theo)
    assert books.closures() == {}
    assert actions.let_rest(called, by=theo) > 3
    actions.close(called, by=theo, outcome="We feed half for two weeks.")

    assert books.closures() == {}


def test_an_alarm_about_old_readings_closes_nothing(theo: Person, gate: Holder) -> None:
    stale = Alarm.objects.create(kind=Alarm.Kind.READINGS, since=timezone.now(), facts={"kinds": ["ph"]})
    actions.call(stale, by=theo)

    assert books.closures() == {}


def test_it_meets_on_the_next_evening_that_is_three_hours_away() -> None:
    noon = timezone.localtime().replace(hour=12, minute=0)
    late = noon.replace(hour=16)

    assert actions.next_evening(noon) == noon.replace(hour=18, minute=0, second=0, microsecond=0)
    assert actions.next_evening(late).date() == (late + timedelta(days=1)).date()


def test_every_question_gets_a_public_answer_and_who_asked_is_told(
    called: Gathering, theo: Person, lyra: Person, client: Client
) -> None:
    asked = actions.ask(called, lyra, kind="question", words="May I bring fruit?", key="k1")
    assert actions.ask(called, lyra, kind="question", words="May I bring fruit?", key="k1") == asked
    with pytest.raises(actions.Refused, match="wait for an answer"):
        actions.close(called, by=theo, outcome="All is well.")
    actions.answer(asked, by=theo, words="Not before Sunday.")
    page = client.get(reverse("gathering", args=[called.pk])).content.decode()

    assert "Not before Sunday." in page
    assert "Lyra" not in page  # names are for members
    assert Notice.objects.filter(person=lyra, subject="Your question has an answer").count() == 1
    actions.close(called, by=theo, outcome="We feed half for two weeks.")
    called.refresh_from_db()
    assert (called.state, called.outcome) == ("closed", "We feed half for two weeks.")


@pytest.mark.database
def test_the_database_lets_nobody_close_on_an_open_question(called: Gathering, lyra: Person) -> None:
    actions.ask(called, lyra, kind="question", words="May I bring fruit?", key="k1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Gathering.objects.filter(pk=called.pk).update(state="closed", over_at=timezone.now())


@pytest.mark.database
def test_the_database_takes_nothing_after_the_end(called: Gathering, theo: Person, lyra: Person) -> None:
    actions.call_off(called, by=theo, reason="A false alarm: the meter was wet")
    with pytest.raises(actions.Refused, match="step"):
        actions.ask(called, lyra, kind="worry", words="Too late", key="k2")
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.create(
            gathering=called,
            kind="worry",
            words="Too late",
            token=called.called_by,
            at=timezone.now(),
            key="k",
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Gathering.objects.filter(pk=called.pk).update(state="open", over_at=None)


def test_words_can_be_taken_back_by_who_said_them_and_go_with_them(
    called: Gathering, theo: Person, lyra: Person, enrol: Enrol
) -> None:
    mine = actions.ask(called, lyra, kind="worry", words="My street smells", key="k1")
    other = actions.ask(called, lyra, kind="worry", words="My sister is ill", key="k2")
    with pytest.raises(actions.Refused, match="somebody else"):
        actions.take_back(mine, enrol("Noor"))
    actions.take_back(mine, lyra)
    mine.refresh_from_db()
    assert (mine.state, mine.words) == ("taken_back", "")
    assert queries.export(lyra)[-1]["words"] == "My sister is ill"
    leave(lyra)
    other.refresh_from_db()
    assert other.words == ""


def test_pages_of_those_who_called_lead_from_the_call_to_the_close(
    called: Gathering, theo: Person, lyra: Person, signed_in: SignIn
) -> None:
    browser = signed_in(theo)
    asked = actions.ask(called, lyra, kind="question", words="May I bring fruit?", key="k1")

    def post(step: str, **values: str) -> None:
        address = reverse("gathering_step", args=[called.pk, step])
        assert browser.get(address).status_code == 200
        assert browser.post(address, values).status_code == 302, step

    post("change", place="School", starts_at="2030-05-01T18:00", fallback="the city's brown bin")
    post("eat")
    post("rest")
    post("open")
    answer = reverse("gathering_answer", args=[called.pk, asked.pk])
    assert browser.post(answer, {"words": ""}).status_code == 422
    assert browser.post(answer, {"words": "On Sunday."}).status_code == 302
    post("close", outcome="Half the feed for two weeks.")
    called.refresh_from_db()

    assert (called.state, called.place, called.fallback) == ("closed", "School", "the city's brown bin")
    assert "Half the feed" in browser.get(reverse("gatherings")).content.decode()
