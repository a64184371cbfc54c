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
from harmonia.commons.voice import actions, box, papers, queries, roll
from harmonia.commons.voice.content import Content, approving
from harmonia.commons.voice.models import Ballot, Option, Upgrade, Voter
from tests.commons.conftest import Enrol
from tests.commons.voice.conftest import Pick, Vote

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def raw(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_voting_twice_counts_once_and_the_last_one_counts(voting: Upgrade, lyra: Person, vote: Vote) -> None:
    key = vote(lyra, voting, "bag")
    vote(lyra, voting, "tank", key=key)
    vote(lyra, voting, "water", key=key)

    assert [said.choice for said in box.contents(voting)] == [frozenset({"water"})]
    assert roll.voted(voting) == 1


def test_a_second_key_is_no_second_vote(voting: Upgrade, lyra: Person, vote: Vote) -> None:
    vote(lyra, voting, "bag")

    with pytest.raises(actions.Refused, match="with another key"):
        vote(lyra, voting, "tank")

    assert [said.choice for said in box.contents(voting)] == [frozenset({"bag"})]


@pytest.mark.parametrize("key", ["", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "x" * 300, "ÄÖÜ", "' OR 1=1 --"])
def test_an_invented_key_opens_nothing(voting: Upgrade, lyra: Person, key: str) -> None:
    with pytest.raises(actions.Refused, match="no ballot key"):
        actions.cast(lyra, voting, key, approving(["bag"]))

    assert (box.papers(voting), roll.voted(voting)) == (0, 0)


def test_a_key_of_another_vote_is_no_key_of_this_one(voting: Upgrade, lyra: Person) -> None:
    with pytest.raises(actions.Refused, match="no ballot key"):
        actions.cast(lyra, voting, papers.mint(voting.pk + 1), approving(["bag"]))


def test_a_key_is_read_as_people_write_it(voting: Upgrade, lyra: Person, vote: Vote) -> None:
    key = vote(lyra, voting, "bag")
    vote(lyra, voting, "tank", key=f" {key.lower().replace('-', ' ')} ")

    assert box.papers(voting) == 1


@pytest.mark.database
def test_the_database_refuses_a_second_ballot_on_one_paper(voting: Upgrade, lyra: Person, vote: Vote) -> None:
    vote(lyra, voting, "bag")
    first = Ballot.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(
            upgrade=voting, paper=first.paper, content=first.content, salt=first.salt, seal="0" * 64
        )


def test_after_the_close_a_ballot_stays_as_it_was(
    voting: Upgrade, theo: Person, lyra: Person, vote: Vote
) -> None:
    key = vote(lyra, voting, "bag")
    actions.close_vote(voting, by=theo)
    with pytest.raises(actions.Refused, match="not open"):
        vote(lyra, voting, "tank", key=key)

    assert [said.choice for said in box.contents(voting)] == [frozenset({"bag"})]


def test_before_the_opening_nobody_votes(settled: Upgrade, lyra: Person, vote: Vote) -> None:
    with pytest.raises(actions.Refused, match="not open"):
        vote(lyra, settled, "bag")


def test_somebody_who_left_cannot_vote_and_gets_no_new_pseudonym(
    voting: Upgrade, lyra: Person, vote: Vote
) -> None:
    people.leave(lyra)

    with pytest.raises(actions.Refused, match="Only members"):
        vote(lyra, voting, "bag")

    assert not Pseudonym.objects.filter(person=lyra).exists()


def test_a_session_that_outlives_its_person_cannot_vote(
    voting: Upgrade, lyra: Person, signed_in: SignIn
) -> None:
    browser = signed_in(lyra)
    people.leave(lyra)
    response = browser.post(reverse("upgrade_ballot", args=[voting.pk]), {"option-bag": "on"})

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign_in"))
    assert Ballot.objects.count() == 0


def test_a_visitor_without_an_account_cannot_vote(client: Client, voting: Upgrade) -> None:
    response = client.post(reverse("upgrade_ballot", args=[voting.pk]), {"option-bag": "on"})

    assert response["Location"].startswith(reverse("sign_in"))
    assert Ballot.objects.count() == 0


def test_friends_invited_while_the_vote_is_on_have_no_vote_in_it(
    voting: Upgrade, enrol: Enrol, vote: Vote
) -> None:
    with pytest.raises(actions.Refused, match="joined after"):
        vote(enrol("Late"), voting, "bag")


def test_a_newcomer_nobody_vouched_for_is_not_on_the_roll(
    settled: Upgrade, theo: Person, lyra: Person, vote: Vote
) -> None:
    link = people.invite(theo)
    new = people.join(link.code, email="new@example.org", name="New", password="digest-more-7")
    voting = actions.open_vote(settled, by=theo)

    assert voting.electorate == 2
    with pytest.raises(actions.Refused, match="vouch"):
        vote(new, voting, "bag")


def test_children_vote_only_where_the_question_says_so(settled: Upgrade, theo: Person, lyra: Person) -> None:
    people.enrol(email="kid@example.org", name="Kid", password=None, guardian=lyra)
    grown = {p.name for p in roll.electorate(settled)}
    actions.define_electorate(settled, by=theo, age="everybody")
    settled.refresh_from_db()

    assert grown == {"Theo", "Lyra"}
    assert {p.name for p in roll.electorate(settled)} == {"Theo", "Lyra", "Kid"}


def test_a_household_shares_one_ballot_paper(
    settled: Upgrade, theo: Person, lyra: Person, vote: Vote
) -> None:
    ana = people.enrol(email="ana@example.org", name="Ana", password=None, home_of=lyra)
    actions.define_electorate(settled, by=theo, per="household")
    voting = actions.open_vote(settled, by=theo)
    key = vote(lyra, voting, "bag")
    with pytest.raises(actions.Refused, match="with another key"):
        vote(ana, voting, "tank")
    vote(ana, voting, "tank", key=key)

    assert voting.electorate == 2
    assert [said.choice for said in box.contents(voting)] == [frozenset({"tank"})]


def test_somebody_without_the_role_cannot_vote(voting: Upgrade, lyra: Person, vote: Vote) -> None:
    lyra.groups.clear()

    with pytest.raises(actions.Refused, match="Only members"):
        vote(Person.objects.get(pk=lyra.pk), voting, "bag")


@pytest.mark.parametrize(
    "said",
    [
        Content({"foreign": 1}),
        Content({"bag": 2}),
        Content({"bag": -1}),
        Content({"bag": 1}, scored=True),
        Content({}, ("money",)),
        Content({}, ("sour_risk", "sour_risk")),
    ],
)
def test_what_nobody_could_put_on_this_ballot_leaves_it_as_it_was(
    voting: Upgrade, lyra: Person, said: Content
) -> None:
    with pytest.raises(actions.Refused, match="stays as it was"):
        actions.cast(lyra, voting, papers.mint(voting.pk), said)

    assert (box.papers(voting), roll.voted(voting)) == (0, 0)


def test_what_is_vetoed_or_must_be_done_is_not_on_the_ballot(
    drafted: Upgrade, theo: Person, lyra: Person, enrol: Enrol, vote: Vote, pick: Pick
) -> None:
    holder = enrol("Holder", "licensee")
    [bag], [tank] = pick("bag"), pick("tank")
    actions.revise_option(bag, by=theo, mandatory=True, mandatory_why="The inspector asks for it.")
    actions.add_option(drafted, by=theo, title="Hose", description="", cost=1)
    actions.foresee_option(bag.pk)
    actions.open_options(drafted, by=theo)
    actions.veto(tank, by=holder, why="No permit for a second tank.")
    actions.settle_options(drafted, by=theo, uncompared_why="No plant.")
    voting = actions.open_vote(drafted, by=theo)
    for code in ("bag", "tank"):
        with pytest.raises(actions.Refused, match="no option"):
            vote(lyra, voting, code)
    vote(lyra, voting, "water")
    closed = actions.close_vote(voting, by=theo)

    assert [o.code for o in queries.bought(closed)] == ["bag", "water"]
    assert queries.spent(closed) == 320


def test_a_veto_is_public_with_a_reason_and_only_before_the_opening(
    settled: Upgrade, theo: Person, lyra: Person, enrol: Enrol, pick: Pick
) -> None:
    holder = enrol("Holder", "licensee")
    [tank], [bag] = pick("tank"), pick("bag")
    for person in (theo, lyra):
        with pytest.raises(actions.Refused, match="role"):
            actions.veto(tank, by=person, why="No.")
    with pytest.raises(actions.Refused, match="reason"):
        actions.veto(tank, by=holder, why="  ")
    actions.veto(tank, by=holder, why="No permit.")
    actions.open_vote(settled, by=theo)

    with pytest.raises(actions.Refused, match="nobody can veto"):
        actions.veto(bag, by=holder, why="Changed my mind.")
    assert queries.vetoed_by(Option.objects.get(code="tank")) == "Holder"


def test_two_options_that_no_plant_can_have_together_must_exclude_each_other(
    shown: Upgrade, theo: Person
) -> None:
    for title, value in (("Warm", 35.0), ("Warmer", 37.0)):
        edits = [{"field": "temperature_c", "operation": "set", "value": value}]
        option = actions.add_option(shown, by=theo, title=title, description="", cost=5, edits=edits)
        actions.foresee_option(option.pk)
    actions.settle_options(shown, by=theo, uncompared_why="No plant.")
    with pytest.raises(actions.Refused, match="Warm, Warmer"):
        actions.open_vote(shown, by=theo)
    actions.open_options(shown, by=theo)
    actions.revise_option(Option.objects.get(code="warm"), by=theo, excludes=["warmer"])
    actions.settle_options(shown, by=theo, uncompared_why="No plant.")

    assert actions.open_vote(shown, by=theo).state == "voting"


def test_what_needs_a_vetoed_option_keeps_the_vote_from_opening(
    shown: Upgrade, theo: Person, enrol: Enrol, pick: Pick
) -> None:
    holder = enrol("Holder", "licensee")
    [tank] = pick("tank")
    actions.add_option(shown, by=theo, title="Hose", description="", cost=5, needs=["tank"])
    actions.settle_options(shown, by=theo, uncompared_why="No plant.")
    actions.veto(tank, by=holder, why="No permit.")

    with pytest.raises(actions.Refused, match="Hose"):
        actions.open_vote(shown, by=theo)


CHANGES = [
    "UPDATE voice_option SET cost = 1 WHERE upgrade_id = %s",
    "UPDATE voice_option SET title = 'Free beer' WHERE upgrade_id = %s",
    "UPDATE voice_option SET foreseen = '{}' WHERE upgrade_id = %s",
    "DELETE FROM voice_option WHERE upgrade_id = %s",
    "INSERT INTO voice_option (upgrade_id, code, title, description, cost, labour_h, edits, foresight, foreseen,"
    " foreseen_note, who, needs, excludes, substitutes, mandatory, mandatory_why, veto_why)"
    " VALUES (%s, 'late', 'Late', '', 1, 0, '[]', 'unneeded', '{}', '', '', '[]', '[]', '[]', FALSE, '', '')",
    "UPDATE voice_option SET mandatory = TRUE, mandatory_why = 'x' WHERE upgrade_id = %s",
    "UPDATE voice_option SET needs = '[\"bag\"]' WHERE upgrade_id = %s",
    "UPDATE voice_upgrade SET budget = 5000 WHERE id = %s",
    "UPDATE voice_upgrade SET per = 'household' WHERE id = %s",
    "UPDATE voice_upgrade SET ballot_kind = 'score' WHERE id = %s",
    "UPDATE voice_upgrade SET electorate = 1 WHERE id = %s",
    "UPDATE voice_upgrade SET frozen_sha256 = 'forged' WHERE id = %s",
    "UPDATE voice_upgrade SET frozen = '{}' WHERE id = %s",
    "UPDATE voice_upgrade SET closes_on = '2020-01-01' WHERE id = %s",
    "UPDATE voice_upgrade SET state = 'open' WHERE id = %s",
    "UPDATE voice_upgrade SET state = 'drafting' WHERE id = %s",
    "UPDATE voice_upgrade SET state = 'foreseen' WHERE id = %s",
    "DELETE FROM voice_voter WHERE upgrade_id = %s",
    "DELETE FROM voice_logentry WHERE upgrade_id = %s",
    "UPDATE voice_logentry SET digest = digest WHERE upgrade_id = %s",
    "UPDATE voice_checkpoint SET note = 'forged' WHERE upgrade_id = %s",
    "DELETE FROM voice_checkpoint WHERE upgrade_id = %s",
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
@pytest.mark.parametrize("state", ["foreseen", "decided", "withdrawn"])
def test_the_database_takes_ballots_only_while_voting_is_on(
    settled: Upgrade, theo: Person, lyra: Person, vote: Vote, state: str
) -> None:
    if state != "foreseen":
        voting = actions.open_vote(settled, by=theo)
        vote(lyra, voting, "bag")
        (actions.close_vote if state == "decided" else actions.withdraw)(voting, by=theo)
        with pytest.raises(IntegrityError, match="not open"):
            raw("DELETE FROM voice_ballot")

    with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
        Ballot.objects.create(upgrade=settled, paper="p", content="approve []", salt="s", seal="z")


@pytest.mark.database
def test_no_ballot_is_ever_rewritten(voting: Upgrade, lyra: Person, vote: Vote) -> None:
    vote(lyra, voting, "bag")

    with pytest.raises(IntegrityError, match="voice"):
        raw("UPDATE voice_ballot SET content = 'approve [\"tank\"]'")


@pytest.mark.database
def test_the_roll_takes_nobody_in_and_forgets_no_vote_once_voting_is_on(
    voting: Upgrade, lyra: Person, vote: Vote
) -> None:
    vote(lyra, voting, "bag")
    with pytest.raises(IntegrityError, match="roll"), transaction.atomic():
        Voter.objects.create(upgrade=voting, voter=uuid4())

    for change in ("voted = FALSE", f"voter = '{uuid4()}'"):
        with pytest.raises(IntegrityError, match="roll"):
            raw(f"UPDATE voice_voter SET {change} WHERE voted")


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
        lambda: actions.revise_option(bag, by=theo, cost=1),
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
    monkeypatch.setattr("harmonia.commons.nexus.actions.foresee", lambda edits, until: {"after": "other"})
    actions.foresee_option(bag.pk)

    assert queries.is_intact(voting)


def test_a_page_of_changed_options_says_that_they_were_changed(voting: Upgrade) -> None:
    voting.frozen = voting.frozen.replace("Bag", "Bug")
    voting.frozen_sha256 = "0" * 64

    assert not queries.is_intact(voting)


STEPS = ["open", "settle", "vote", "close", "schedule", "activate", "account", "reopen", "withdraw"]


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


def test_a_vote_cannot_be_closed_before_its_last_day_by_moving_the_day(
    settled: Upgrade, theo: Person
) -> None:
    day = timezone.localdate() + timedelta(days=7)
    voting = actions.open_vote(settled, by=theo, closes_on=day)

    with pytest.raises(IntegrityError, match="keeps"):
        raw("UPDATE voice_upgrade SET closes_on = NULL WHERE id = %s", voting.pk)


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "'; DROP TABLE voice_option; --", 'a;b\n"c'])
def test_hostile_titles_are_only_text(
    theo: Person, lyra: Person, signed_in: SignIn, vote: Vote, title: str
) -> None:
    from harmonia.science.choice import read_bundle, recount

    upgrade = actions.draft(theo, title=title, budget=10)
    for n in range(2):
        actions.add_option(upgrade, by=theo, title=f"{title}{n}", description=title, cost=5)
    actions.open_options(upgrade, by=theo)
    actions.settle_options(upgrade, by=theo)
    actions.open_vote(upgrade, by=theo)
    vote(lyra, upgrade, *upgrade.options.values_list("code", flat=True))
    closed = actions.close_vote(upgrade, by=theo)
    page = signed_in(lyra).get(reverse("upgrade", args=[upgrade.pk])).content.decode()

    assert "<script>alert" not in page
    assert closed.bundle is not None
    assert recount(read_bundle(bytes(closed.bundle))) is None
