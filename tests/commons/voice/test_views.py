"""The pages of choosing, as the four people who use them and as a visitor."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus.models import PlantVersion
from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions, box, queries
from harmonia.commons.voice.content import approving
from harmonia.commons.voice.models import Foresight, Option, Upgrade
from tests.commons.conftest import Enrol
from tests.commons.voice.conftest import Vote
from tests.commons.voice.switching import confirmed, prepared
from tests.commons.voice.test_actions import DEMO

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
SECRET = "Secret ballot: nothing stored here joins your name to what you vote"


def page_of(client: Client, upgrade: Upgrade) -> str:
    return client.get(reverse("upgrade", args=[upgrade.pk])).content.decode()


def test_without_a_question_the_page_says_who_asks_them(client: Client, db: None) -> None:
    page = client.get(reverse("choose")).content.decode()

    assert "Nothing to choose right now" in page
    assert "Nothing was decided here yet" in page


def test_the_page_leads_to_the_vote_that_is_on(lyra: Person, signed_in: SignIn, voting: Upgrade) -> None:
    page = signed_in(lyra).get(reverse("choose")).content.decode()

    assert "You are asked: Room for the next street" in page
    assert f'href="{reverse("upgrade_ballot", args=[voting.pk])}"' in page
    assert "0 of 3 have a ballot in" in page


def test_options_stand_with_cost_work_and_what_the_twin_foresees(client: Client, shown: Upgrade) -> None:
    page = page_of(client, shown)

    for words in ("€\u00a0420", "8 hours of our own work", "Room in the gas store: 1.5 m³ more"):
        assert words in page
    assert "<strong>21.0 hours a week</strong> (16.8 to 25.2), now 14.0 hours a week" in page
    assert "It changes nothing the model knows" in page


def ballot(browser: Client, upgrade: Upgrade, **fields: str) -> str:
    """Post a ballot as the page does; return the page that follows."""
    data = {name.replace("__", "-"): value for name, value in fields.items()}
    return browser.post(reverse("upgrade_ballot", args=[upgrade.pk]), data, follow=True).content.decode()


def test_a_resident_casts_and_changes_a_ballot(lyra: Person, signed_in: SignIn, voting: Upgrade) -> None:
    browser = signed_in(lyra)
    asked = browser.get(reverse("upgrade_ballot", args=[voting.pk])).content.decode()
    page = ballot(browser, voting, option__bag="on", option__tank="on", rank__sour_risk="1")

    assert SECRET in asked
    assert "Your ballot is in the box" in page
    assert page.count(" checked") == 2
    assert "€\u00a0600 of €\u00a0560" in page
    assert "That is fine: the count buys only what fits" in page
    assert "Your receipt" in page

    changed = ballot(browser, voting, option__water="on")

    assert changed.count(" checked") == 1
    assert box.contents(voting)[0].canonical == 'approve ["water"]'


def test_without_script_the_cost_is_added_up_before_voting(
    lyra: Person, signed_in: SignIn, voting: Upgrade
) -> None:
    page = ballot(signed_in(lyra), voting, option__bag="on", look="1")

    assert "€\u00a0180 of €\u00a0560" in page
    assert box.papers(voting) == 0


def test_on_another_device_the_key_opens_the_ballot(
    lyra: Person, client: Client, signed_in: SignIn, voting: Upgrade, vote: Vote
) -> None:
    key = vote(lyra, voting, "bag")
    browser = signed_in(lyra)
    asked = browser.get(reverse("upgrade_ballot", args=[voting.pk])).content.decode()
    wrong = ballot(browser, voting, option__tank="on", key="AAAA-BBBB")
    none = ballot(browser, voting, option__tank="on")
    right = ballot(browser, voting, option__tank="on", key=key.lower())

    assert "this browser does not hold its key" in asked
    assert "That is no ballot key of this vote" in wrong
    assert "with another key" in none
    assert "Your ballot is in the box" in right
    assert [said.choice for said in box.contents(voting)] == [frozenset({"tank"})]


def test_an_answer_lost_on_the_way_costs_nobody_their_vote(
    lyra: Person, signed_in: SignIn, voting: Upgrade
) -> None:
    browser = signed_in(lyra)
    address = reverse("upgrade_ballot", args=[voting.pk])
    browser.get(address)
    kept = deepcopy(browser.cookies)
    browser.post(address, {"option-bag": "on"})
    browser.cookies = kept  # as if the answer never came

    assert "Your ballot is in the box" in ballot(browser, voting, option__tank="on")
    assert box.papers(voting) == 1


def test_two_outcomes_in_one_place_are_asked_about(lyra: Person, signed_in: SignIn, voting: Upgrade) -> None:
    page = ballot(signed_in(lyra), voting, rank__sour_risk="1", rank__accepted_kg_d="1")

    assert "Two outcomes have the same place" in page
    assert box.papers(voting) == 0


def test_points_are_given_where_the_question_asks_for_points(
    settled: Upgrade, theo: Person, lyra: Person, signed_in: SignIn
) -> None:
    actions.define_electorate(settled, by=theo, ballot_kind="score")
    voting = actions.open_vote(settled, by=theo)
    browser = signed_in(lyra)
    ballot(browser, voting, option__bag="5", option__tank="0", option__water="2")
    refused = ballot(browser, voting, option__bag="6")
    closed = actions.close_vote(voting, by=theo)

    assert "Select a valid choice" in refused
    assert box.contents(voting)[0].canonical == 'score [["bag","5"],["water","2"]]'
    assert {o.code for o in queries.winners(closed)} == {"bag", "water"}


def test_two_people_enter_a_paper_ballot(
    client: Client, lyra: Person, theo: Person, kiran: Person, voting: Upgrade
) -> None:
    def desk(clerk: Person, name: str, **data: str) -> str:
        client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
        values = {key.replace("__", "-"): value for key, value in data.items()}
        return client.post(reverse(name, args=[voting.pk]), values, follow=True).content.decode()

    printed = desk(theo, "upgrade_sheets", number="2")
    keys = re.findall(r"<code>([A-Z2-7-]{29})</code>", printed)
    early = desk(theo, "upgrade_sheet", key=keys[0], option__bag="on")
    taken = desk(theo, "upgrade_hand_out", person=str(lyra.pk))
    first = desk(theo, "upgrade_sheet", key=keys[0], option__bag="on")
    same = desk(theo, "upgrade_sheet", key=keys[0], option__bag="on")
    differs = desk(kiran, "upgrade_sheet", key=keys[0], option__tank="on")
    again = desk(kiran, "upgrade_sheet", key=keys[0], option__tank="on")
    done = desk(theo, "upgrade_sheet", key=keys[0], option__tank="on")
    stolen = desk(theo, "upgrade_sheet", key=keys[1], option__tank="on")

    assert len(set(keys)) == 2
    assert "More sheets come back than people took" in early
    assert "Lyra takes a sheet" in taken
    assert "Now somebody else reads it" in first
    assert "Somebody else has to read this sheet" in same
    assert "read different things" in differs
    assert "Now somebody else reads it" in again
    assert "It is in the box" in done
    assert "More sheets come back" in stolen
    assert [said.choice for said in box.contents(voting)] == [frozenset({"tank"})]


def test_who_took_a_sheet_cannot_vote_on_a_screen_as_well(
    lyra: Person, theo: Person, voting: Upgrade, signed_in: SignIn
) -> None:
    actions.hand_out(voting, lyra, by=theo)

    assert "with another key" in ballot(signed_in(lyra), voting, option__bag="on")


def test_a_sheet_read_once_keeps_the_vote_from_closing(lyra: Person, theo: Person, voting: Upgrade) -> None:
    [key] = actions.print_sheets(voting, by=theo, number=1)
    actions.hand_out(voting, lyra, by=theo)
    actions.read_sheet(voting, key, approving(["bag"]), by=theo)

    with pytest.raises(actions.Refused, match="read by one person only"):
        actions.close_vote(voting, by=theo)


def test_the_result_gives_every_reason(
    client: Client, lyra: Person, theo: Person, voting: Upgrade, vote: Vote
) -> None:
    vote(lyra, voting, "bag", "water")
    actions.close_vote(voting, by=theo)
    page = page_of(client, voting)

    assert page.count("Not chosen: those who support it could not pay for it") == 1
    assert page.count("Chosen: those who support it could pay for it") == 2


def test_a_resident_proposes_an_option_with_any_unit_and_lets_a_neighbour_write(
    client: Client, lyra: Person, kiran: Person, theo: Person, shown: Upgrade
) -> None:
    nexus.commission(DEMO, by=kiran)
    client.force_login(lyra, backend="django.contrib.auth.backends.ModelBackend")
    values = {"title": "Barrel", "description": "An old barrel.", "cost": "10", "labour_h": "4", "who": "Lyra",
              "field1": "gas_store_m3", "operation1": "add", "value1": "500 L"}  # fmt: skip
    page = client.post(reverse("option_new", args=[shown.pk]), values, follow=True).content.decode()
    barrel = Option.objects.get(code="barrel")
    client.post(reverse("option_author", args=[shown.pk, barrel.pk]), {"name": "kiran"})
    client.post(reverse("option_hand", args=[shown.pk, barrel.pk]), {"hours": "6"})
    client.force_login(kiran, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("option_change", args=[shown.pk, barrel.pk]), values | {"cost": "12"})
    told = client.get(reverse("option", args=[shown.pk, barrel.pk])).content.decode()
    barrel.refresh_from_db()

    assert barrel.edits == [{"field": "gas_store_m3", "operation": "add", "value": 0.5}]
    assert "Room in the gas store: 0.5 m³ more" in page
    assert barrel.cost == 12
    assert "Lyra, Kiran" in told
    assert "6 hours of help are promised" in told
    assert "Changed: cost (Kiran)" in told


def test_nobody_changes_an_option_they_do_not_write(
    client: Client, lyra: Person, enrol: Enrol, shown: Upgrade
) -> None:
    actions.add_option(shown, by=lyra, title="Barrel", description="", cost=1)
    barrel = Option.objects.get(code="barrel")
    client.force_login(enrol("Eve"), backend="django.contrib.auth.backends.ModelBackend")
    statuses = [
        client.post(reverse(name, args=[shown.pk, barrel.pk]), {"title": "Mine"}).status_code
        for name in ("option_change", "option_remove", "option_veto")
    ]

    assert statuses == [403, 403, 403]
    assert Option.objects.get(code="barrel").title == "Barrel"


def test_only_who_asks_says_that_law_asks_for_an_option(lyra: Person, theo: Person, shown: Upgrade) -> None:
    with pytest.raises(actions.Refused, match="Only who asks"):
        actions.add_option(
            shown, by=lyra, title="X", description="", cost=1, mandatory=True, mandatory_why="I say so."
        )
    with pytest.raises(actions.Refused, match="which rule"):
        actions.add_option(shown, by=theo, title="X", description="", cost=1, mandatory=True)


def test_a_facilitator_asks_from_draft_to_decision(
    theo: Person, lyra: Person, signed_in: SignIn, vote: Vote
) -> None:
    browser = signed_in(theo)
    question = {"title": "More gas", "story": "The store is full.", "budget": "300", "currency": "€"}
    browser.post(reverse("upgrade_new"), question)
    upgrade = Upgrade.objects.get()
    for title, cost in (("Bag", "180"), ("Hose", "20")):
        option = {"title": title, "description": "Plain words.", "cost": cost, "labour_h": "2"}
        browser.post(reverse("option_new", args=[upgrade.pk]), option)
    for step in ("open", "settle", "vote"):
        assert browser.get(reverse("upgrade_step", args=[upgrade.pk, step])).status_code == 200
        browser.post(reverse("upgrade_step", args=[upgrade.pk, step]))
    vote(lyra, upgrade, "hose")
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


def test_what_was_chosen_leads_to_its_switch_over(
    kiran: Person, theo: Person, lyra: Person, voting: Upgrade, signed_in: SignIn, vote: Vote
) -> None:
    vote(lyra, voting, "bag")
    vote(theo, voting, "bag")
    decided = actions.close_vote(voting, by=theo)
    browser = signed_in(theo)
    assert "There is no plant here yet, so there is nothing to switch over." in page_of(browser, decided)
    nexus.commission(DEMO, by=kiran, require_safety_readings=False)
    address = f"{reverse('nexus_activation_new')}?decision=voice%3A{decided.pk}"
    assert f'href="{address}"' in page_of(browser, decided)
    chosen = browser.get(address).context["form"]

    assert chosen["decision"].value() == f"voice:{decided.pk}"


def test_a_page_says_what_its_switch_over_waits_for_until_it_is_in_force(
    kiran: Person, theo: Person, lyra: Person, voting: Upgrade, client: Client, vote: Vote
) -> None:
    nexus.commission(DEMO, by=kiran, require_safety_readings=False)
    vote(lyra, voting, "bag")
    vote(theo, voting, "bag")
    decided = actions.close_vote(voting, by=theo)
    assert "A facilitator or a scientist prepares it." in page_of(client, decided)
    switch = prepared(decided, theo)
    nexus.check_item(switch, "no_flame", passed=False, reason="Ada smokes", by=kiran)
    waiting = page_of(client, decided)
    nexus.check_item(switch, "no_flame", passed=True, by=kiran)
    nexus.press(switch, theo)
    called = page_of(client, decided)
    nexus.confirm_activation(switch, kiran)
    done = page_of(client, decided)

    assert "10 of 11 items of the checklist are clear" in waiting
    assert "<li>There is no flame and nobody smokes</li>" in waiting
    assert "Ada" not in waiting
    assert "Called for: a second person confirms on site" in called
    assert "In force: the load goes up step by step" in done
    assert "Before and after" in done
    assert "The comparison appears here by itself" in done
    assert all(reverse("nexus_activation_one", args=[switch.pk]) in page for page in (waiting, called, done))


def test_a_page_says_which_switch_over_comes_first_and_when_its_own_was_put_back(
    kiran: Person, theo: Person, lyra: Person, voting: Upgrade, client: Client, vote: Vote
) -> None:
    nexus.commission(DEMO, by=kiran, require_safety_readings=False)
    vote(lyra, voting, "bag")
    decided = actions.close_vote(voting, by=theo)
    other = nexus.prepare_activation(theo, title="More leaves", goal_kg_vs_m3_d=1.0)
    assert "“More leaves” is open and comes first" in page_of(client, decided)
    nexus.call_off_activation(other, theo, "Not this year")
    switch = prepared(decided, theo)
    confirmed(switch, theo, kiran, decided)
    nexus.roll_back_activation(switch, kiran, "The bag leaked")
    page = page_of(client, decided)

    assert "Put back: the former plant is in force again" in page
    assert "The bag leaked" in page


def test_what_changes_nothing_about_the_plant_is_done_with_one_button(
    kiran: Person, theo: Person, lyra: Person, voting: Upgrade, signed_in: SignIn, vote: Vote
) -> None:
    for person in (lyra, theo, kiran):
        vote(person, voting, "water")
    actions.close_vote(voting, by=theo)
    actions.schedule(voting, by=theo, day=timezone.localdate())
    browser, address = signed_in(kiran), reverse("upgrade_step", args=[voting.pk, "activate"])
    page = page_of(browser, voting)
    assert f'href="{address}"' in page
    assert 'id="switch-over"' not in page

    assert "It is in force, and everybody was told." in browser.post(address, follow=True).content.decode()


def test_the_button_for_what_changes_nothing_leads_no_plant_past_its_checklist(
    kiran: Person, theo: Person, lyra: Person, voting: Upgrade, signed_in: SignIn, vote: Vote
) -> None:
    nexus.commission(DEMO, by=kiran, require_safety_readings=False)
    vote(lyra, voting, "bag")
    actions.close_vote(voting, by=theo)
    actions.schedule(voting, by=theo, day=timezone.localdate())
    browser, address = signed_in(kiran), reverse("upgrade_step", args=[voting.pk, "activate"])
    assert f'href="{address}"' not in page_of(browser, voting)
    page = browser.post(address, follow=True).content.decode()
    voting.refresh_from_db()

    assert "whose checklist nobody skips" in page
    assert voting.state == "scheduled"
    assert PlantVersion.objects.count() == 1


def test_a_refused_step_says_why_and_changes_nothing(
    theo: Person, voting: Upgrade, signed_in: SignIn
) -> None:
    actions.close_vote(voting, by=theo)
    address = reverse("upgrade_step", args=[voting.pk, "schedule"])
    page = signed_in(theo).post(address, {"day": timezone.localdate().isoformat()}, follow=True)

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
    button = reverse("upgrade_step", args=[shown.pk, "settle"])

    assert button not in page_of(client, shown)
    assert button not in page_of(signed_in(lyra), shown)
    assert button in page_of(signed_in(theo), shown)


def test_an_unknown_step_or_question_is_not_found(theo: Person, shown: Upgrade, signed_in: SignIn) -> None:
    browser = signed_in(theo)

    assert browser.get(reverse("upgrade_step", args=[shown.pk, "rig"])).status_code == 404
    assert browser.get(reverse("upgrade", args=[99999])).status_code == 404
