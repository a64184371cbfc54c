"""An evening shows what its tellers agreed to, while they agree, and nothing else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from harmonia.commons.alchemy import actions as alchemy
from harmonia.commons.festival import actions, queries
from harmonia.commons.festival.models import Evening, Turn
from harmonia.commons.notices.models import Notice
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.tapestry.conftest import Tell

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def titles(evening: Evening) -> list[str]:
    return [one.scene.thing.title for one in queries.shown(evening) if one.scene]


@pytest.mark.database
def test_nothing_is_shown_before_its_teller_said_yes(
    tell: Tell, evening: Evening, kiran: Person, theo: Person
) -> None:
    turn = actions.ask(theo, evening, tell("A stool").code)
    before = titles(evening)
    actions.answer(kiran, turn, yes=True)

    assert (before, titles(evening)) == ([], ["A stool"])
    assert Notice.objects.get(person=kiran).link == reverse("festival_evening", args=[evening.code])


@pytest.mark.database
def test_a_yes_can_become_a_no_and_a_no_stays(
    tell: Tell, evening: Evening, kiran: Person, theo: Person
) -> None:
    turn = actions.ask(theo, evening, tell("A stool").code)
    actions.answer(kiran, turn, yes=True)
    actions.answer(kiran, turn, yes=False)

    assert titles(evening) == []
    with pytest.raises(actions.Refused, match="already"):
        actions.answer(kiran, turn, yes=True)


def test_nobody_answers_for_somebody_else(tell: Tell, evening: Evening, theo: Person, lyra: Person) -> None:
    turn = actions.ask(theo, evening, tell("A stool").code)
    for person in (theo, lyra):
        with pytest.raises(actions.Refused, match="told"):
            actions.answer(person, turn, yes=True)

    assert titles(evening) == []


def test_ones_own_story_is_offered_with_consent(
    tell: Tell, evening: Evening, kiran: Person, lyra: Person
) -> None:
    code = tell("A stool").code
    with pytest.raises(actions.Refused):
        actions.ask(lyra, evening, code)
    actions.ask(kiran, evening, code)

    assert titles(evening) == ["A stool"]


@pytest.mark.parametrize("access", ["habitat", "only_me"])
def test_a_story_that_is_not_public_is_not_asked_for(
    tell: Tell, evening: Evening, kiran: Person, access: str
) -> None:
    with pytest.raises(actions.Refused, match="public"):
        actions.ask(kiran, evening, tell("A stool", access=access).code)


@pytest.mark.database
@pytest.mark.parametrize("deed", ["withdraw", "hide", "narrow", "leave"])
def test_what_is_taken_back_leaves_the_programme_at_once(
    tell: Tell, evening: Evening, kiran: Person, theo: Person, client: Client, deed: str
) -> None:
    stool = tell("A stool")
    actions.ask(kiran, evening, stool.code)
    if deed == "leave":
        people.leave(kiran)
    elif deed == "hide":
        alchemy.hide(theo, stool, reason="Names a neighbour")
    elif deed == "narrow":
        alchemy.share_with(kiran, stool, access="habitat")
    else:
        alchemy.withdraw_story(kiran, stool.story)

    assert Turn.objects.count() == 0
    assert client.get(reverse("festival_programme", args=[evening.code])).json() == {"turns": []}


@pytest.mark.database
def test_who_plans_orders_the_queue(tell: Tell, evening: Evening, kiran: Person, theo: Person) -> None:
    for title in ("A", "B", "C"):
        actions.ask(kiran, evening, tell(title).code)
    actions.move(theo, Turn.objects.get(place=3), earlier=True)
    with pytest.raises(actions.Refused):
        actions.move(kiran, Turn.objects.get(place=1), earlier=False)
    with pytest.raises(actions.Refused, match="end"):
        actions.move(theo, Turn.objects.get(place=1), earlier=True)

    assert titles(evening) == ["A", "C", "B"]


@pytest.mark.database
def test_a_story_is_on_a_programme_once(tell: Tell, evening: Evening, kiran: Person) -> None:
    code = tell("A stool").code
    actions.ask(kiran, evening, code)
    with pytest.raises(actions.Refused, match="already"):
        actions.ask(kiran, evening, code)


@pytest.mark.database
def test_the_database_keeps_the_programme_in_order(tell: Tell, evening: Evening, kiran: Person) -> None:
    turn = actions.ask(kiran, evening, tell("A stool").code)
    for change in (
        lambda: Turn.objects.filter(pk=turn.pk).update(state="perhaps"),
        lambda: Turn.objects.filter(pk=turn.pk).update(seconds=2),
        lambda: Turn.objects.filter(pk=turn.pk).update(answered_at=None),
        lambda: Turn.objects.create(evening=evening, artifact=turn.artifact, teller=turn.teller, place=9),
        lambda: Evening.objects.filter(pk=evening.pk).update(title=""),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_an_evening_lies_ahead_and_is_planned_by_those_who_may(theo: Person, lyra: Person) -> None:
    later, earlier = timezone.now() + timedelta(days=1), timezone.now() - timedelta(days=2)
    with pytest.raises(actions.Refused):
        actions.plan_evening(lyra, title="Night", place="Yard", at=later)
    with pytest.raises(actions.Refused):
        actions.plan_evening(theo, title="Night", place="Yard", at=earlier)
    with pytest.raises(actions.Refused):
        actions.plan_evening(theo, title=" ", place="Yard", at=later)


def test_pages_of_an_evening_ask_answer_and_play(
    client: Client, signed_in: SignIn, tell: Tell, evening: Evening, kiran: Person, theo: Person
) -> None:
    code = tell("A stool", story="It held. Then it broke.").code
    page = reverse("festival_evening", args=[evening.code])
    asked = signed_in(theo).post(reverse("festival_ask", args=[evening.code]), {"story": code, "seconds": 45})
    turn = Turn.objects.get()
    assert (asked.status_code, turn.seconds, turn.state) == (302, 45, "asked")
    assert "Yes, show it" in signed_in(kiran).get(page).content.decode()
    signed_in(kiran).post(reverse("festival_turn", args=[evening.code, turn.pk]), {"deed": "yes"})
    client.logout()
    played = client.get(reverse("festival_play", args=[evening.code])).content.decode()
    (shown,) = client.get(reverse("festival_programme", args=[evening.code])).json()["turns"]

    assert "It held." in played
    assert (shown["phrases"], shown["seconds"]) == (["It held.", "Then it broke."], 45)


def test_an_evening_called_off_has_no_page(client: Client, evening: Evening, theo: Person) -> None:
    actions.cancel_evening(theo, evening)
    with pytest.raises(actions.Refused):
        actions.cancel_evening(theo, evening)

    assert client.get(reverse("festival_evening", args=[evening.code])).status_code == 404
    assert client.get(reverse("festival")).status_code == 200


@pytest.mark.parametrize("name", ["festival_evening_new", "festival_evening_cancel"])
def test_planning_pages_are_for_those_who_may(
    signed_in: SignIn, evening: Evening, lyra: Person, theo: Person, name: str
) -> None:
    address = reverse(name, args=[] if name == "festival_evening_new" else [evening.code])

    assert signed_in(lyra).get(address).status_code == 403
    assert signed_in(theo).get(address).status_code == 200
