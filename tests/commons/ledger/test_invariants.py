"""What the database itself refuses, whoever asks."""

import re

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from harmonia.commons.journal.models import Event
from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.checks import check
from harmonia.commons.ledger.invariants import (
    BALANCE_POSTGRESQL,
    BALANCE_SQLITE,
    BATCH_POSTGRESQL,
    BATCH_SQLITE,
    POSTGRESQL,
    SEAL_POSTGRESQL,
    SQLITE,
)
from harmonia.commons.ledger.models import Action, Balance, Holder, Line, Movement, Seal, Substance

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def booked(gate: Holder, scraps: Substance) -> Movement:
    home = actions.open_household("home")
    postings = [actions.Posting(home, scraps, -900), actions.Posting(gate, scraps, 900)]
    return actions.book(Action.DROPOFF, postings, recorder=None)


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_line SET grams = grams + 1",
        "UPDATE ledger_movement SET note = 'other'",
        "DELETE FROM ledger_line",
        "DELETE FROM ledger_movement",
        "DELETE FROM ledger_seal",
        "UPDATE ledger_seal SET id = id + 1",
        "DELETE FROM ledger_balance",
        "UPDATE ledger_balance SET substance_id = substance_id + 1000",
        "UPDATE ledger_holder SET kind = 'outside', boundary = (1 = 1) WHERE code = 'gate'",
    ],
)
def test_the_past_cannot_be_changed(booked: Movement, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"append-only|keeps its kind|balance stays"):
        execute(statement)

    assert check().findings == ()


def test_a_journal_event_cannot_be_changed(booked: Movement) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        execute("UPDATE journal_event SET kind = 'never'")


def test_a_sealed_movement_takes_no_more_lines(booked: Movement, gate: Holder) -> None:
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic():
        Line.objects.create(movement=booked, holder=gate, substance=queries.substance("bread"), grams=5)


def unsealed(gate: Holder, scraps: Substance, *grams: int) -> Movement:
    home = actions.open_household("home")
    when = "2026-01-01T00:00Z"
    movement = Movement.objects.create(action=Action.DROPOFF, occurred_at=when, recorded_at=when, seal_id=7)
    for holder, amount in zip((home, gate), grams, strict=False):
        Line.objects.create(movement=movement, holder=holder, substance=scraps, grams=amount)
    return movement


@pytest.mark.parametrize("grams", [(-5, 6), (-5,), ()])
def test_a_movement_that_does_not_sum_to_zero_cannot_be_sealed(
    gate: Holder, scraps: Substance, grams: tuple[int, ...]
) -> None:
    unsealed(gate, scraps, *grams)
    with pytest.raises(IntegrityError, match="sum to zero"), transaction.atomic():
        Seal.objects.create(id=7)

    transaction.set_rollback(True)  # an unsealed movement would fail the end of the test itself


def test_a_movement_without_a_seal_does_not_survive_the_transaction(gate: Holder, scraps: Substance) -> None:
    unsealed(gate, scraps, -5, 5)
    with pytest.raises(IntegrityError):
        connection.check_constraints()

    transaction.set_rollback(True)


def test_nothing_goes_below_zero_but_the_world_outside(
    booked: Movement, gate: Holder, scraps: Substance
) -> None:
    air = queries.holder("air")
    with pytest.raises(actions.Refused, match="not that much"):
        actions.book(
            Action.TRANSFER,
            [actions.Posting(gate, scraps, -901), actions.Posting(air, scraps, 901)],
            recorder=None,
        )

    assert queries.grams_of(gate, scraps) == 900


def test_one_statement_may_not_take_what_it_brings_only_later(
    booked: Movement, gate: Holder, scraps: Substance
) -> None:
    # Each of the two movements is whole, and together they leave nothing below zero; their order does.
    home, when = queries.holder("home"), "2026-01-01T00:00Z"
    taking, bringing = (
        Movement.objects.create(
            action=action, occurred_at=when, recorded_at=when, seal_id=seal, key=f"k{seal}"
        )
        for seal, action in ((7, Action.TRANSFER), (8, Action.DROPOFF))
    )
    legs = [(taking, gate, -901), (taking, home, 901), (bringing, gate, 901), (bringing, home, -901)]
    lines = [Line(movement=m, holder=h, substance=scraps, grams=g) for m, h, g in legs]
    with pytest.raises(IntegrityError, match="below zero"), transaction.atomic():
        Line.objects.bulk_create(lines)
    Line.objects.bulk_create(lines[2:] + lines[:2])
    Seal.objects.bulk_create([Seal(id=7), Seal(id=8)])

    assert queries.grams_of(gate, scraps) == 900


def add_a_line_of_nothing_known(missing: str, gate: Holder, scraps: Substance) -> None:
    # All else is whole: a movement of two lines that sum to zero, and its seal.
    known = {"movement_id": 10**9, "holder_id": gate.pk, "substance_id": scraps.pk}
    if missing != "movement_id":
        known |= {"movement_id": unsealed(gate, scraps, -5).pk, missing: 10**9}
    Line.objects.create(grams=5, **known)
    if missing != "movement_id":
        Seal.objects.create(id=7)
    connection.check_constraints()


@pytest.mark.parametrize("missing", ["movement_id", "holder_id", "substance_id"])
def test_a_line_of_something_unknown_does_not_survive_the_transaction(
    gate: Holder, scraps: Substance, missing: str
) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key|sealed movement"):
        add_a_line_of_nothing_known(missing, gate, scraps)

    transaction.set_rollback(True)


def test_the_check_names_a_balance_that_was_tampered_with(booked: Movement, gate: Holder) -> None:
    Balance.objects.filter(holder=gate).update(grams=1)

    assert "balance" in check().findings[0].sentence


def test_the_hash_of_the_books_changes_with_every_movement(
    booked: Movement, gate: Holder, scraps: Substance
) -> None:
    before = check().sha256
    actions.reverse(booked, recorder=None, reason="again")

    assert check().sha256 != before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_books_cannot_be_truncated(booked: Movement) -> None:
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="append-only"):
        execute("TRUNCATE ledger_movement CASCADE")


def test_no_migration_lost_a_trigger() -> None:
    # SQLite drops a table's triggers when a migration rebuilds it to change a column.
    ours = {
        "sqlite": SQLITE + BALANCE_SQLITE + BATCH_SQLITE,
        "postgresql": POSTGRESQL + BALANCE_POSTGRESQL + BATCH_POSTGRESQL + SEAL_POSTGRESQL,
    }[connection.vendor]
    wanted = set(re.findall(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+)", " ".join(ours)))
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {name for (name,) in cursor.fetchall()}

    assert wanted - found == set()


def test_what_was_seen_in_a_bucket_and_its_matter_are_booked_together_or_not_at_all(
    gate: Holder, scraps: Substance
) -> None:
    home = actions.open_household("home")
    before = Movement.objects.count(), Event.objects.count()
    with pytest.raises(IntegrityError):  # glass, and none of it: the database takes neither sight nor matter
        actions.drop_off_from(
            home, recorder=None, point=gate, substance=scraps, grams=900, foreign_kind="glass"
        )

    assert (Movement.objects.count(), Event.objects.count()) == before
    assert queries.grams_of(gate, scraps) == 0
