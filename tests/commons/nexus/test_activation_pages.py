"""The pages of a switch-over, as people with different roles meet them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from harmonia.commons.nexus import actions
from harmonia.commons.nexus.actions import Decision
from harmonia.commons.nexus.models import Activation, PlantVersion, PreflightCheck
from harmonia.commons.nexus.models.preflight_check import ATTESTED_H
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol
from tests.commons.nexus.conftest import moment
from tests.commons.nexus.switching import *  # noqa: F403 - fixtures
from tests.commons.nexus.switching import noon, read_all

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def page(client: Client, name: str = "nexus_activation", *words: object) -> str:
    answer = client.get(reverse(name, args=words))
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_without_one_the_page_says_what_it_would_be(client: Client, running: PlantVersion) -> None:
    assert "No switch-over yet" in page(client)


def test_a_facilitator_prepares_what_was_decided(
    signed_in: SignIn, running: PlantVersion, mira: Person, decided: Decision
) -> None:
    client = signed_in(mira)
    assert "A wider gas bag" in page(client, "nexus_activation_new")
    done = client.post(reverse("nexus_activation_new"), {"decision": "test:3", "goal": "1.4"})
    made = Activation.objects.get()

    assert done.status_code == 302
    assert (made.subject, made.sha256, made.words) == ("test:3", decided.sha256, list(decided.words))
    again = client.post(reverse("nexus_activation_new"), {"decision": "", "goal": "1.4"})
    assert again.status_code == 422
    assert "Another switch-over is open" in again.content.decode()


def test_each_item_is_ticked_from_the_checklist_and_stands_there_with_a_name(
    signed_in: SignIn, prepared: Activation, mira: Person
) -> None:
    client, address = signed_in(mira), reverse("nexus_preflight", args=[prepared.pk])
    for item in ATTESTED_H:
        assert client.post(address, {"item": item, "found": "in_order"}).status_code == 302
    told = page(client, "nexus_preflight", prepared.pk)

    assert PreflightCheck.objects.filter(state="green").count() == len(ATTESTED_H)
    assert "Mira" in told


def test_a_test_of_some_days_ago_counts_from_then(
    signed_in: SignIn, prepared: Activation, mira: Person
) -> None:
    client, address = signed_in(mira), reverse("nexus_preflight", args=[prepared.pk])
    client.post(address, {"item": "h2s_alarm", "found": "in_order", "days_ago": "3"})
    check = PreflightCheck.objects.get()

    assert (timezone.now() - check.at).days == 3


@pytest.mark.parametrize(
    ("item", "found", "reason"),
    [
        ("operator", "not_in_order", ""),
        ("operator", "override", "hurry"),
        ("readings", "override", "hurry"),
        ("readings", "in_order", ""),
        ("wings", "in_order", ""),
        ("operator", "maybe", ""),
    ],
)
def test_what_the_checklist_does_not_take_is_said_and_nothing_kept(
    signed_in: SignIn, prepared: Activation, kiran: Person, item: str, found: str, reason: str
) -> None:
    client, address = signed_in(kiran), reverse("nexus_preflight", args=[prepared.pk])
    answer = client.post(address, {"item": item, "found": found, "reason": reason})

    assert answer.status_code == 422
    assert not PreflightCheck.objects.exists()


def test_safety_items_offer_no_override(signed_in: SignIn, prepared: Activation, kiran: Person) -> None:
    Activation.objects.filter(pk=prepared.pk).update(ramp=[], ramp_status="stopped: at 1.0")
    told = page(signed_in(kiran), "nexus_preflight", prepared.pk)

    assert (
        told.count('value="override"')
        == sum(1 for item in ("design", "twin", "stock") if f"item-{item}" in told) - 1
    )


def test_each_step_is_asked_once_and_taken(
    client: Client, prepared: Activation, mira: Person, kiran: Person
) -> None:
    for kind in ("ch4_alarm", "leak_check"):
        actions.record_reading(kind, passed=True)
    actions.record_reading("h2s", 0.4)
    from tests.commons.nexus.switching import attest_all

    attest_all(prepared, mira, timezone.now())
    Activation.objects.filter(pk=prepared.pk).update(ramp_planned_at=timezone.now())
    from harmonia.commons.nexus.models import Run

    Run.objects.update(made_at=timezone.now())
    client.force_login(mira)
    assert "How many people press along?" in page(client, "nexus_activation_step", prepared.pk, "press")
    client.post(reverse("nexus_activation_step", args=[prepared.pk, "press"]), {"crowd": "31"})
    assert client.get(reverse("nexus_activation_step", args=[prepared.pk, "confirm"])).status_code == 403
    client.force_login(kiran)
    assert "Harmonia moves nothing" in page(client, "nexus_activation_step", prepared.pk, "confirm")
    client.post(reverse("nexus_activation_step", args=[prepared.pk, "confirm"]))
    told = page(client)

    assert Activation.objects.get().state == "ramping"
    assert "31 people pressed along." in told
    assert "Mira" in told
    client.logout()
    assert "Mira" not in page(client)


def test_a_held_ramp_shows_its_breach_and_the_way_back(
    signed_in: SignIn, running_ramp: Activation, kiran: Person
) -> None:
    read_all(9, ph=6.9)
    actions.watch_ramp(noon(9))
    client = signed_in(kiran)
    told = page(client)
    assert "The new load is held" in told
    assert "Put the former plant back" in told
    sent = client.post(reverse("nexus_activation_step", args=[running_ramp.pk, "back"]), {"why": "it sours"})
    after = page(client)

    assert sent.status_code == 302
    assert "The former plant is back" in after
    assert "How the microbes come back" in after


def test_the_plants_page_leads_to_a_ramp_alarm(client: Client, running_ramp: Activation) -> None:
    read_all(9, ph=6.9)
    actions.watch_ramp(noon(9))

    assert "The new load is held" in page(client, "nexus")


def test_an_accounting_stands_beside_the_words_that_were_promised(
    client: Client, running_ramp: Activation
) -> None:
    told = page(client)
    assert "Published here on" in told
    assert "Cooking: 20 hours a week (15 to 25)." in told
    actions.account_if_due(moment(7 + 365))

    assert "Means of the four weeks before" in page(client)


@pytest.mark.parametrize(
    ("name", "words"),
    [("nexus_activation_new", ()), ("nexus_preflight", (1,)), ("nexus_activation_step", (1, "press"))],
)
def test_residents_look_and_do_not_touch(
    client: Client, prepared: Activation, enrol: Enrol, name: str, words: tuple[object, ...]
) -> None:
    theo = enrol("Theo")
    address = reverse(name, args=[prepared.pk, *words[1:]] if words else [])
    assert client.get(address).status_code == 302
    client.force_login(theo)

    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403


def test_what_is_not_there_is_not_found(signed_in: SignIn, prepared: Activation, kiran: Person) -> None:
    client = signed_in(kiran)

    assert client.get(reverse("nexus_activation_one", args=[99])).status_code == 404
    assert client.get(reverse("nexus_activation_step", args=[prepared.pk, "explode"])).status_code == 404
