"""Plants of several parts in the nexus: each day with its own plant, files written anew, runs of former days."""

from dataclasses import asdict

import pytest
from django.test import Client
from django.urls import reverse

from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus import actions, queries, twin
from harmonia.commons.nexus.comparison import changes
from harmonia.commons.nexus.models import PlantVersion, Run
from harmonia.commons.people.models import Person
from harmonia.science.metabolism import PlantEdit
from tests.commons.nexus.conftest import DEMO, START, Bring, day, grams, moment, rebuild

SECOND = [PlantEdit("digester.second.liquid_m3", "set", 2.0)]
BAYS = 'name = "Bays"\n[composting]\n'
FLAT = """
name = "Old"
liquid_m3 = 2.0
headspace_m3 = 0.4
temperature_c = 37.0
dilution_l_per_kg = 1.0
gas_store_m3 = 1.5
stove_share = 0.9
"""


@pytest.fixture
def fed(running: PlantVersion, bring: Bring, gate: Holder, scraps: Substance) -> None:
    """Ten days of eight kilograms."""
    for number in range(10):
        bring(8000, at=moment(number))
        actions.feed(gate, scraps, at=moment(number))


def read_safety(kiran: Person, number: int) -> None:
    """Take every safety reading on a day of the plant's life."""
    actions.record_reading("h2s", 0.4, by=kiran, at=moment(number))
    for test in ("ch4_alarm", "leak_check"):
        actions.record_reading(test, passed=True, by=kiran, at=moment(number))


def test_past_days_keep_the_plant_they_had(fed: None, kiran: Person) -> None:
    before = actions.follow(day(9), quiet=True)
    read_safety(kiran, 6)
    rebuild(SECOND, "room", kiran, at=moment(6, hours=1))
    after = actions.follow(day(9), quiet=True)

    assert after.series("gas_m3_d")[:6] == pytest.approx(before.series("gas_m3_d")[:6], rel=1e-9)
    assert after.series("gas_m3_d")[-1] != pytest.approx(before.series("gas_m3_d")[-1], rel=1e-3)
    assert set(after.outcome["digesters"]) == {"first", "second"}
    assert after.outcome["digesters"]["second"]["first"] == 6


def test_a_case_names_every_plant_with_its_first_day(fed: None, kiran: Person) -> None:
    read_safety(kiran, 6)
    version = rebuild(SECOND, "room", kiran, at=moment(6, hours=1))
    case = twin.case_until(day(9))

    assert [(first, plant.number) for first, plant in case.plants] == [(0, 1), (6, version.number)]


def test_a_run_of_former_days_without_the_new_series_is_still_read(running: PlantVersion) -> None:
    run = actions.follow(day(2), quiet=True)
    former = {name: run.outcome[name] for name in ("gas_m3_d", "gas_low", "gas_high", "ph", "acid_ratio")}
    Run.objects.filter(pk=run.pk).update(outcome=former)
    old = Run.objects.get(pk=run.pk)
    means = twin.last_means(old.outcome)

    assert old.series("net_kwh_d") == []
    assert set(means) == set(former)
    assert [change.measure for change in changes(means, twin.last_means(run.outcome))] == [
        "gas_m3_d",
        "acid_ratio",
    ]


def test_the_run_tells_heat_energy_and_lost_gas(fed: None) -> None:
    run = actions.follow(day(9), quiet=True)

    assert min(run.series("heat_demand_kwh_d")) > 0
    assert run.series("temperature_c") == pytest.approx([37.0] * len(run.series("gas_m3_d")))
    assert len(run.series("net_kwh_d")) == len(run.series("gas_m3_d"))


def test_foreseeing_compares_energy_and_heat(fed: None) -> None:
    said = actions.foresee([PlantEdit("digester.first.u_w_m2_k", "multiply", 0.5)])

    assert said["after"]["heat_demand_kwh_d"] < said["before"]["heat_demand_kwh_d"]
    assert "heat_demand_kwh_d" in {change.measure for change in changes(said["before"], said["after"])}


@pytest.mark.parametrize(
    ("text", "why"),
    [(BAYS, "Compost bays alone"), (FLAT.replace("temperature_c = 37.0", ""), "lacks temperature_c")],
)
def test_what_the_books_cannot_hold_is_refused(db: None, text: str, why: str) -> None:
    with pytest.raises(actions.Refused, match=why):
        actions.commission(text)


def test_heating_cannot_go_where_nobody_knows_the_weather(kiran: Person) -> None:
    actions.commission(FLAT, by=kiran, at=START, require_safety_readings=False)
    cold = [PlantEdit("u_w_m2_k", "set", 1.0), PlantEdit("temperature_c", "remove", 0.0)]

    with pytest.raises(actions.Refused, match=r"\[ambient\]"):
        actions.foresee(cold)
    with pytest.raises(actions.Refused, match=r"\[ambient\]"):
        rebuild(cold, "cheaper", kiran)
    chosen = actions.Decision("test:1", "Cheaper", [asdict(edit) for edit in cold], "c" * 64)
    with pytest.raises(actions.Refused, match=r"\[ambient\]"):
        actions.prepare_activation(kiran, decision=chosen, goal_kg_vs_m3_d=1.0)
    assert PlantVersion.objects.count() == 1


def test_a_scientist_writes_the_file_anew_and_water_fills_the_new_room(
    running: PlantVersion, kiran: Person
) -> None:
    for kind, passed in (("ch4_alarm", True), ("leak_check", True)):
        actions.record_reading(kind, passed=passed, by=kiran)
    actions.record_reading("h2s", 0.4, by=kiran)
    version = actions.write(DEMO.replace("liquid_m3 = 2.0", "liquid_m3 = 3.0"), "a wider tank", kiran)

    assert version.liquid_volume_m3 == 3.0
    assert grams("digester", "slurry") == 3_000_000
    with pytest.raises(actions.Refused, match="already"):
        actions.write(version.toml, "again", kiran)


def test_the_page_shows_the_file_and_puts_it_into_force(
    client: Client, running: PlantVersion, kiran: Person
) -> None:
    for test in ("ch4_alarm", "leak_check"):
        actions.record_reading(test, passed=True, by=kiran)
    actions.record_reading("h2s", 0.4, by=kiran)
    client.force_login(kiran)
    page = client.get(reverse("nexus_write")).content.decode()
    sent = {"text": DEMO.replace("gas_store_m3 = 1.5", "gas_store_m3 = 3.0"), "why": "a bag"}
    done = client.post(reverse("nexus_write"), sent)

    assert "[[digester]]" in page
    assert done.status_code == 302
    assert queries.plant().gas_store_m3 == 3.0  # type: ignore[union-attr]


def test_a_file_that_is_no_plant_keeps_what_was_typed(
    client: Client, running: PlantVersion, kiran: Person
) -> None:
    client.force_login(kiran)
    answer = client.post(reverse("nexus_write"), {"text": "wings = 2", "why": "to fly"})

    assert answer.status_code == 422
    assert "wings = 2" in answer.content.decode()


def test_only_a_scientist_writes_the_file(client: Client, running: PlantVersion, enrol: object) -> None:
    theo = enrol("Theo")  # type: ignore[operator]
    client.force_login(theo)

    assert client.get(reverse("nexus_write")).status_code == 403
    with pytest.raises(actions.Refused, match="Only a scientist"):
        actions.write(DEMO, "mine", theo)


def test_without_a_plant_the_way_leads_to_the_first_one(client: Client, kiran: Person) -> None:
    client.force_login(kiran)

    assert client.get(reverse("nexus_write")).headers["Location"] == reverse("nexus_commission")
