"""Books written out and read back into an empty ledger hash alike, whatever the format."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from types import ModuleType

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.actions import Posting, Refused
from harmonia.commons.ledger.checks import check
from harmonia.commons.ledger.exchange import beancount, jsonld, table
from harmonia.commons.ledger.exchange.records import BadBooks, Books, Entry, Place, Seen, read_books
from harmonia.commons.ledger.models import Action, Holder, Movement, Substance
from harmonia.commons.people.models import Person

FORMATS = [beancount, jsonld, table]
NOW = datetime(2026, 5, 1, 12, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def full(lyra: Person, gate: Holder, scraps: Substance) -> Books:
    actions.record_drop_off(
        lyra, point=gate, substance=scraps, kilograms=Decimal("2.5"), foreign_kind="glass", foreign_percent=5
    )
    actions.sort_out(gate, scraps, 125, recorder=None)
    postings = [Posting(gate, scraps, -1000), Posting(queries.holder("air"), scraps, 1000)]
    wrong = actions.book(
        Action.CONSUME, postings, recorder=None, estimated=True, note='He said: "gone\\lost"\nand left'
    )
    actions.reverse(wrong, recorder=None, reason="it was not")
    found = read_books()
    return Books(found.places, tuple(found.entries))


def forget_movements() -> None:
    # As in an empty database: these tables refuse DELETE, so their triggers step aside for the test.
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            names = [
                name
                for (name, sql) in cursor.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
                )
            ]
            kept = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name in names:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("SET session_replication_role = replica")
        for name in ("dropoff", "line", "seal", "balance", "movement"):
            cursor.execute(f"DELETE FROM ledger_{name}")
        if connection.vendor == "sqlite":
            for _name, sql in kept:
                cursor.execute(sql)
        else:
            cursor.execute("SET session_replication_role = DEFAULT")


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.__name__.rpartition(".")[2])
def test_books_read_back_into_an_empty_ledger_hash_alike(full: Books, form: ModuleType) -> None:
    before = check()
    text = "".join(form.write(full))
    forget_movements()

    count = actions.restore_books(form.read(text))

    after = check()
    assert (count, after.sha256, after.findings) == (before.movements, before.sha256, ())


@pytest.mark.django_db
def test_books_are_restored_only_into_an_empty_ledger(full: Books) -> None:
    with pytest.raises(Refused, match="movements here already"):
        actions.restore_books(full)


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize(
    "lines",
    [
        (("gate", "food_waste", 5), ("home-x", "food_waste", -4)),
        (("gate", "food_waste", 5),),
        (("gate", "food_waste", 5), ("nowhere", "food_waste", -5)),
        (("gate", "moon_dust", 5), ("home-x", "moon_dust", -5)),
        (("gate", "food_waste", -5), ("home-x", "food_waste", 5)),
    ],
)
def test_books_that_break_a_rule_leave_nothing(gate: Holder, lines: tuple[tuple[str, str, int], ...]) -> None:
    places = (Place("gate", "Gate", "point"), Place("home-x", "home-x", "household"))
    good = Entry(1, "dropoff", NOW, NOW, "k1", (("gate", "food_waste", 5), ("home-x", "food_waste", -5)))
    bad = replace(good, number=2, key="k2", lines=lines)

    with pytest.raises(Refused, match="Nothing was booked"), transaction.atomic():
        actions.restore_books(Books(places, [good, bad]))

    assert Movement.objects.count() == 0


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)
codes = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True)
entries = st.builds(
    Entry,
    number=st.integers(1, 10**9),
    action=st.sampled_from(Action.values),
    occurred_at=st.just(NOW),
    recorded_at=st.just(NOW),
    key=words.filter(bool),
    lines=st.lists(
        st.tuples(st.just("gate"), codes, st.integers(-(10**9), 10**9)), min_size=1, max_size=4
    ).map(tuple),
    recorder=st.none() | st.uuids(),
    reverses=st.none() | st.integers(1, 10**6),
    estimated=st.booleans(),
    note=words,
    seen=st.none()
    | st.builds(Seen, point=codes, foreign_kind=st.just("glass"), foreign_percent=st.integers(0, 100)),
)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.__name__.rpartition(".")[2])
@given(found=st.lists(entries, max_size=4, unique_by=lambda entry: entry.number), where=words)
def test_what_is_written_is_read_back_equal(form: ModuleType, found: list[Entry], where: str) -> None:
    gate = Place("gate", "The gate", "point", where)
    back = form.read("".join(form.write(Books((gate,), found))))

    assert list(back.entries) == found
    assert list(back.places) == [gate] or (form is table and not found)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.__name__.rpartition(".")[2])
@given(text=st.text(max_size=200))
def test_any_other_text_is_refused_with_a_sentence(form: ModuleType, text: str) -> None:
    with pytest.raises(BadBooks, match=r".+\."):
        form.read(text)
