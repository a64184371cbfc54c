"""What somebody clever or careless might try."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person, Pseudonym
from harmonia.commons.voice import actions, queries
from harmonia.commons.voice.models import Approval, Upgrade
from tests.commons.conftest import Enrol
from tests.commons.voice.conftest import Pick

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def raw(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_voting_twice_counts_once(voting: Upgrade, lyra: Person, signed_in: SignIn, pick: Pick) -> None:
    [bag] = pick("bag")
    browser = signed_in(lyra)
    for _ in range(3):
        browser.post(reverse("upgrade_approve", args=[voting.pk]), {"option": [bag.pk, bag.pk]})
    actions.approve(lyra, voting, [bag])

    assert queries.support(voting, with_names=True)[bag.pk].count == 1


@pytest.mark.database
def test_the_database_refuses_a_second_approval_of_the_same_voice(
    voting: Upgrade, lyra: Person, pick: Pick
) -> None:
    actions.approve(lyra, voting, pick("bag"))
    first = Approval.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(option=first.option, token=first.token, at=first.at)


def test_after_the_close_a_ballot_stays_as_it_was(
    voting: Upgrade, theo: Person, lyra: Person, signed_in: SignIn, pick: Pick
) -> None:
    actions.approve(lyra, voting, pick("bag"))
    actions.close_vote(voting, by=theo)
    [tank] = pick("tank")
    page = signed_in(lyra).post(
        reverse("upgrade_approve", args=[voting.pk]), {"option": tank.pk}, follow=True
    )

    assert "This vote is not open" in page.content.decode()
    assert [a.option.code for a in Approval.objects.all()] == ["bag"]


def test_before_the_opening_nobody_votes(shown: Upgrade, lyra: Person, pick: Pick) -> None:
    with pytest.raises(actions.Refused, match="not open"):
        actions.approve(lyra, shown, pick("bag"))


def test_somebody_who_left_cannot_vote_and_gets_no_new_pseudonym(
    voting: Upgrade, lyra: Person, pick: Pick
) -> None:
    people.leave(lyra)

    with pytest.raises(actions.Refused, match="Only members"):
        actions.approve(lyra, voting, pick("bag"))

    assert not Pseudonym.objects.filter(person=lyra).exists()


def test_a_session_that_outlives_its_person_cannot_vote(
    voting: Upgrade, lyra: Person, signed_in: SignIn, pick: Pick
) -> None:
    browser = signed_in(lyra)
    people.leave(lyra)
    [bag] = pick("bag")
    response = browser.post(reverse("upgrade_approve", args=[voting.pk]), {"option": bag.pk})

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign_in"))
    assert Approval.objects.count() == 0


def test_a_visitor_without_an_account_cannot_vote(client: Client, voting: Upgrade, pick: Pick) -> None:
    [bag] = pick("bag")
    response = client.post(reverse("upgrade_approve", args=[voting.pk]), {"option": bag.pk})

    assert response["Location"].startswith(reverse("sign_in"))
    assert Approval.objects.count() == 0


def test_friends_invited_while_the_vote_is_on_have_no_vote_in_it(
    voting: Upgrade, enrol: Enrol, pick: Pick
) -> None:
    with pytest.raises(actions.Refused, match="joined after"):
        actions.approve(enrol("Late"), voting, pick("bag"))


def test_somebody_without_the_role_cannot_vote(voting: Upgrade, lyra: Person, pick: Pick) -> None:
    lyra.groups.clear()

    with pytest.raises(actions.Refused, match="Only members"):
        actions.approve(Person.objects.get(pk=lyra.pk), voting, pick("bag"))


def test_an_option_of_another_question_cannot_be_approved_here(
    voting: Upgrade, theo: Person, lyra: Person, signed_in: SignIn, pick: Pick
) -> None:
    actions.approve(lyra, voting, pick("bag"))
    other = actions.draft(theo, title="Other", budget=5)
    foreign = actions.add_option(other, by=theo, title="Foreign", description="", cost=1)
    page = signed_in(lyra).post(
        reverse("upgrade_approve", args=[voting.pk]), {"option": foreign.pk}, follow=True
    )

    assert "That is no option of this vote" in page.content.decode()
    assert [a.option.code for a in Approval.objects.all()] == ["bag"]


@pytest.mark.parametrize("value", ["0", "-1", "9" * 30, "1 OR 1=1", "", "²", "<b>"])
def test_hostile_option_numbers_leave_the_ballot_as_it_was(
    voting: Upgrade, lyra: Person, signed_in: SignIn, pick: Pick, value: str
) -> None:
    actions.approve(lyra, voting, pick("bag"))
    page = signed_in(lyra).post(reverse("upgrade_approve", args=[voting.pk]), {"option": value}, follow=True)

    assert "That is no option of this vote" in page.content.decode()
    assert Approval.objects.count() == 1


CHANGES = [
    "UPDATE voice_option SET cost = 1 WHERE upgrade_id = %s",
    "UPDATE voice_option SET title = 'Free beer' WHERE upgrade_id = %s",
    "UPDATE voice_option SET foreseen = '{}' WHERE upgrade_id = %s",
    "DELETE FROM voice_option WHERE upgrade_id = %s",
    "INSERT INTO voice_option (upgrade_id, code, title, description, cost, labour_h, edits, foresight, foreseen,"
    " foreseen_note) VALUES (%s, 'late', 'Late', '', 1, 0, '[]', 'unneeded', '{}', '')",
    "UPDATE voice_upgrade SET budget = 5000 WHERE id = %s",
    "UPDATE voice_upgrade SET electorate = 1 WHERE id = %s",
    "UPDATE voice_upgrade SET frozen_sha256 = 'forged' WHERE id = %s",
    "UPDATE voice_upgrade SET frozen = '{}' WHERE id = %s",
    "UPDATE voice_upgrade SET closes_on = '2020-01-01' WHERE id = %s",
    "UPDATE voice_upgrade SET state = 'open' WHERE id = %s",
    "UPDATE voice_upgrade SET state = 'drafting' WHERE id = %s",
    "DELETE FROM voice_upgrade WHERE id = %s",
]


@pytest.mark.database
@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize("state", ["voting", "decided"])
def test_the_database_refuses_to_change_what_people_vote_on(
    voting: Upgrade, theo: Person, state: str, statement: str
) -> None:
    if state == "decided":
        actions.close_vote(voting, by=theo)
    with pytest.raises(IntegrityError, match="voice"):
        raw(statement, voting.pk)

    voting.refresh_from_db()
    assert queries.is_intact(voting)


@pytest.mark.database
def test_an_option_cannot_be_moved_into_or_out_of_a_vote(voting: Upgrade, theo: Person) -> None:
    other = actions.draft(theo, title="Other", budget=5)
    foreign = actions.add_option(other, by=theo, title="Foreign", description="", cost=1)

    with pytest.raises(IntegrityError, match="frozen"):
        raw("UPDATE voice_option SET upgrade_id = %s WHERE id = %s", voting.pk, foreign.pk)
    with pytest.raises(IntegrityError, match="frozen"):
        raw("UPDATE voice_option SET upgrade_id = %s WHERE upgrade_id = %s", other.pk, voting.pk)


@pytest.mark.database
@pytest.mark.parametrize("state", ["open", "decided", "withdrawn"])
def test_the_database_takes_ballots_only_while_voting_is_on(
    shown: Upgrade, theo: Person, lyra: Person, pick: Pick, state: str
) -> None:
    [bag] = pick("bag")
    if state != "open":
        voting = actions.open_vote(shown, by=theo)
        actions.approve(lyra, voting, [bag])
        (actions.close_vote if state == "decided" else actions.withdraw)(voting, by=theo)
        for statement in ("DELETE FROM voice_approval", "UPDATE voice_approval SET token = token"):
            with pytest.raises(IntegrityError, match="not open"):
                raw(statement)

    with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
        Approval.objects.create(option=bag, token=uuid4(), at=timezone.now())


@pytest.mark.database
def test_the_database_keeps_the_decision_once_made(voting: Upgrade, theo: Person) -> None:
    actions.close_vote(voting, by=theo)

    for statement in (
        'UPDATE voice_upgrade SET decision = \'{"winners": ["tank"]}\' WHERE id = %s',
        "UPDATE voice_upgrade SET decision = NULL, state = 'voting' WHERE id = %s",
        "UPDATE voice_upgrade SET bundle = NULL WHERE id = %s",
    ):
        with pytest.raises(IntegrityError):
            raw(statement, voting.pk)


def test_options_stay_as_they_are_for_everybody_once_voting_is_on(
    voting: Upgrade, theo: Person, pick: Pick
) -> None:
    [bag] = pick("bag")
    for attempt in (
        lambda: actions.add_option(voting, by=theo, title="Late", description="", cost=1),
        lambda: actions.remove_option(bag, by=theo),
        lambda: actions.ask_twin(bag, by=theo),
    ):
        with pytest.raises(actions.Refused, match="stay as they are"):
            attempt()


def test_a_slow_answer_of_the_twin_changes_nothing_once_voting_is_on(
    voting: Upgrade, monkeypatch: pytest.MonkeyPatch, pick: Pick
) -> None:
    [bag] = pick("bag")
    monkeypatch.setattr("harmonia.commons.nexus.actions.foresee", lambda edits: {"after": "other"})
    actions.foresee_option(bag.pk)

    assert queries.is_intact(voting)


def test_a_page_of_changed_options_says_that_they_were_changed(voting: Upgrade) -> None:
    voting.frozen = voting.frozen.replace("Bag", "Bug")
    voting.frozen_sha256 = "0" * 64

    assert not queries.is_intact(voting)


STEPS = ["open", "vote", "close", "activate", "withdraw"]


@pytest.mark.parametrize("step", STEPS)
def test_a_resident_cannot_move_a_question_on(
    shown: Upgrade, lyra: Person, signed_in: SignIn, step: str
) -> None:
    response = signed_in(lyra).post(reverse("upgrade_step", args=[shown.pk, step]))
    shown.refresh_from_db()

    assert response.status_code == 403
    assert shown.state == "open"


def test_a_draft_is_hidden_from_residents_and_visitors(
    client: Client, drafted: Upgrade, lyra: Person, signed_in: SignIn
) -> None:
    address = reverse("upgrade", args=[drafted.pk])
    before = client.get(address).status_code
    browser = signed_in(lyra)

    assert (before, browser.get(address).status_code) == (404, 404)
    assert drafted.title not in browser.get(reverse("choose")).content.decode()


def test_a_vote_cannot_be_closed_before_its_last_day_by_moving_the_day(shown: Upgrade, theo: Person) -> None:
    day = timezone.localdate() + timedelta(days=7)
    voting = actions.open_vote(shown, by=theo, closes_on=day)

    with pytest.raises(IntegrityError, match="keeps"):
        raw("UPDATE voice_upgrade SET closes_on = NULL WHERE id = %s", voting.pk)


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "'; DROP TABLE voice_option; --", 'a;b\n"c'])
def test_hostile_titles_are_only_text(theo: Person, lyra: Person, signed_in: SignIn, title: str) -> None:
    from harmonia.science.choice import read_bundle, recount

    upgrade = actions.draft(theo, title=title, budget=10)
    for n in range(2):
        actions.add_option(upgrade, by=theo, title=f"{title}{n}", description=title, cost=5)
    actions.open_options(upgrade, by=theo)
    actions.open_vote(upgrade, by=theo)
    actions.approve(lyra, upgrade, upgrade.options.all())
    closed = actions.close_vote(upgrade, by=theo)
    page = signed_in(lyra).get(reverse("upgrade", args=[upgrade.pk])).content.decode()

    assert "<script>alert" not in page
    assert closed.bundle is not None
    assert recount(read_bundle(bytes(closed.bundle))) is None
