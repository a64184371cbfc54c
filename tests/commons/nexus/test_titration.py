"""Acids and alkalinity from two burette readings."""

from collections.abc import Callable

import pytest
from django.test import Client

from harmonia.commons.nexus import actions
from harmonia.commons.nexus.models import PlantVersion, Reading
from harmonia.commons.people.models import Person

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
BURETTE = {"sample_ml": "20", "normality": "0.1", "to_ph5_ml": "10", "to_ph44_ml": "11"}


def test_two_burette_readings_become_two_readings(
    signed_in: SignIn, kiran: Person, running: PlantVersion
) -> None:
    client = signed_in(kiran)
    answer = client.post("/nexus/titration/", BURETTE, follow=True)

    assert dict(Reading.objects.values_list("kind", "value")) == {"alkalinity": 2500.0, "acids": 755.0}
    assert "acids 755 mg/L, alkalinity 2500 mg/L, so 0.30" in answer.content.decode()


def test_the_page_says_what_to_wear_and_is_linked(
    signed_in: SignIn, kiran: Person, running: PlantVersion
) -> None:
    client = signed_in(kiran)

    assert "gloves and goggles" in client.get("/nexus/titration/").content.decode()
    assert "/nexus/titration/" in client.get("/nexus/reading/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("to_ph44_ml", "9"), ("sample_ml", "0"), ("normality", "7"), ("to_ph5_ml", ""), ("to_ph5_ml", "NaN")],
)
def test_a_burette_that_cannot_be_keeps_the_entry_and_saves_nothing(
    signed_in: SignIn, kiran: Person, running: PlantVersion, field: str, value: str
) -> None:
    answer = signed_in(kiran).post("/nexus/titration/", BURETTE | {field: value})

    assert answer.status_code == 422
    assert Reading.objects.count() == 0


def test_residents_and_strangers_do_not_titrate(
    client: Client, signed_in: SignIn, lyra: Person, running: PlantVersion
) -> None:
    assert client.get("/nexus/titration/").status_code == 302
    assert signed_in(lyra).post("/nexus/titration/", BURETTE).status_code == 403
    assert Reading.objects.count() == 0


def test_a_refused_titration_is_a_sentence(running: PlantVersion) -> None:
    with pytest.raises(actions.Refused, match=r"more at pH 4\.4"):
        actions.record_titration(20, 0.1, 12, 10)
