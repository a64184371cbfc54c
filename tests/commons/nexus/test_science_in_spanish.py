"""A Spanish reader reads in Spanish why science cannot do something, at once and from what was kept."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus import actions, planning
from harmonia.commons.nexus.models import PlantVersion
from harmonia.commons.nexus.ramp_words import ramp_status_in_words
from harmonia.commons.people.models import Person
from harmonia.science.metabolism import PlanError, RampError
from harmonia.science.metabolism.ramp import loadings
from tests.commons.nexus.test_designs import HOT, PAINT, SURROUNDINGS, ask, few_years
from tests.commons.nexus.test_jars import home_plan
from tests.commons.nexus.test_plans import clear_readings, fed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spanish", "few_years")]

__all__ = ["fed", "few_years"]

SignIn = Callable[[Person], Client]
SPANISH = {"accept-language": "es"}


def read(client: Client, path: str) -> str:
    return str(client.get(path, headers=SPANISH).content.decode())


def test_a_plant_that_cannot_be(running: PlantVersion, kiran: Person, signed_in: SignIn) -> None:
    clear_readings()
    sent = {"text": "wings = 2", "why": "to fly"}
    answer = signed_in(kiran).post(reverse("nexus_write"), sent, headers=SPANISH).content.decode()

    assert "La planta tiene wings, que no se conoce; puede tener name, " in answer
    assert "No se cambió nada." in answer


def test_surroundings_that_cannot_be(kiran: Person) -> None:
    with translation.override("es"), pytest.raises(actions.Refused) as raised:
        actions.describe_surroundings(SURROUNDINGS | {"released_m3": -1.0}, by=kiran)

    assert str(raised.value) == (
        "released_m3_month tiene que estar entre 0 y 1e+06 m3/month, no -1.0. No se cambió nada."
    )


def test_a_comparison_that_failed(client: Client, fed_week: PlantVersion, kiran: Person) -> None:
    asked = ask(kiran, *({**PAINT, "code": f"paint-{n}"} for n in range(7)), shown=True)
    actions.compare_designs(asked.pk)
    asked.refresh_from_db()
    html = read(client, f"/nexus/designs/{asked.pk}/")

    assert asked.said.startswith("7 options make 128 bundles")
    assert "7 opciones forman 128 conjuntos, y se comparan 64 como mucho" in html


def test_a_comparison_of_a_plant_that_was_never_fed(
    client: Client, running: PlantVersion, kiran: Person
) -> None:
    asked = ask(kiran, shown=True)
    actions.compare_designs(asked.pk)
    html = read(client, f"/nexus/designs/{asked.pk}/")

    assert "La planta aún no ha recibido nada, así que no hay con qué comparar." in html


def test_a_set_that_makes_no_plant(client: Client, fed_week: PlantVersion, kiran: Person) -> None:
    asked = ask(kiran, HOT, PAINT, shown=True)
    actions.compare_designs(asked.pk)
    html = read(client, f"/nexus/designs/{asked.pk}/")

    assert "digester.first.temperature_c tiene que estar entre 12 y 45 degC, no 99." in html


def test_a_plan_that_could_not_be_made(
    client: Client, fed: PlantVersion, kiran: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_rows: planning.Rows) -> planning.Made:
        raise PlanError(
            "%(feedstock)s needs one number for each of the %(days)s days.", feedstock="bread", days=3
        )

    monkeypatch.setattr(planning, "propose", fail)
    actions.make_plan(actions.ask_plan(kiran))

    assert "bread necesita un número para cada uno de los 3 días." in read(client, "/nexus/plan/")


@pytest.mark.parametrize(
    ("now", "goal", "words"),
    [
        (0.5, 0.0, "Una carga es un número mayor que cero."),
        (0.5, 9.25, "De 0,50 a 9,25 kg SV/m³ al día hay 18 pasos; planifica 12 como mucho."),
    ],
)
def test_a_ramp_that_cannot_be_planned(now: float, goal: float, words: str) -> None:
    with pytest.raises(RampError) as raised:
        loadings(now, goal)

    with translation.override("es"):
        assert ramp_status_in_words(str(raised.value)) == words


def test_a_jar_that_cannot_be(lyra: Person, scraps: Substance) -> None:
    with translation.override("es"), pytest.raises(actions.Refused) as raised:
        actions.set_up_jars(replace(home_plan(scraps), headspace_ml=0.0), lyra, at=timezone.now())

    assert str(raised.value) == "El espacio sobre el líquido tiene que ser más que nada."
