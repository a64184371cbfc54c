"""Bringing something, as people and as attackers do it."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.models import DropOff, Holder, Movement, Substance
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def weigh_in(browser: Client, gate: Holder, scraps: Substance, kilograms: str = "2.4", **more: str) -> int:
    fields = {"point": str(gate.pk), "substance": str(scraps.pk), "kilograms": kilograms, **more}
    return browser.post("/bring/weigh-in/", fields).status_code


def test_a_drop_off_with_something_foreign_is_thanked_for_and_remembered(
    lyra: Person, gate: Holder, scraps: Substance, signed_in: SignIn
) -> None:
    status = weigh_in(signed_in(lyra), gate, scraps, foreign_kind="plastic", foreign_percent="15")
    booked = DropOff.objects.get()

    assert (status, booked.foreign_kind, booked.foreign_percent) == (302, "plastic", 15)


@pytest.mark.parametrize("weight", ["-1", "0", "5000", "a lot", "", "1e99", "NaN"])
def test_a_weight_that_cannot_be_is_answered_with_a_page_and_books_nothing(
    lyra: Person, gate: Holder, scraps: Substance, signed_in: SignIn, weight: str
) -> None:
    assert weigh_in(signed_in(lyra), gate, scraps, weight) == 422
    assert not Movement.objects.exists()


@pytest.mark.parametrize("field", ["point", "substance"])
def test_a_place_or_material_that_does_not_exist_books_nothing(
    lyra: Person, gate: Holder, scraps: Substance, signed_in: SignIn, field: str
) -> None:
    answer = signed_in(lyra).post(
        "/bring/weigh-in/",
        {"point": str(gate.pk), "substance": str(scraps.pk), "kilograms": "1", field: "999999"},
    )

    assert answer.status_code == 422
    assert "Nothing was booked" in answer.content.decode()
    assert not Movement.objects.exists()


def test_a_stranger_can_look_but_not_weigh_in(client: Client, gate: Holder, scraps: Substance) -> None:
    page = client.get("/bring/")

    assert page.status_code == 200
    assert weigh_in(client, gate, scraps) == 302
    assert not Movement.objects.exists()


def test_the_same_key_of_two_people_are_two_drop_offs(
    lyra: Person, enrol: Enrol, gate: Holder, scraps: Substance, signed_in: SignIn
) -> None:
    weigh_in(signed_in(lyra), gate, scraps, key="same")
    weigh_in(signed_in(enrol("Theo")), gate, scraps, key="same")

    assert queries.grams_of(gate, scraps) == 4800


def test_nobody_takes_back_what_another_brought(
    lyra: Person, enrol: Enrol, gate: Holder, scraps: Substance, signed_in: SignIn
) -> None:
    drop_off = actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(1))
    answer = signed_in(enrol("Theo")).post(f"/books/{drop_off.pk}/take-back/")

    assert answer.status_code == 404
    assert queries.grams_of(gate, scraps) == 1000


def test_the_books_name_no_home(lyra: Person, gate: Holder, scraps: Substance, signed_in: SignIn) -> None:
    actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(1))
    page = signed_in(lyra).get("/books/").content.decode()

    assert "a household" in page
    assert actions.household_of(lyra).code not in page


def test_a_closed_material_is_named_on_bring_with_the_other_bin(
    client: Client, gate: Holder, scraps: Substance
) -> None:
    actions.close_material(scraps, reason="The digester rests.", instead="the compost bay")
    page = client.get("/bring/").content.decode()

    assert "Food scraps rests for now" in page
    assert "the compost bay" in page


def test_the_poster_leads_to_the_form_for_its_point(client: Client, gate: Holder) -> None:
    page = client.get("/bring/points/gate/poster/").content.decode()

    assert "http://testserver/bring/?at=gate" in page
    assert "<svg" in page


def test_only_those_who_may_open_a_point(lyra: Person, enrol: Enrol, signed_in: SignIn) -> None:
    fields = {"name": "Yard", "where": "By the well", "kind": "point", "code": "yard"}
    refused = signed_in(lyra).post("/bring/points/new/", fields)
    opened = signed_in(enrol("Theo", "facilitator")).post("/bring/points/new/", fields)

    assert (refused.status_code, opened.status_code) == (403, 302)
