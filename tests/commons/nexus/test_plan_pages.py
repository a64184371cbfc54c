"""The feed plan's pages, as a scientist uses them, as a neighbour reads them, as an attacker tries them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus import actions, planning
from harmonia.commons.nexus.models import FeedPlan, PlantVersion
from harmonia.commons.people.models import Person
from tests.commons.nexus.conftest import DEMO, Bring
from tests.commons.nexus.test_plans import clear_readings

pytestmark = pytest.mark.django_db

SignIn = Callable[[Person], Client]
SERIES = {
    "gas_m3_d": [1.0] * 3, "gas_low": [0.8] * 3, "gas_high": [1.2] * 3, "acid_ratio": [0.15] * 3,
    "acid_ratio_low": [0.1] * 3, "acid_ratio_high": [0.2] * 3, "ph": [7.4] * 3, "ph_low": [7.3] * 3,
    "ph_high": [7.5] * 3, "loading_kg_vs_m3_d": [0.9] * 3,
}  # fmt: skip
LEAVES = {
    "feedstock": "leaves", "kind": "helps", "kg": 40.2, "because": "carbon_to_nitrogen", "before": 14.1,
    "after": 20.0, "hours": 3.0,
}  # fmt: skip
FAT = {**LEAVES, "feedstock": "bread", "kind": "waits", "because": "acid_ratio", "kg": 0.0}


@pytest.fixture
def plant(kiran: Person) -> PlantVersion:
    found = actions.commission(DEMO, by=kiran, at=timezone.now() - timedelta(days=3))
    clear_readings()
    return found


def a_plan(plant: PlantVersion, **changed: object) -> FeedPlan:
    """A plan as the worker leaves one; what the worker does is tested elsewhere."""
    values = {
        "version": plant, "state": "proposed", "origin": "model", "start": timezone.localdate(), "days": 3,
        "asked_at": timezone.now(), "made_at": timezone.now(),
        "feed": {"food_waste": [4.0, 5.0, 6.0], "leaves": [0.0, 1.5, 0.0]},
        "series": SERIES, "facts": {"status": "ok", "tight": ["rise"]}, "advice": [LEAVES, FAT],
    }  # fmt: skip
    return FeedPlan.objects.create(**(values | changed))


def page(client: Client, address: str = "/nexus/plan/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_plant_and_without_a_plan_the_page_says_so(client: Client, db: None) -> None:
    assert "There is no plant here yet" in page(client)


def test_a_scientist_can_ask_for_the_first_plan(
    plant: PlantVersion, kiran: Person, signed_in: SignIn
) -> None:
    browser = signed_in(kiran)
    assert "Ask for a plan" in page(browser)
    answer = browser.post("/nexus/plan/ask/", follow=True)

    assert "The plan is being worked out" in answer.content.decode()
    assert FeedPlan.objects.get().state == "asked"


def test_anybody_reads_the_plan_and_only_a_scientist_gets_buttons(
    client: Client, plant: PlantVersion
) -> None:
    a_plan(plant)
    html = page(client)

    assert "Everything fits: 16 kg in 3 days" in html
    assert "What holds the pace: how fast the feed may rise." in html
    assert html.count("data-chart") == 2
    assert "Accept the plan" not in html
    assert "Change it" not in html


def test_what_does_not_fit_is_said_with_the_limit_that_would_have_to_give(
    client: Client, plant: PlantVersion
) -> None:
    a_plan(
        plant,
        facts={
            "status": "not everything fits",
            "needs": [["loading", 2.9, 2.0]],
            "away_kg": {"food_waste": 38.2},
        },
    )
    html = page(client)

    assert "16 kg fit in 3 days; 38 kg do not" in html
    assert "2.90 kg of solids that rot for each m³ and day (the limit is 2.00)" in html
    assert "would have to wait or go to compost" in html


def test_a_plant_beyond_its_limit_is_said_with_the_day_it_is_over(
    client: Client, plant: PlantVersion
) -> None:
    a_plan(plant, facts={"status": "beyond a limit", "over": {"acid_ratio": [1, 2]}})

    assert "Beyond its limit until day 2: acids over buffer." in page(client)


def test_accepting_a_plan_puts_it_on_the_feeding_form(
    plant: PlantVersion, kiran: Person, signed_in: SignIn
) -> None:
    found, browser = a_plan(plant), signed_in(kiran)
    answer = browser.post(f"/nexus/plan/{found.pk}/accept/", follow=True)

    assert "The plan is in force." in answer.content.decode()
    assert "In force from" in page(browser)
    assert "Today by the plan" in page(browser, "/nexus/feed/")
    assert "4.0 kg of" in page(browser, "/nexus/feed/")


def test_changing_a_plan_keeps_what_was_typed_when_it_makes_no_sense(
    plant: PlantVersion, kiran: Person, signed_in: SignIn
) -> None:
    found, browser = a_plan(plant), signed_in(kiran)
    answer = browser.post(f"/nexus/plan/{found.pk}/change/", {"food_waste-0": "-3", "leaves-1": "2.5"})
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "A weight must be a number of kg" in html
    assert 'value="2.5"' in html
    assert FeedPlan.objects.count() == 1


def test_a_changed_plan_is_foreseen_next(plant: PlantVersion, kiran: Person, signed_in: SignIn) -> None:
    found, browser = a_plan(plant), signed_in(kiran)
    weights = {"food_waste-0": "3", "food_waste-1": "3.5", "food_waste-2": "", "leaves-1": "2"}
    answer = browser.post(f"/nexus/plan/{found.pk}/change/", weights, follow=True)
    changed = FeedPlan.objects.get(edited_from=found)

    assert "The model foresees it now" in answer.content.decode()
    assert changed.feed == {"food_waste": [3.0, 3.5, 0.0], "leaves": [0.0, 2.0, 0.0]}
    assert changed.state == "asked"


def test_a_red_reading_closes_the_page_and_its_buttons(
    plant: PlantVersion, kiran: Person, signed_in: SignIn
) -> None:
    found, browser = a_plan(plant), signed_in(kiran)
    actions.record_reading("leak_check", passed=False)
    html = page(browser)
    answer = browser.post(f"/nexus/plan/{found.pk}/accept/", follow=True)
    found.refresh_from_db()

    assert "Feed plans are closed" in html
    assert html.split("<main")[1].count("disabled") == 2
    assert "Nothing was changed." in answer.content.decode()
    assert found.state == "proposed"


@pytest.mark.parametrize("address", ["ask/", "{}/accept/", "{}/change/"])
def test_a_resident_cannot_plan(
    plant: PlantVersion, lyra: Person, client: Client, signed_in: SignIn, address: str
) -> None:
    found = a_plan(plant)
    target = "/nexus/plan/" + address.format(found.pk)

    assert client.post(target).status_code == 302
    assert signed_in(lyra).post(target).status_code == 403


def test_a_plan_that_is_not_there_is_not_found(plant: PlantVersion, kiran: Person, signed_in: SignIn) -> None:
    assert signed_in(kiran).post("/nexus/plan/99/accept/").status_code == 404


def test_the_plants_page_says_what_to_bring_by_the_plan(client: Client, plant: PlantVersion) -> None:
    a_plan(plant)
    html = page(client, "/nexus/")

    assert "would help: carbon over nitrogen of the feed rises from 14.10 to 20.00." in html
    assert "Please keep bread for another week: no room is left by acids over buffer." in html
    assert 'href="/nexus/plan/"' in html


def test_a_plan_of_the_plant_before_asks_for_a_new_one(
    plant: PlantVersion, kiran: Person, signed_in: SignIn
) -> None:
    a_plan(plant)
    PlantVersion.objects.create(
        number=2, toml=plant.toml, since=timezone.now(), why="bigger", liquid_volume_m3=3
    )
    html = page(signed_in(kiran))

    assert "The plant has changed since" in html
    assert "Accept the plan" not in html


def test_a_site_without_the_planner_says_how_to_add_it(
    plant: PlantVersion, kiran: Person, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "is_installed", lambda: False)
    html = page(signed_in(kiran))

    assert "The planner is not installed here" in html
    assert "Ask for a plan" not in html.split("<main")[1]


def test_a_failed_plan_is_told_with_its_reason(client: Client, plant: PlantVersion) -> None:
    a_plan(plant, state="failed", feed={}, series={}, facts={"status": "No plan was found."}, advice=[])

    assert "No plan was found." in page(client)


def test_no_page_of_the_plan_carries_a_style_or_a_script_of_its_own(
    plant: PlantVersion, kiran: Person, signed_in: SignIn
) -> None:
    found, browser = a_plan(plant), signed_in(kiran)
    for address in ("/nexus/plan/", f"/nexus/plan/{found.pk}/change/"):
        html = page(browser, address)

        assert " style=" not in html
        assert "<script>" not in html


def test_the_real_way_from_bin_to_plan(
    plant: PlantVersion, kiran: Person, bring: Bring, gate: Holder, scraps: Substance, signed_in: SignIn
) -> None:
    bring(6000, at=timezone.now())
    browser = signed_in(kiran)
    browser.post("/nexus/plan/ask/")
    actions.make_plan(FeedPlan.objects.get())
    html = page(browser)

    assert "kg in 14 days" in html
    assert "Accept the plan" in html
