"""Buckets and bins: their tare is taken off once, their bounds catch a slip, and nobody loses a gram by them."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.actions import Refused
from harmonia.commons.ledger.checks import check
from harmonia.commons.ledger.models import Container, DropOff, GrossWeight, Holder, Movement, Substance
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SignIn = Callable[[Person], Client]


@pytest.fixture
def theo(enrol: Enrol) -> Person:
    return enrol("Theo", "facilitator")


@pytest.fixture
def bucket(theo: Person) -> Container:
    return actions.open_container("green", "Green bucket", theo, tare_g=1200, capacity_g=10_000)


def weigh(person: Person, gate: Holder, scraps: Substance, container: Container, kilograms: str) -> DropOff:
    return actions.record_drop_off(
        person, point=gate, substance=scraps, kilograms=Decimal(kilograms), container=container
    )


def test_the_tare_is_taken_off_and_both_weights_are_kept(
    lyra: Person, gate: Holder, scraps: Substance, bucket: Container
) -> None:
    booked = weigh(lyra, gate, scraps, bucket, "3.6")
    kept = GrossWeight.objects.get(movement=booked.movement)

    assert (queries.grams_of(gate, scraps), kept.gross_g, kept.tare_g) == (2400, 3600, 1200)


@pytest.mark.parametrize(
    ("kilograms", "words"),
    [
        ("1.2", "alone weighs 1.2 kg"),
        ("0.5", "alone weighs"),
        ("24", "takes at most 10 kg"),
        ("0", "more than 0"),
    ],
)
def test_what_a_bucket_cannot_show_is_refused(
    lyra: Person, gate: Holder, scraps: Substance, bucket: Container, kilograms: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        weigh(lyra, gate, scraps, bucket, kilograms)
    assert not Movement.objects.exists()


def test_a_bin_of_another_point_and_one_out_of_use_are_refused(
    lyra: Person, theo: Person, gate: Holder, scraps: Substance, bucket: Container
) -> None:
    other = actions.open_holder("yard", "Yard", Holder.Kind.POINT)
    elsewhere = actions.open_container("bin", "Bin", theo, tare_g=0, capacity_g=9000, point=other)
    actions.retire_container(bucket, theo)
    bucket.refresh_from_db()

    for container, words in ((elsewhere, "another collection point"), (bucket, "no longer in use")):
        with pytest.raises(Refused, match=words):
            weigh(lyra, gate, scraps, container, "3")
    assert not Movement.objects.exists()


def test_a_bin_fills_is_emptied_and_forgets_what_was_taken_back(
    lyra: Person, theo: Person, gate: Holder, scraps: Substance
) -> None:
    bin_ = actions.open_container("bin", "Bin", theo, tare_g=0, capacity_g=10_000, point=gate)
    weigh(lyra, gate, scraps, bin_, "4")
    mistaken = weigh(lyra, gate, scraps, bin_, "5.6")
    assert queries.fill(bin_).is_full
    actions.reverse(mistaken.movement, recorder=None, reason="typed by mistake")
    assert (queries.fill(bin_).held_g, queries.fill(bin_).percent) == (4000, 40)
    actions.empty_container(bin_, theo)
    weigh(lyra, gate, scraps, bin_, "1")

    assert queries.fill(bin_).held_g == 1000


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(weights=st.lists(st.integers(1, 12_000), min_size=1, max_size=5))
def test_any_weights_leave_sound_books(
    lyra: Person, gate: Holder, scraps: Substance, bucket: Container, weights: list[int]
) -> None:
    before, good = queries.grams_of(gate, scraps), 0
    for grams in weights:
        try:
            weigh(lyra, gate, scraps, bucket, str(Decimal(grams) / 1000))
        except Refused:
            assert not 1200 < grams <= 11_200
        else:
            good += grams - 1200

    assert queries.grams_of(gate, scraps) == before + good
    assert check().findings == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_grossweight SET gross_g = 9999",
        "DELETE FROM ledger_grossweight",
        "DELETE FROM ledger_emptying",
    ],
)
def test_the_database_keeps_what_the_scale_showed(
    lyra: Person, theo: Person, gate: Holder, scraps: Substance, bucket: Container, statement: str
) -> None:
    weigh(lyra, gate, scraps, bucket, "3")
    actions.empty_container(bucket, theo)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_link_of_a_label_opens_the_form_with_everything_chosen(
    lyra: Person, theo: Person, gate: Holder, signed_in: SignIn
) -> None:
    leaves = queries.substance("leaves")
    actions.open_container(
        "leaf", "Leaf bin", theo, tare_g=0, capacity_g=60_000, point=gate, substance=leaves
    )
    label = signed_in(lyra).get("/bring/containers/leaf/label/").content.decode()
    form = signed_in(lyra).get("/bring/?bin=leaf").context["form"]

    assert "http://testserver/bring/?bin=leaf" in label
    assert (form.initial["point"], form.initial["substance"], form.initial["container"].code) == (
        gate,
        leaves,
        "leaf",
    )


def test_a_facilitator_takes_one_into_use_on_the_page_and_empties_it(
    theo: Person, gate: Holder, signed_in: SignIn
) -> None:
    client = signed_in(theo)
    fields = {"name": "Blue bin", "code": "blue", "tare": "0", "capacity": "80", "point": str(gate.pk)}

    assert client.post("/bring/containers/new/", fields).status_code == 302
    assert client.post("/bring/containers/new/", fields).status_code == 422
    assert client.post("/bring/containers/blue/empty/").status_code == 302
    assert "Blue bin" in client.get("/bring/containers/").content.decode()
    assert client.post("/bring/containers/blue/retire/").status_code == 302
    assert queries.containers().count() == 0


def test_the_thanks_say_what_was_taken_off(
    lyra: Person, gate: Holder, scraps: Substance, bucket: Container, signed_in: SignIn
) -> None:
    fields = {"point": gate.pk, "substance": scraps.pk, "kilograms": "3.6", "container": "green"}
    page = signed_in(lyra).post("/bring/weigh-in/", fields, follow=True).content.decode()

    assert "2.4 kg of Food scraps are booked" in page
    assert "1.2 kg of Green bucket were taken off" in page
