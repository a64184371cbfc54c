"""Every set of an upgrade's options, compared on request."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus.models import DesignComparison, PlantVersion
from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions, compared
from harmonia.commons.voice.models import Upgrade
from tests.commons.nexus.conftest import DEMO, START

pytestmark = pytest.mark.django_db

SignIn = Callable[[Person], Client]


@pytest.fixture
def plant(kiran: Person) -> PlantVersion:
    """A plant in force."""
    return nexus.commission(DEMO, by=kiran, at=START)


def test_the_sets_are_asked_with_costs_and_edits(plant: PlantVersion, drafted: Upgrade, theo: Person) -> None:
    actions.compare_sets(drafted, by=theo)
    asked = DesignComparison.objects.get()

    assert asked.subject == f"voice:{drafted.pk}"
    assert [(option["name"], option["cost"]) for option in asked.options] == [
        ("Bag", 180),
        ("Tank", 420),
        ("Water", 140),
    ]
    assert (asked.budget, asked.currency, asked.shown) == (560, "€", False)


def test_opening_the_options_shows_what_was_compared(
    plant: PlantVersion, drafted: Upgrade, theo: Person
) -> None:
    actions.compare_sets(drafted, by=theo)
    actions.open_options(drafted, by=theo)

    assert DesignComparison.objects.get().shown


def test_a_changed_option_is_told(plant: PlantVersion, drafted: Upgrade, theo: Person, pick: Any) -> None:
    actions.compare_sets(drafted, by=theo)
    fresh = compared.newest(drafted)
    actions.remove_option(pick("water")[0], by=theo)
    later = compared.newest(drafted)

    assert fresh is not None
    assert not fresh.outdated
    assert later is not None
    assert later.outdated


def test_the_page_links_to_the_newest_comparison(
    signed_in: SignIn, client: Client, plant: PlantVersion, shown: Upgrade, theo: Person
) -> None:
    address = f"/choose/{shown.pk}/"
    asks = signed_in(theo)
    before = asks.get(address).content.decode()
    asks.post(f"{address}compare/")
    number = DesignComparison.objects.get().pk

    assert "Compare every set" in before
    assert f'href="/nexus/designs/{number}/"' in client.get(address).content.decode()
    assert "Compare them again" in asks.get(address).content.decode()


def test_without_a_plant_the_reason_is_told(signed_in: SignIn, shown: Upgrade, theo: Person) -> None:
    answer = signed_in(theo).post(f"/choose/{shown.pk}/compare/", follow=True)

    assert "There is no plant yet" in answer.content.decode()


def test_residents_cannot_ask(signed_in: SignIn, plant: PlantVersion, shown: Upgrade, lyra: Person) -> None:
    assert signed_in(lyra).post(f"/choose/{shown.pk}/compare/").status_code == 403
    assert not DesignComparison.objects.exists()


def test_once_voting_begins_nothing_is_asked_anew(plant: PlantVersion, voting: Upgrade, theo: Person) -> None:
    with pytest.raises(actions.Refused):
        actions.compare_sets(voting, by=theo)
