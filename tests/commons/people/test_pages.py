"""Joining, signing in and leaving, as people do it."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger.models import Holder, Household, Movement, Substance
from harmonia.commons.people import actions
from harmonia.commons.people.models import Person, Pseudonym
from tests.commons.conftest import Enrol

pytestmark = pytest.mark.django_db

ANSWERS = {"name": "Amara", "email": "amara@example.org", "password": "peels-into-light"}
SignIn = Callable[[Person], Client]


def test_an_invitation_lets_one_person_join_once(client: Client, lyra: Person) -> None:
    invitation = actions.invite(lyra)
    joined = client.post(f"/join/{invitation.code}/", ANSWERS)
    again = Client().get(f"/join/{invitation.code}/")

    assert (joined.status_code, again.status_code) == (302, 410)
    assert Person.objects.get(email="amara@example.org").groups.get().name == "resident"


def test_nobody_joins_without_an_invitation(client: Client) -> None:
    answer = client.post("/join/guessed/", ANSWERS)

    assert answer.status_code == 410
    assert not Person.objects.exists()


def test_a_resident_cannot_invite_an_architect(lyra: Person, signed_in: SignIn) -> None:
    answer = signed_in(lyra).post("/invite/", {"role": "architect"})

    assert "ask a facilitator" in answer.content.decode()
    assert not lyra.invitations.exists()


def test_a_ward_has_the_host_as_guardian_and_shows_no_face_in_public(lyra: Person) -> None:
    invitation = actions.invite(lyra, for_minor=True)
    child = actions.join(invitation.code, **ANSWERS)

    assert (child.guardian, child.shows_face_publicly) == (lyra, False)


def test_a_wrong_password_says_so_kindly_and_eight_of_them_rest_the_account(
    client: Client, lyra: Person
) -> None:
    answers = [client.post("/sign-in/", {"username": "lyra@example.org", "password": "no"}) for _ in range(9)]

    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert "quarter of an hour" in answers[-1].content.decode()


def test_a_forgotten_password_is_replaced_through_a_mailed_link(client: Client, lyra: Person) -> None:
    client.post("/password/", {"email": "lyra@example.org"})
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    page = client.get(link, follow=True)
    fields = {"new_password1": "warm-soil-22", "new_password2": "warm-soil-22"}
    client.post(page.request["PATH_INFO"], fields)

    assert client.login(username="lyra@example.org", password="warm-soil-22", request=page.wsgi_request)


def test_asking_for_a_password_does_not_tell_whether_an_address_is_known(
    client: Client, lyra: Person
) -> None:
    known = client.post("/password/", {"email": "lyra@example.org"})
    unknown = client.post("/password/", {"email": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 1


def test_the_export_holds_what_is_known_about_me_and_nobody_else(
    lyra: Person, enrol: Enrol, signed_in: SignIn, gate: Holder, scraps: Substance
) -> None:
    theo = enrol("Theo")
    ledger.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(2))
    ledger.record_drop_off(theo, point=gate, substance=scraps, kilograms=Decimal(7))
    told: dict[str, Any] = json.loads(signed_in(lyra).get("/account/export/").content)

    assert [row["grams"] for row in told["ledger"]["drop_offs"]] == [2000]
    assert "theo" not in json.dumps(told).lower()


def test_who_leaves_takes_the_name_and_leaves_the_matter(
    lyra: Person, signed_in: SignIn, gate: Holder, scraps: Substance
) -> None:
    ledger.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(2))
    signed_in(lyra).post("/account/leave/", {"sure": "on"})
    lyra.refresh_from_db()

    assert (lyra.name, lyra.email, lyra.is_active) == ("", None, False)
    assert (Household.objects.count(), Pseudonym.objects.count(), Movement.objects.count()) == (0, 0, 1)


def test_the_only_architect_cannot_leave_a_habitat_alone(enrol: Enrol) -> None:
    kiran = enrol("Kiran", "architect")

    with pytest.raises(actions.Refused, match="only architect"):
        actions.leave(kiran)


def test_a_guardian_cannot_leave_a_ward_behind(lyra: Person) -> None:
    actions.join(actions.invite(lyra, for_minor=True).code, **ANSWERS)

    with pytest.raises(actions.Refused, match="under 16"):
        actions.leave(lyra)


def change_in_admin(browser: Client, person: Person, *roles: str) -> None:
    groups = [str(group.pk) for group in Group.objects.filter(name__in=roles)]
    browser.post(f"/admin/people/person/{person.pk}/change/", {"groups": groups, "is_active": "on"})


def test_an_architect_gives_roles_in_the_admin_and_they_open_doors(
    lyra: Person, enrol: Enrol, signed_in: SignIn
) -> None:
    change_in_admin(signed_in(enrol("Ines", "architect")), lyra, "architect")
    lyra = Person.objects.get(pk=lyra.pk)

    assert sorted(lyra.groups.values_list("name", flat=True)) == ["architect", "resident"]
    assert lyra.is_staff


def test_the_last_architect_keeps_the_keys(enrol: Enrol, signed_in: SignIn) -> None:
    ines = enrol("Ines", "architect")
    change_in_admin(signed_in(ines), ines, "resident")

    assert ines.groups.filter(name="architect").exists()


def test_the_admin_is_closed_to_residents(lyra: Person, signed_in: SignIn) -> None:
    answer = signed_in(lyra).get(f"/admin/people/person/{lyra.pk}/change/")

    assert answer.status_code == 302
