"""Counting makes the books true again, by name and with a reason."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.actions import Refused
from harmonia.commons.ledger.checks import check
from harmonia.commons.ledger.models import Holder, Movement, Substance
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def stocked(lyra: Person, gate: Holder, scraps: Substance) -> Holder:
    actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(10))
    return gate


@pytest.fixture
def referent(enrol: Enrol) -> Person:
    return enrol("Rune", "facilitator")


def test_what_is_missing_is_booked_with_its_reason(
    stocked: Holder, scraps: Substance, referent: Person
) -> None:
    adjusted = actions.count_stock(stocked, scraps, 9_400, referent, reason="crows")
    found = queries.unexplained()

    assert adjusted is not None
    assert (adjusted.action, adjusted.note, queries.grams_of(stocked, scraps)) == ("lower", "crows", 9_400)
    assert (found.missing_g, found.surplus_g, found.percent) == (600, 0, 6.0)


def test_books_that_agree_need_no_movement(stocked: Holder, scraps: Substance, referent: Person) -> None:
    before = Movement.objects.count()

    assert actions.count_stock(stocked, scraps, 10_000, referent, reason="weekly") is None
    assert Movement.objects.count() == before


def test_a_reversed_count_is_explained_again(stocked: Holder, scraps: Substance, referent: Person) -> None:
    adjusted = actions.count_stock(stocked, scraps, 9_400, referent, reason="crows")
    assert adjusted is not None
    actions.reverse(adjusted, recorder=None, reason="the scale was off")

    assert queries.unexplained().missing_g == 0


def test_only_who_may_counts(stocked: Holder, scraps: Substance, lyra: Person, referent: Person) -> None:
    with pytest.raises(Refused, match="Only a facilitator"):
        actions.count_stock(stocked, scraps, 1, lyra, reason="x")
    with pytest.raises(Refused, match="Say why"):
        actions.count_stock(stocked, scraps, 1, referent, reason="  ")
    with pytest.raises(Refused, match="outside"):
        actions.count_stock(queries.holder("air"), scraps, 1, referent, reason="x")


def test_counting_on_the_page(
    stocked: Holder, scraps: Substance, referent: Person, signed_in: SignIn
) -> None:
    client = signed_in(referent)
    fields = {"substance": scraps.pk, "kilograms": "9.25", "reason": "unknown"}
    answer = client.post("/bring/points/gate/count/", fields)

    assert (answer.status_code, queries.grams_of(stocked, scraps)) == (302, 9_250)
    assert "7.50 % of all that was brought" in client.get("/books/").content.decode()


def test_residents_do_not_see_the_count(stocked: Holder, lyra: Person, signed_in: SignIn) -> None:
    assert signed_in(lyra).get("/bring/points/gate/count/").status_code == 403


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(counts=st.lists(st.integers(0, 50_000), min_size=1, max_size=5))
def test_after_any_counting_the_books_say_what_was_counted(
    stocked: Holder, scraps: Substance, referent: Person, counts: list[int]
) -> None:
    for counted in counts:
        actions.count_stock(stocked, scraps, counted, referent, reason="drill")

    assert (queries.grams_of(stocked, scraps), check().findings) == (counts[-1], ())
