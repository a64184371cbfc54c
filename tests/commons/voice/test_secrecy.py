"""Nothing stored or logged joins a person to what they voted."""

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions, box, papers, roll
from harmonia.commons.voice.content import approving
from harmonia.commons.voice.models import Ballot, LogEntry, SheetReading, Upgrade, Voter
from tests.commons.conftest import Enrol
from tests.commons.voice.conftest import Vote

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
NINE = ("Ana", "Ben", "Cem", "Dora", "Eli", "Fay", "Gus", "Hal", "Ida")


def rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every row of every table of the database, as texts."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield table, tuple(str(value).replace("-", "").lower() for value in row)


def about(person: Person) -> set[str]:
    """Everything by which a row could mean this person."""
    return {token_of(person).hex, person.home.hex, person.name.lower(), str(person.email).lower()}


def secrets_of(upgrade: Upgrade, key: str) -> set[str]:
    """Everything by which a row could mean the ballot under a key."""
    paper = papers.paper_of(upgrade.pk, key)
    ballot = Ballot.objects.get(upgrade=upgrade, paper=paper)
    return {
        key.replace("-", "").lower(),
        paper,
        ballot.seal,
        ballot.salt,
        ballot.pk.hex,
        ballot.content.lower(),
    }


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """All lines of all loggers, from INFO on: the finest level a site writes."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield kept
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def cast_in_a_browser(browser: Client, upgrade: Upgrade, *codes: str) -> str:
    """Vote as a person does; return the key that the browser kept."""
    address = reverse("upgrade_ballot", args=[upgrade.pk])
    browser.get(address)
    response = browser.post(address, {f"option-{code}": "on" for code in codes})
    assert response.status_code == 302, response.content.decode()
    return next(morsel.value for name, morsel in browser.cookies.items() if name.startswith("ballot-"))


@pytest.mark.database
@pytest.mark.parametrize("closed", [False, True], ids=["while voting", "after the close"])
def test_no_stored_row_joins_a_person_to_a_ballot(
    voting: Upgrade, lyra: Person, theo: Person, signed_in: SignIn, closed: bool
) -> None:
    key = cast_in_a_browser(signed_in(lyra), voting, "bag", "water")
    secret, person = secrets_of(voting, key), about(lyra)
    if closed:
        actions.close_vote(voting, by=theo)
    joined, ballots = [], 0
    for table, row in rows():
        holds_person = any(mark in value for mark in person for value in row)
        holds_ballot = any(mark in value for mark in secret for value in row)
        ballots += holds_ballot
        if holds_person and holds_ballot:
            joined.append(table)

    assert joined == []
    assert ballots  # the search does find the ballot where it is


def test_no_column_leads_from_the_box_to_the_roll_or_to_a_time() -> None:
    for model in (Ballot, LogEntry, Voter):
        kinds = {type(field) for field in model._meta.get_fields()}

        assert not kinds & {models.DateTimeField, models.DateField, models.TimeField}
        assert {f.related_model for f in model._meta.get_fields() if f.related_model} == {Upgrade}
    pointing = [
        relation.related_model
        for model in apps.get_models()
        for relation in model._meta.related_objects
        if model in (Ballot, LogEntry, Voter)
    ]
    assert pointing == []


def test_no_log_line_tells_a_name_a_key_or_a_choice(voting: Upgrade, lyra: Person, signed_in: SignIn) -> None:
    browser = signed_in(lyra)
    with everything_logged() as kept:
        key = cast_in_a_browser(browser, voting, "bag", "tank")
        browser.post(
            reverse("upgrade_ballot", args=[voting.pk]), {"option-tank": "on", "rank-sour_risk": "9"}
        )
    text = kept.getvalue().replace("-", "").lower()

    assert [
        m for m in about(lyra) | secrets_of(voting, key) | {"option-bag", "optiontank"} if m in text
    ] == []


def test_the_key_lies_in_the_voters_own_browser_and_scripts_cannot_read_it(
    voting: Upgrade, lyra: Person, theo: Person, signed_in: SignIn
) -> None:
    browser = signed_in(lyra)
    browser.get(reverse("upgrade_ballot", args=[voting.pk]))
    [(name, cookie)] = [(n, c) for n, c in browser.cookies.items() if n.startswith("ballot-")]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert cookie["path"] == reverse("upgrade_ballot", args=[voting.pk])
    assert name != papers.drawer(voting.pk, str(token_of(theo)))
    assert token_of(lyra).hex[:12] not in name


def test_another_member_at_the_same_browser_does_not_see_the_ballot(
    voting: Upgrade, lyra: Person, theo: Person, signed_in: SignIn
) -> None:
    browser = signed_in(lyra)
    cast_in_a_browser(browser, voting, "bag")
    address = reverse("upgrade_ballot", args=[voting.pk])
    assert " checked" in browser.get(address).content.decode()
    browser.force_login(theo, backend="django.contrib.auth.backends.ModelBackend")

    assert " checked" not in browser.get(address).content.decode()


def test_a_changed_mind_leaves_nothing_of_the_former_one(voting: Upgrade, lyra: Person, vote: Vote) -> None:
    key = vote(lyra, voting, "tank")
    former = secrets_of(voting, key) - {key.replace("-", "").lower(), papers.paper_of(voting.pk, key)}
    former_seal = Ballot.objects.get().seal
    vote(lyra, voting, "bag", key=key)
    kept = [(table, mark) for table, row in rows() for value in row for mark in former if mark == value]

    assert set(kept) == {("voice_logentry", former_seal)}


def test_within_a_handful_no_order_of_rows_tells_who_came_when(
    settled: Upgrade, theo: Person, enrol: Enrol, vote: Vote
) -> None:
    people = [enrol(name) for name in NINE]
    voting = actions.open_vote(settled, by=theo)
    for person in people[: box.HANDFUL]:
        vote(person, voting, "bag" if person.name == "Ana" else "tank")
    log = LogEntry.objects.filter(upgrade=voting, what="cast")
    seals = list(log.order_by("place").values_list("digest", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT seal FROM voice_ballot")
        stored = [seal for (seal,) in cursor.fetchall()]

    assert len(seals) == box.HANDFUL
    assert seals == sorted(seals)
    assert stored == seals


def test_the_log_moves_in_handfuls_so_that_no_event_is_one_ballots_time_stamp(
    settled: Upgrade, theo: Person, enrol: Enrol, vote: Vote
) -> None:
    from harmonia.commons.journal.models import Event

    people = [enrol(name) for name in NINE]
    voting = actions.open_vote(settled, by=theo)
    before = Event.objects.count()
    for person in people[:4]:
        vote(person, voting, "bag")
    assert (Event.objects.count(), voting.checkpoints.count()) == (before, 1)
    vote(people[4], voting, "bag")
    event = Event.objects.latest("id")

    assert (event.kind, event.payload) == ("sealed", {"upgrade": voting.pk, "voices": 5})
    assert voting.checkpoints.count() == 2


def test_of_the_first_reading_of_a_sheet_no_choice_is_stored(
    voting: Upgrade, theo: Person, lyra: Person
) -> None:
    [key] = actions.print_sheets(voting, by=theo, number=1)
    actions.hand_out(voting, lyra, by=theo)
    actions.read_sheet(voting, key, approving(["bag"]), by=theo)
    guesses = {
        papers.seal("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", approving([c]).canonical) for c in ("bag", "tank")
    }
    reading = SheetReading.objects.get()

    assert "bag" not in " ".join(str(value) for value in vars(reading).values())
    assert reading.seal not in guesses


@pytest.mark.database
def test_on_postgresql_no_transaction_number_joins_the_roll_to_the_box(
    voting: Upgrade, lyra: Person, vote: Vote
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL keeps the number of the transaction in a row")
    vote(lyra, voting, "bag")
    roll.even_out(voting)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM voice_voter WHERE upgrade_id = %s", [voting.pk])

        assert len(cursor.fetchall()) == 1


def test_ones_export_says_that_one_voted_and_not_what(voting: Upgrade, lyra: Person, vote: Vote) -> None:
    from harmonia.commons.voice import queries

    vote(lyra, voting, "bag")
    export: Any = queries.export(lyra)

    assert export["on_the_roll"] == [{"upgrade": "Room for the next street", "has_a_ballot_in": True}]
    assert "bag" not in str(export)


def test_after_the_close_the_key_opens_nothing(
    voting: Upgrade, lyra: Person, theo: Person, signed_in: SignIn
) -> None:
    browser = signed_in(lyra)
    cast_in_a_browser(browser, voting, "bag")
    actions.close_vote(voting, by=theo)
    page = browser.get(reverse("upgrade_ballot", args=[voting.pk])).content.decode()

    assert "The box is closed" in page
    assert Ballot.objects.get().seal not in page
    assert " checked" not in page
