"""The plant's pages, as a person uses them and as an attacker tries them."""

from collections.abc import Callable

import pytest
from django.test import Client

from harmonia.commons.ledger.models import Holder, Movement, Substance
from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.models import PlantVersion, Reading
from harmonia.commons.people.models import Person
from harmonia.science.metabolism import PlantEdit
from tests.commons.nexus.conftest import Bring, day, grams, moment, rebuild

pytestmark = pytest.mark.django_db

SignIn = Callable[[Person], Client]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_anybody_sees_that_there_is_no_plant(client: Client, db: None) -> None:
    assert "There is no plant here yet" in page(client, "/nexus/")
    assert "There is no plant here yet" in page(client, "/nexus/plant/")


def test_a_new_plant_waits_for_its_first_feed(client: Client, running: PlantVersion) -> None:
    html = page(client, "/nexus/")

    assert "waits for its first feed" in html
    assert "No forecast yet" in html


def test_the_page_says_the_news_with_intervals_and_where_numbers_come_from(
    client: Client, fed_week: PlantVersion
) -> None:
    actions.follow(day(6))
    html = page(client, "/nexus/")

    assert "The gas store is full" in html
    assert "estimated by the model" in html
    assert "Rodas5P" in html
    assert html.count("data-chart") == 3
    assert html.count('data-kind="low"') == html.count('data-kind="high"') == 2


