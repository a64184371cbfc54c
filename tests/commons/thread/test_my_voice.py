"""My voice: each act and what it changed, and nothing of any ballot."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions, papers
from harmonia.commons.voice.content import approving
from tests.commons.conftest import Enrol

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def decided(lyra: Person, enrol: Enrol) -> None:
    """A vote of eleven: all but five support the hose, six the bag."""
    theo = enrol("Theo", "facilitator")
    people = [lyra, *(enrol(f"P{n}") for n in range(10))]
    upgrade = actions.draft(theo, title="More gas", budget=110)
    for title, cost in (("Bag", 60), ("Hose", 40), ("Tank", 100)):
        actions.add_option(upgrade, by=theo, title=title, description="", cost=cost)
    actions.open_options(upgrade, by=theo)
    actions.settle_options(upgrade, by=theo)
    actions.open_vote(upgrade, by=theo)
    for n, person in enumerate(people):
        codes = ["bag"] if n % 2 == 0 else ["hose"]
        actions.cast(person, upgrade, papers.mint(upgrade.pk), approving(codes))
    actions.close_vote(upgrade, by=theo)


def test_an_empty_voice_says_how_to_begin(lyra: Person, signed_in: SignIn) -> None:
    page = signed_in(lyra).get("/thread/voice/").content.decode()

    for words in (
        "No jar yet",
        "No story yet",
        "No vote that you could take part in",
        "None yet. Anybody can propose",
    ):
        assert words in page


def test_a_drop_off_says_how_much_of_it_the_nexus_was_fed(
    lyra: Person, gate: Holder, scraps: Substance, signed_in: SignIn
) -> None:
    ledger.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(3))
    waiting = signed_in(lyra).get("/thread/voice/").content.decode()
    digester = ledger.open_holder("d", "Digester", Holder.Kind.DIGESTER)
    carried = [ledger.Posting(gate, scraps, -1500), ledger.Posting(digester, scraps, 1500)]
    from harmonia.commons.ledger.models import Action

    ledger.book(Action.TRANSFER, carried, recorder=None)
    fed = signed_in(lyra).get("/thread/voice/").content.decode()

    assert "it has not reached the Nexus yet" in waiting
    assert "50 % of it became feed, gas or fertiliser of the Nexus" in fed


def test_the_page_holds_public_facts_of_a_vote_and_nothing_of_ones_ballot(
    lyra: Person, enrol: Enrol, signed_in: SignIn
) -> None:
    decided(lyra, enrol)
    page = signed_in(lyra).get("/thread/voice/").content.decode()
    found = re.search(r'data-decided="([^"]*)"', page)
    assert found
    facts: dict[str, Any] = json.loads(unescape(found[1]))

    assert {step["project"] for step in facts["rounds"]} == {"bag", "hose"}
    assert all(step["price"] for step in facts["rounds"])
    assert [lost["project"] for lost in facts["lost"]] == ["tank"]
    assert set(facts) == {"vote", "mark", "title", "currency", "scored", "endowment", "rounds", "lost"}


def test_two_people_who_voted_differently_get_the_same_facts(
    lyra: Person, enrol: Enrol, signed_in: SignIn
) -> None:
    decided(lyra, enrol)

    def facts(person: Person) -> dict[str, Any]:
        page = signed_in(person).get("/thread/voice/").content.decode()
        found = re.search(r'data-decided="([^"]*)"', page)
        assert found
        told: dict[str, Any] = json.loads(unescape(found[1]))
        return {name: value for name, value in told.items() if name != "mark"}

    assert facts(lyra) == facts(Person.objects.get(name="P0"))
