"""A scale weighs in by itself: only with its token, each weighing once, and never what cannot be."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.models import (
    Action,
    Container,
    Device,
    DropOff,
    GrossWeight,
    Holder,
    Movement,
    Substance,
)
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

pytestmark = [pytest.mark.django_db, pytest.mark.database]
Scale = Callable[..., Any]


@pytest.fixture
def architect(enrol: Enrol) -> Person:
    return enrol("Arno", "architect")


@pytest.fixture
def token(architect: Person, gate: Holder) -> str:
    return actions.issue_device("Gate scale", gate, architect)[1]


@pytest.fixture
def scale(client: Client, token: str) -> Scale:
    def send(body: object, key: str = "k1", **headers: str) -> Any:
        words = {"Authorization": f"Bearer {token}", "Idempotency-Key": key, **headers}
        data = body if isinstance(body, bytes) else json.dumps(body)
        return client.post(
            "/api/drop-offs/",
            data,
            content_type="application/json",
            headers={name: value for name, value in words.items() if value},
        )

    return send


BODY = {"material": "food_waste", "grams": 2400}


def test_a_weighing_is_booked_once_however_often_it_is_sent(
    scale: Scale, gate: Holder, scraps: Substance
) -> None:
    first, again = scale(BODY), scale(BODY)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert queries.grams_of(gate, scraps) == 2400
    assert Movement.objects.get().recorder == Device.objects.get().recorder


def test_a_key_stands_for_one_weighing_only(scale: Scale) -> None:
    scale(BODY)
    answer = scale({**BODY, "grams": 2500})

    assert (answer.status_code, Movement.objects.count()) == (422, 1)
    assert "key was used" in answer.json()["detail"]


@pytest.mark.parametrize("key", ["", "a b", "x" * 41, "é"])
def test_without_a_key_nothing_is_booked(scale: Scale, key: str) -> None:
    answer = scale(BODY, key=key)

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "Idempotency-Key" in answer.json()["detail"]
    assert not Movement.objects.exists()


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer hs_wrong", "Basic abc", "hs_wrong"])
def test_without_its_token_nobody_is_heard(scale: Scale, header: str) -> None:
    answer = scale(BODY, Authorization=header)

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="harmonia"')
    assert not Movement.objects.exists()


def test_a_token_that_was_taken_back_books_nothing(scale: Scale, architect: Person) -> None:
    assert scale(BODY).status_code == 201
    actions.revoke_device(Device.objects.get(), architect)

    assert scale(BODY, key="k2").status_code == 401
    assert Movement.objects.count() == 1


def test_the_database_keeps_no_token(token: str) -> None:
    kept = Device.objects.values_list("token_sha256", flat=True).get()

    assert kept == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(list(Device.objects.values()))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"material": "gold"}, "no such material"),
        ({"material": "nappies"}, "cannot be taken"),
        ({"grams": 0}, "grams"),
        ({"grams": -5}, "grams"),
        ({"grams": 9_000_000_000}, "grams"),
        ({"grams": 2.5}, "whole number"),
        ({"grams": True}, "whole number"),
        ({"grams": None}, "grams"),
        ({"container": "nowhere"}, "no such container"),
        ({"household": "gate"}, "no such household"),
        ({"foreign": "plastic"}, "go together"),
        ({"foreign": "gold", "foreign_percent": 5}, "foreign"),
        ({"at": "2020-01-01T00:00:00Z"}, "too long ago"),
        ({"kilograms": 2}, "'kilograms' is unknown"),
    ],
)
def test_what_cannot_be_booked_gets_one_sentence(scale: Scale, change: dict[str, Any], words: str) -> None:
    answer = scale({**BODY, **change})

    assert (answer.status_code, Movement.objects.count()) == (422, 0)
    assert words in answer.json()["detail"]


def test_a_container_is_taken_off(scale: Scale, architect: Person, gate: Holder, scraps: Substance) -> None:
    actions.open_container("green", "Green bucket", architect, tare_g=1200, capacity_g=10_000)
    answer = scale({**BODY, "container": "green", "grams": 3600})

    assert answer.json()["grams"] == queries.grams_of(gate, scraps) == 2400
    assert GrossWeight.objects.values_list("gross_g", "tare_g").get() == (3600, 1200)


@pytest.mark.parametrize("later", [{"tare_g": 400}, {"retired_at": "2026-01-01T00:00Z"}])
def test_a_weighing_is_answered_as_it_was_whatever_became_of_its_container(
    scale: Scale, architect: Person, later: dict[str, Any]
) -> None:
    pail = actions.open_container("pail", "Pail", architect, tare_g=300, capacity_g=9000)
    first = scale({**BODY, "container": "pail"})
    Container.objects.filter(pk=pail.pk).update(**later)

    again = scale({**BODY, "container": "pail"})
    new = scale({**BODY, "container": "pail"}, key="k2")

    assert (again.status_code, again.json()) == (200, first.json())
    assert new.status_code == (201 if "tare_g" in later else 422)


def test_a_household_with_its_card_gets_the_drop_off(scale: Scale, lyra: Person) -> None:
    home = actions.household_of(lyra)
    scale({**BODY, "household": home.code, "foreign": "glass", "foreign_percent": 5})

    assert [d.foreign_kind for d in queries.brought_by(lyra)] == ["glass"]


def test_a_resident_makes_a_card_once_and_the_scale_books_to_it(
    scale: Scale, lyra: Person, signed_in: Callable[[Person], Client]
) -> None:
    browser = signed_in(lyra)
    before = browser.get("/bring/card/").content.decode()
    assert "Make my card" in before
    assert not Holder.objects.filter(kind=Holder.Kind.HOUSEHOLD).exists()  # looking makes nothing
    pages = [browser.post("/bring/card/", follow=True).content.decode() for _ in range(2)]
    code = queries.household_code(lyra)
    answer = scale({**BODY, "household": code})

    assert code.startswith("home-")
    assert all(f"<code>{code}</code>" in page and "<svg" in page for page in pages)
    assert answer.status_code == 201
    assert [one.movement.recorder for one in queries.brought_by(lyra, limit=2)] == [
        Device.objects.get().recorder
    ]


def test_a_stranger_has_no_card(client: Client) -> None:
    for ask in (client.get, client.post):
        assert ask("/bring/card/").status_code == 302
    assert not Holder.objects.filter(kind=Holder.Kind.HOUSEHOLD).exists()


def test_a_device_hears_what_its_point_takes(
    client: Client, token: str, architect: Person, gate: Holder
) -> None:
    other = actions.open_holder("yard", "Yard", Holder.Kind.POINT)
    actions.open_container("b1", "Bin 1", architect, tare_g=0, capacity_g=80_000, point=gate)
    actions.open_container("b2", "Bin 2", architect, tare_g=0, capacity_g=80_000, point=other)
    found = client.get("/api/drop-offs/", headers={"Authorization": f"Bearer {token}"}).json()

    assert (found["point"], [c["code"] for c in found["containers"]]) == ("gate", ["b1"])
    assert "food_waste" in {m["code"] for m in found["materials"]}


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    body=st.binary(max_size=200)
    | st.dictionaries(
        st.sampled_from(["material", "grams", "container", "household", "foreign", "at", "x"]),
        st.none() | st.integers() | st.text(max_size=40) | st.lists(st.integers(), max_size=2),
    )
)
def test_anything_else_a_scale_may_say_is_refused_with_a_sentence(scale: Scale, body: object) -> None:
    answer = scale(body)

    assert answer.status_code in (400, 415, 422)
    assert answer.json()["detail"].strip()
    assert not DropOff.objects.exists()


def test_another_session_with_the_same_key_is_answered_alike(
    scale: Scale, gate: Holder, scraps: Substance
) -> None:
    # As if the other session committed between this one's look-up and its insert.
    key = f"scale-{Device.objects.get().pk}:k1"
    home = actions.open_household("visitors-gate")
    postings = [actions.Posting(home, scraps, -2400), actions.Posting(gate, scraps, 2400)]
    movement = actions.book(Action.DROPOFF, postings, recorder=None, key=key)
    DropOff.objects.create(movement=movement, point=gate)
    answer = scale(BODY)

    assert (answer.status_code, answer.json()["movement"]) == (200, movement.pk)


def page(client: Client, person: Person, path: str, **fields: str) -> HttpResponse:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer: HttpResponse = client.post(path, fields)  # type: ignore[assignment]
    return answer


def test_the_page_shows_a_token_once_and_takes_it_back(
    client: Client, architect: Person, gate: Holder
) -> None:
    shown = page(client, architect, "/bring/scales/", name="Gate scale", point=str(gate.pk)).content.decode()
    later = client.get("/bring/scales/").content.decode()
    client.post(f"/bring/scales/{Device.objects.get().pk}/revoke/")

    assert ("hs_" in shown, "hs_" in later) == (True, False)
    assert Device.objects.get().revoked_at is not None


def test_residents_get_no_tokens(client: Client, lyra: Person, gate: Holder) -> None:
    assert page(client, lyra, "/bring/scales/", name="Mine", point=str(gate.pk)).status_code == 403
    with pytest.raises(actions.Refused):
        actions.issue_device("Mine", gate, lyra)
    assert not Device.objects.exists()


def test_containers_are_for_those_who_run_points(client: Client, lyra: Person) -> None:
    assert page(client, lyra, "/bring/containers/new/", name="Mine", code="mine").status_code == 403
    assert not Container.objects.exists()