def test_every_live_section_has_an_id(client: Client, fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    html = page(client, "/nexus/")

    sections = [tag for tag in html.split("<") if 'data-live="nexus"' in tag]
    assert len(sections) > 5
    assert all(" id=" in tag for tag in sections)


def test_no_page_of_the_plant_carries_a_style_or_a_script_of_its_own(
    signed_in: SignIn, kiran: Person, fed_week: PlantVersion
) -> None:
    actions.follow(day(6))
    client = signed_in(kiran)
    for address in ("/nexus/", "/nexus/plant/", "/nexus/feed/", "/nexus/reading/", "/nexus/burn/"):
        html = page(client, address)
        assert 'style="' not in html
        assert "<script>" not in html
        assert "onclick" not in html


def test_a_resident_sees_no_button_for_operators(
    signed_in: SignIn, lyra: Person, fed_week: PlantVersion
) -> None:
    html = page(signed_in(lyra), "/nexus/")

    assert "/nexus/feed/" not in html
    assert "/nexus/reading/" not in html


@pytest.mark.parametrize(
    "address", ["/nexus/feed/", "/nexus/reading/", "/nexus/burn/", "/nexus/plant/new/", "/nexus/safety/"]
)
def test_operators_pages_are_closed_to_residents_and_ask_strangers_to_sign_in(
    signed_in: SignIn, client: Client, lyra: Person, running: PlantVersion, address: str
) -> None:
    assert client.get(address).status_code == 302
    assert signed_in(lyra).get(address).status_code == 403


def test_a_resident_cannot_post_a_roll_back(signed_in: SignIn, lyra: Person, running: PlantVersion) -> None:
    assert signed_in(lyra).post("/nexus/plant/back/").status_code == 403
    assert PlantVersion.objects.count() == 1


def test_a_scientist_feeds_what_waits(
    signed_in: SignIn, kiran: Person, running: PlantVersion, bring: Bring, gate: Holder, scraps: Substance
) -> None:
    bring(8000)
    client = signed_in(kiran)
    assert "Gate, 8.0 kg" in page(client, "/nexus/feed/")
    answer = client.post("/nexus/feed/", {"batch": f"{gate.pk}-{scraps.pk}", "kilograms": "2.5"})

    assert answer.status_code == 302
    assert grams("gate", "food_waste") == 5500


def test_all_of_a_batch_goes_in_when_the_weight_is_left_empty(
    signed_in: SignIn, kiran: Person, running: PlantVersion, bring: Bring, gate: Holder, scraps: Substance
) -> None:
    bring(8000)
    signed_in(kiran).post("/nexus/feed/", {"batch": f"{gate.pk}-{scraps.pk}"})

    assert grams("gate", "food_waste") == 0


@pytest.mark.parametrize("weight", ["-1", "0", "9", "NaN", "1e9", "lots"])
def test_a_weight_that_cannot_be_gets_a_sentence_and_books_nothing(
    signed_in: SignIn,
    kiran: Person,
    running: PlantVersion,
    bring: Bring,
    gate: Holder,
    scraps: Substance,
    weight: str,
) -> None:
    bring(8000)
    before = Movement.objects.count()
    answer = signed_in(kiran).post("/nexus/feed/", {"batch": f"{gate.pk}-{scraps.pk}", "kilograms": weight})

    assert answer.status_code == 422
    assert "summary" in answer.content.decode()
    assert Movement.objects.count() == before


@pytest.mark.parametrize("batch", ["", "1-1", "0-0", "'; DROP TABLE", "<script>"])
def test_a_batch_that_does_not_wait_is_refused(
    signed_in: SignIn, kiran: Person, running: PlantVersion, bring: Bring, batch: str
) -> None:
    bring(8000)
    answer = signed_in(kiran).post("/nexus/feed/", {"batch": batch})

    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode()


def test_when_nothing_waits_the_page_says_so(signed_in: SignIn, kiran: Person, running: PlantVersion) -> None:
    assert "Nothing waits to be fed" in page(signed_in(kiran), "/nexus/feed/")


def test_a_scientist_records_readings_and_tests(
    signed_in: SignIn, kiran: Person, running: PlantVersion
) -> None:
    client = signed_in(kiran)
    client.post("/nexus/reading/", {"kind": "ph", "value": "7.3", "passed": ""})
    client.post("/nexus/reading/", {"kind": "leak_check", "value": "", "passed": "no"})

    assert list(Reading.objects.order_by("id").values_list("kind", "value", "passed")) == [
        ("ph", 7.3, None),
        ("leak_check", None, False),
    ]
    assert "red" in page(client, "/nexus/reading/")


@pytest.mark.parametrize(
    "entry",
    [{"kind": "ph", "value": "99"}, {"kind": "ph"}, {"kind": "leak_check"}, {"kind": "mood", "value": "1"}],
)
def test_a_reading_that_cannot_be_keeps_the_entry_and_saves_nothing(
    signed_in: SignIn, kiran: Person, running: PlantVersion, entry: dict[str, str]
) -> None:
    answer = signed_in(kiran).post("/nexus/reading/", entry)

    assert answer.status_code == 422
    assert Reading.objects.count() == 0


def test_cooking_is_written_down_in_hours(signed_in: SignIn, kiran: Person, fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    client = signed_in(kiran)

    assert client.post("/nexus/burn/", {"hours": "2"}).status_code == 302
    assert grams("air", "biogas") > 0
    assert client.post("/nexus/burn/", {"hours": "900"}).status_code == 422


def test_a_scientist_sets_up_the_first_plant(signed_in: SignIn, kiran: Person) -> None:
    client = signed_in(kiran)
    numbers: dict[str, str | list[str]] = {
        "name": 'Our "drum"',
        "liquid_m3": "1.5",
        "headspace_m3": "0.3",
        "temperature_c": "35",
        "dilution_l_per_kg": "1",
        "gas_store_m3": "1",
        "stove_share": "0.9",
        "safety": ["leak_check"],
    }
    assert client.post("/nexus/plant/new/", {**numbers, "liquid_m3": "0"}).status_code == 422
    assert client.post("/nexus/plant/new/", {**numbers, "liquid_m3": "999999"}).status_code == 422

    assert client.post("/nexus/plant/new/", numbers).status_code == 302
    assert PlantVersion.objects.get().liquid_volume_m3 == 1.5
    assert [rule.kind for rule in queries.safety_rules()] == ["leak_check"]
    assert client.post("/nexus/plant/new/", numbers).status_code == 422


def test_each_plant_shows_why_it_came_and_what_it_changed(
    signed_in: SignIn, fed_week: PlantVersion, safe: None, kiran: Person
) -> None:
    actions.follow(day(6))
    rebuild([PlantEdit("liquid_m3", "add", 1.0)], "<b>more room</b>", kiran, at=moment(7, hours=1))
    actions.follow(day(7))
    html = page(signed_in(kiran), "/nexus/plant/")

    assert "2 plants so far" in html
    assert "&lt;b&gt;more room&lt;/b&gt;" in html
    assert "Days in the digester" in html


def test_a_scientist_is_told_why_a_roll_back_is_closed(
    signed_in: SignIn, kiran: Person, running: PlantVersion
) -> None:
    answer = signed_in(kiran).post("/nexus/plant/back/", follow=True)

    assert "Nothing was changed" in answer.content.decode()


def test_closed_kitchen_gas_is_said_on_the_page(client: Client, running: PlantVersion) -> None:
    assert "Kitchen gas and changes are closed" in page(client, "/nexus/")


def test_a_scientist_tightens_what_is_required(
    signed_in: SignIn, kiran: Person, running: PlantVersion
) -> None:
    client = signed_in(kiran)
    assert "3 safety readings are required here" in page(client, "/nexus/safety/")
    assert client.post("/nexus/safety/", {"kind": "h2s", "days": "2", "red_from": "5"}).status_code == 302
    assert client.post("/nexus/safety/", {"kind": "h2s", "days": "2"}).status_code == 422
    assert client.post("/nexus/safety/", {"kind": "leak_check", "days": ""}).status_code == 422

    assert [rule.fresh_h for rule in queries.safety_rules()] == [744, 48, 744]
