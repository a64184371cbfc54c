"""The pages of choosing, as the four people who use them and as a visitor."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from harmonia.commons.nexus import actions as nexus
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions, queries
from harmonia.commons.voice.models import Foresight, Option, Upgrade
from tests.commons.voice.conftest import Pick
from tests.commons.voice.test_actions import DEMO

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
OPEN_VOTE = "Open vote: other members can see what you approve. Secret ballots come later."


def page_of(client: Client, upgrade: Upgrade) -> str:
    return client.get(reverse("upgrade", args=[upgrade.pk])).content.decode()


def test_without_a_question_the_page_says_who_asks_them(client: Client, db: None) -> None:
    page = client.get(reverse("choose")).content.decode()

    assert "Nothing to choose right now" in page
    assert "Nothing was decided here yet" in page
    assert OPEN_VOTE in page


def test_the_page_leads_to_the_vote_that_is_on(lyra: Person, signed_in: SignIn, voting: Upgrade) -> None:
    page = signed_in(lyra).get(reverse("choose")).content.decode()

    assert "You are asked: Room for the next street" in page
    assert f'href="{reverse("upgrade", args=[voting.pk])}"' in page
    assert "0 of 3 have a ballot in" in page


def test_options_stand_with_cost_work_and_what_the_twin_foresees(client: Client, shown: Upgrade) -> None:
    page = page_of(client, shown)

    for words in ("€\u00a0420", "8 hours of our own work", "Room in the gas store: 1.5 m³ more"):
        assert words in page
    assert "<strong>21.0 hours a week</strong> (16.8 to 25.2), now 14.0 hours a week" in page
    assert "It changes nothing the model knows" in page
    assert OPEN_VOTE in page


def test_a_resident_casts_and_changes_a_ballot(
    lyra: Person, signed_in: SignIn, voting: Upgrade, pick: Pick
) -> None:
    browser = signed_in(lyra)
    chosen = [option.pk for option in pick("bag", "tank")]
    cast = browser.post(reverse("upgrade_approve", args=[voting.pk]), {"option": chosen}, follow=True)
    page = cast.content.decode()

    assert "Your ballot is in" in page
    assert page.count(" checked>") == 2
    assert "€\u00a0600, the budget is €\u00a0560" in page
    assert "That is fine: the count buys only what fits" in page

    back = browser.post(reverse("upgrade_approve", args=[voting.pk]), follow=True).content.decode()

    assert "Your ballot is taken back" in back


def test_members_see_who_approves_what_and_visitors_see_how_many(
    client: Client, lyra: Person, theo: Person, signed_in: SignIn, voting: Upgrade, pick: Pick
) -> None:
    actions.approve(lyra, voting, pick("bag"))
    actions.approve(theo, voting, pick("bag"))
    outside = page_of(client, voting)
    people.leave(lyra)
    inside = page_of(signed_in(theo), voting)

    assert "Lyra" not in outside
    assert "2 of 3 have a ballot in" in outside
    assert "Theo, 1 who left since" in inside


def test_the_result_gives_every_reason_and_the_bundle(
    client: Client, lyra: Person, theo: Person, voting: Upgrade, pick: Pick
) -> None:
    actions.approve(lyra, voting, pick("bag", "water"))
    actions.close_vote(voting, by=theo)
    page = page_of(client, voting)
    bundle = client.get(reverse("upgrade_bundle", args=[voting.pk]))

    assert "Not chosen: nobody supports it." in page
    assert page.count("Chosen: the one who supports it paid") == 2
    assert f"harmonia recount vote-{voting.pk}.zip" in page
    assert bundle["Content-Type"] == "application/zip"
    assert bundle.content[:2] == b"PK"


def test_the_hash_on_the_page_is_that_of_the_text_to_download(client: Client, voting: Upgrade) -> None:
    import hashlib

    text = client.get(reverse("upgrade_frozen", args=[voting.pk])).content

    assert hashlib.sha256(text).hexdigest() in page_of(client, voting)
    assert "unchanged" in page_of(client, voting)


@pytest.mark.parametrize("name", ["upgrade_bundle", "upgrade_frozen"])
def test_before_there_is_anything_to_check_there_is_no_download(
    client: Client, shown: Upgrade, name: str
) -> None:
    assert client.get(reverse(name, args=[shown.pk])).status_code == 404


def test_a_facilitator_asks_from_draft_to_decision(theo: Person, lyra: Person, signed_in: SignIn) -> None:
    browser = signed_in(theo)
    question = {"title": "More gas", "story": "The store is full.", "budget": "300", "currency": "€"}
    browser.post(reverse("upgrade_new"), question)
    upgrade = Upgrade.objects.get()
    for title, cost in (("Bag", "180"), ("Hose", "20")):
        option = {"title": title, "description": "Plain words.", "cost": cost, "labour_h": "2"}
        browser.post(reverse("option_new", args=[upgrade.pk]), option)
    for step in ("open", "vote"):
        asked = browser.get(reverse("upgrade_step", args=[upgrade.pk, step])).content.decode()
        assert OPEN_VOTE in asked
        browser.post(reverse("upgrade_step", args=[upgrade.pk, step]))
    actions.approve(lyra, upgrade, upgrade.options.filter(code="hose"))
    done = browser.post(reverse("upgrade_step", args=[upgrade.pk, "close"]), follow=True).content.decode()

    assert "The vote is closed and counted" in done
    assert [option.code for option in queries.winners(Upgrade.objects.get())] == ["hose"]


def test_an_option_form_gathers_changes_of_the_plant(
    theo: Person, kiran: Person, drafted: Upgrade, signed_in: SignIn
) -> None:
    nexus.commission(DEMO, by=kiran)
    browser = signed_in(theo)
    address = reverse("option_new", args=[drafted.pk])
    values = {
        "title": "Warm",
        "description": "Warmer.",
        "cost": "10",
        "labour_h": "0",
        "field1": "temperature_c",
        "operation1": "add",
        "value1": "2.5",
        "field2": "dilution_l_per_kg",
        "operation2": "multiply",
        "value2": "0.5",
    }
    asked = browser.get(address).content.decode()
    browser.post(address, values)

    assert "Temperature in the digester, now 37.0 °C" in asked
    assert Option.objects.get(code="warm").edits == [
        {"field": "temperature_c", "operation": "add", "value": 2.5},
        {"field": "dilution_l_per_kg", "operation": "multiply", "value": 0.5},
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cost": "0"}, "greater than or equal to 1"),
        ({"cost": "a lot"}, "whole number"),
        ({"field1": "liquid_m3"}, "Write the number"),
        ({"field1": "liquid_m3", "operation1": "set", "value1": "nan"}, "number"),
        ({"field1": "__class__", "operation1": "set", "value1": "1"}, "valid choice"),
        ({"field1": "liquid_m3", "operation1": "set", "value1": "-5"}, "between"),
    ],
)
def test_a_bad_option_is_explained_and_nothing_is_kept(
    theo: Person, kiran: Person, drafted: Upgrade, signed_in: SignIn, change: dict[str, str], words: str
) -> None:
    nexus.commission(DEMO, by=kiran)
    good = {"title": "Warm", "description": "Warmer.", "cost": "10", "labour_h": "0"}
    response = signed_in(theo).post(reverse("option_new", args=[drafted.pk]), good | change)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert drafted.options.count() == 3


def test_an_option_is_taken_off_after_asking_once(theo: Person, drafted: Upgrade, signed_in: SignIn) -> None:
    option = drafted.options.get(code="tank")
    address = reverse("option_remove", args=[drafted.pk, option.pk])
    browser = signed_in(theo)

    assert "Take “Tank” off?" in browser.get(address).content.decode()
    browser.post(address)
    assert not Option.objects.filter(pk=option.pk).exists()


def test_the_twin_is_asked_again_by_a_button(
    theo: Person, drafted: Upgrade, signed_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    Option.objects.filter(code="tank").update(foresight=Foresight.FAILED, foreseen_note="No plant yet.")
    tank = Option.objects.get(code="tank")
    browser = signed_in(theo)
    assert "No plant yet." in page_of(browser, drafted)

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("option_foresee", args=[drafted.pk, tank.pk]))
    tank.refresh_from_db()

    assert tank.foresight == Foresight.READY


def test_the_scientist_puts_it_into_force_and_the_page_awaits_the_comparison(
    kiran: Person, theo: Person, lyra: Person, voting: Upgrade, signed_in: SignIn, pick: Pick
) -> None:
    nexus.commission(DEMO, by=kiran, require_safety_readings=False)
    actions.approve(lyra, voting, pick("bag"))
    actions.approve(theo, voting, pick("bag"))
    actions.close_vote(voting, by=theo)
    browser = signed_in(kiran)
    page = browser.post(reverse("upgrade_step", args=[voting.pk, "activate"]), follow=True).content.decode()

    assert "It is in force" in page
    assert "Before and after" in page
    assert "The comparison appears here by itself" in page


def test_a_refused_step_says_why_and_changes_nothing(
    kiran: Person, theo: Person, voting: Upgrade, signed_in: SignIn
) -> None:
    actions.close_vote(voting, by=theo)
    page = signed_in(kiran).post(reverse("upgrade_step", args=[voting.pk, "activate"]), follow=True)

    assert "Nothing was chosen" in page.content.decode()
    voting.refresh_from_db()
    assert voting.state == "decided"


def test_a_withdrawn_question_says_why(
    client: Client, theo: Person, voting: Upgrade, signed_in: SignIn
) -> None:
    signed_in(theo).post(
        reverse("upgrade_step", args=[voting.pk, "withdraw"]), {"why": "The prices changed."}
    )
    client.logout()

    assert "The prices changed." in client.get(reverse("choose")).content.decode()


def test_each_visitor_sees_only_the_buttons_they_may_press(
    client: Client, lyra: Person, theo: Person, signed_in: SignIn, shown: Upgrade
) -> None:
    button = reverse("upgrade_step", args=[shown.pk, "vote"])

    assert button not in page_of(client, shown)
    assert button not in page_of(signed_in(lyra), shown)
    assert button in page_of(signed_in(theo), shown)


def test_an_unknown_step_or_question_is_not_found(theo: Person, shown: Upgrade, signed_in: SignIn) -> None:
    browser = signed_in(theo)

    assert browser.get(reverse("upgrade_step", args=[shown.pk, "rig"])).status_code == 404
    assert browser.get(reverse("upgrade", args=[99999])).status_code == 404
