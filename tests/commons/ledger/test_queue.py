"""What a phone kept is booked once, in its own person's name, at the time it was weighed."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.models import Holder, Movement, Substance
from harmonia.commons.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SignIn = Callable[[Person], Client]


def send(client: Client, **fields: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post("/bring/queue/", json.dumps(fields), content_type="application/json")
    found: dict[str, Any] = answer.json()
    return answer.status_code, found


@pytest.fixture
def item(gate: Holder, scraps: Substance) -> dict[str, Any]:
    at = (timezone.now() - timedelta(hours=7)).isoformat()
    return {"kilograms": "1.5", "point": gate.pk, "substance": scraps.pk, "key": "k1", "at": at}


def test_the_same_item_sent_twice_is_booked_once(
    item: dict[str, Any], lyra: Person, gate: Holder, scraps: Substance, signed_in: SignIn
) -> None:
    client = signed_in(lyra)

    assert (send(client, **item)[0], send(client, **item)[0]) == (200, 200)
    assert queries.grams_of(gate, scraps) == 1500
    assert Movement.objects.get().occurred_at.isoformat() == item["at"]


def test_nobody_sends_without_signing_in(item: dict[str, Any], client: Client) -> None:
    assert (send(client, **item)[0], Movement.objects.count()) == (401, 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kilograms": "900"}, "at most 200 kg"),
        ({"kilograms": "-1"}, "more than 0 kg"),
        ({"point": 999_999}, "not open"),
        ({"at": "2020-01-01T00:00:00Z"}, "too long ago"),
        ({"at": "2999-01-01T00:00:00Z"}, "clock was wrong"),
        ({"at": "yesterday"}, "clock was wrong"),
    ],
)
def test_what_cannot_be_booked_is_refused_with_a_sentence(
    item: dict[str, Any], lyra: Person, signed_in: SignIn, change: dict[str, Any], words: str
) -> None:
    status, found = send(signed_in(lyra), **{**item, **change})

    assert (status, found["state"], Movement.objects.count()) == (409, "refused", 0)
    assert words in found["words"]


def test_another_persons_key_books_for_oneself(
    item: dict[str, Any], lyra: Person, enrol: Any, signed_in: SignIn
) -> None:
    send(signed_in(lyra), **item)

    assert send(signed_in(enrol("Theo")), **item)[0] == 200
    assert Movement.objects.count() == 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: json.dumps([text]).encode()))
def test_any_other_body_is_refused(lyra: Person, signed_in: SignIn, body: bytes) -> None:
    answer = signed_in(lyra).post("/bring/queue/", body, content_type="application/json")

    assert (answer.status_code, Movement.objects.count()) == (409, 0)


def test_what_was_booked_is_answered_alike_though_the_material_was_closed_meanwhile(
    item: dict[str, Any], lyra: Person, scraps: Substance, signed_in: SignIn
) -> None:
    client = signed_in(lyra)
    first = send(client, **item)
    actions.close_material(scraps, reason="The digester rests", instead="the compost bay")

    assert send(client, **item) == first
    assert send(client, **{**item, "key": "k2"})[0] == 409
    assert Movement.objects.count() == 1
