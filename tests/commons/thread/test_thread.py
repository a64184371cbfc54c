"""My thread shows a person their own, and the door shows everybody nobody's own."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from harmonia.commons.alchemy import actions as alchemy
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Action, Holder, Substance
from harmonia.commons.people.models import Person
from harmonia.commons.thread import queries
from tests.commons.conftest import Enrol

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def test_a_thread_begins_empty_and_says_how(lyra: Person, signed_in: SignIn) -> None:
    page = signed_in(lyra).get("/thread/").content.decode()

    assert "Hello Lyra" in page
    assert "Your thread begins with the first thing you bring." in page


def test_what_was_brought_is_followed_to_every_place_and_the_shares_sum_to_it(
    lyra: Person, gate: Holder, scraps: Substance
) -> None:
    drop_off = ledger.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(3))
    ledger.sort_out(gate, scraps, 500, recorder=None)
    bay = ledger.open_holder("bay", "Bay", Holder.Kind.COMPOST)
    carried = [ledger.Posting(gate, scraps, -1000), ledger.Posting(bay, scraps, 1000)]
    ledger.book(Action.TRANSFER, carried, recorder=None)
    story = queries.followed(lyra, drop_off.pk)

    assert story is not None
    assert {share.kind: share.grams for share in story.became.shares} == {
        "point": 1500,
        "compost": 1000,
        "refuse-collection": 500,
    }


def test_nobody_follows_another_home(
    lyra: Person, enrol: Enrol, gate: Holder, scraps: Substance, signed_in: SignIn
) -> None:
    drop_off = ledger.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(3))
    browser = signed_in(enrol("Theo", "facilitator"))

    assert browser.get(f"/thread/{drop_off.pk}/").status_code == 404


def test_a_stranger_finds_the_door_open_and_no_name_on_it(
    lyra: Person, gate: Holder, scraps: Substance, client: Client
) -> None:
    ledger.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(3))
    page = client.get("/").content.decode()

    assert "This week one household brought 3\u00a0kg" in page
    assert "Lyra" not in page
    assert books.stock(gate)[scraps] == 3000


def test_what_was_taken_back_leaves_the_thread(
    lyra: Person, gate: Holder, scraps: Substance, signed_in: SignIn
) -> None:
    drop_off = ledger.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(3))
    browser = signed_in(lyra)
    browser.post(f"/books/{drop_off.pk}/take-back/")

    assert "Your thread begins" in browser.get("/thread/").content.decode()
    assert books.grams_of(gate, scraps) == 0


def test_a_stranger_is_asked_to_sign_in_first(client: Client) -> None:
    assert client.get("/thread/")["Location"] == "/sign-in/?next=/thread/"


def test_ones_stories_lead_to_their_scenes_and_hidden_ones_do_not(
    lyra: Person, gate: Holder, enrol: Enrol, signed_in: SignIn
) -> None:
    ledger.record_drop_off(lyra, point=gate, substance=books.substance("wood"), kilograms=Decimal(3))
    materials = [(gate, books.substance("wood"), 100)]
    told = [
        alchemy.make(lyra, title=title, materials=materials, story="It held.") for title in ("Stool", "Shelf")
    ]
    alchemy.hide(enrol("Theo", "facilitator"), told[1], reason="It names a neighbour.")
    browser = signed_in(lyra)
    page = browser.get("/thread/").content.decode()

    assert f"/festival/scene/{told[0].code}/" in page
    assert f"/festival/scene/{told[1].code}/" not in page
    assert f"/festival/scene/{told[0].code}/" in browser.get(f"/make/{told[0].code}/").content.decode()
    assert f"/festival/scene/{told[1].code}/" not in browser.get(f"/make/{told[1].code}/").content.decode()
    assert browser.get(f"/festival/scene/{told[0].code}/").status_code == 200
