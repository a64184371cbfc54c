"""Sets of options, compared by a worker and shown as small multiples."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from harmonia.commons.journal.states import StateError
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus import actions, queries, tasks
from harmonia.commons.nexus.design_words import QUANTITIES, digits_for, news, sentence
from harmonia.commons.nexus.models import DesignComparison, PlantVersion
from harmonia.commons.people.models import Person
from harmonia.science.metabolism.designs import MEASURES
from tests.commons.conftest import Enrol
from tests.commons.nexus.conftest import DEMO, Bring

pytestmark = pytest.mark.django_db

SignIn = Callable[[Person], Client]
OnCommit = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
TANK = {
    "code": "tank",
    "name": "A bigger tank",
    "cost": 420,
    "edits": [{"field": "liquid_m3", "operation": "add", "value": 1.0}],
}
PAINT = {"code": "paint", "name": "A coat of paint", "cost": 20, "edits": []}
HOT = {
    "code": "hot",
    "name": "Hot",
    "cost": 1,
    "edits": [{"field": "temperature_c", "operation": "set", "value": 99}],
}
SURROUNDINGS: dict[str, Any] = {
    "digestate_store_m3": 3.0,
    "open_months": [4, 5, 6],
    "released_m3": 2.0,
    "most_loading_kg_vs_m3_d": 2.0,
    "least_retention_d": 30.0,
    "displaced_fuel": "lpg",
    "otherwise": "landfill",
    "grid_kg_co2e_kwh": None,
    "grid_source": "",
}


@pytest.fixture(autouse=True)
def few_years(settings: Any) -> None:
    """Ten years show everything here that sixty do."""
    settings.DESIGN_YEARS = 10


def ask(by: Person, *options: dict[str, Any], shown: bool = False) -> DesignComparison:
    chosen = options or (TANK, PAINT)
    return actions.ask_designs(
        chosen, subject="voice:1", title="Room", budget=500, currency="€", by=by, shown=shown
    )  # fmt: skip


@pytest.fixture
def full(kiran: Person, bring: Bring, gate: Holder, scraps: Substance) -> PlantVersion:
    """A plant that is brought more than it can take, for two weeks until today."""
    begun = timezone.now() - timedelta(days=14)
    version = actions.commission(DEMO, by=kiran, at=begun)
    for number in range(14):
        bring(30_000, at=begun + timedelta(days=number, hours=1))
        actions.feed(gate, scraps, at=begun + timedelta(days=number, hours=2))
    return version


@pytest.fixture
def compared(full: PlantVersion, kiran: Person) -> DesignComparison:
    """Two options, compared and shown."""
    asked = ask(kiran, shown=True)
    actions.compare_designs(asked.pk)
    asked.refresh_from_db()
    return asked


def told(low: float, middle: float, high: float) -> dict[str, float]:
    return {"low": low, "middle": middle, "high": high}


def design(name: str, cost: int = 0, **differences: dict[str, float]) -> dict[str, Any]:
    """A made-up set: all quantities stand still but those named."""
    still = {measure: told(0.0, 0.0, 0.0) for measure in MEASURES}
    return {
        "code": name,
        "codes": [name] if name else [],
        "name": name,
        "cost": str(cost),
        "on_front": True,
        "outcomes": {measure: told(1.0, 2.0, 3.0) for measure in MEASURES},
        "differences": still | differences,
    }


def test_asking_lets_a_worker_compare_after_the_commit(
    fed_week: PlantVersion, kiran: Person, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask(kiran)
    asked.refresh_from_db()

    assert asked.state == "done"
    assert [one["code"] for one in asked.outcome["designs"]] == ["nothing", "paint", "tank", "paint+tank"]
    assert asked.version == fed_week


def test_a_comparison_is_not_computed_twice(compared: DesignComparison) -> None:
    assert tasks.compare_soon.call(compared.pk) == "done"
    assert tasks.compare_soon.call(987) == "failed"


def test_a_worker_that_was_stopped_half_way_begins_again(fed_week: PlantVersion, kiran: Person) -> None:
    asked = ask(kiran)
    DesignComparison.objects.update(state="running")

    assert actions.compare_designs(asked.pk) == "done"


def test_what_cannot_be_compared_says_why(running: PlantVersion, kiran: Person) -> None:
    asked = ask(kiran)
    actions.compare_designs(asked.pk)
    asked.refresh_from_db()

    assert asked.state == "failed"
    assert asked.said == "The plant was fed nothing yet, so there is nothing to compare on."


def test_too_many_sets_fail_with_their_number(fed_week: PlantVersion, kiran: Person) -> None:
    asked = ask(kiran, *({**PAINT, "code": f"paint-{n}"} for n in range(7)))
    actions.compare_designs(asked.pk)
    asked.refresh_from_db()

    assert "7 options make 128 bundles" in asked.said


def test_a_set_that_makes_no_plant_is_told_with_the_rest(
    client: Client, fed_week: PlantVersion, kiran: Person
) -> None:
    asked = ask(kiran, HOT, PAINT, shown=True)
    actions.compare_designs(asked.pk)
    html = client.get(f"/nexus/designs/{asked.pk}/").content.decode()

    assert "Not possible: hot." in html


@pytest.mark.parametrize("role", ["resident", "artist"])
def test_only_some_roles_may_ask(running: PlantVersion, enrol: Enrol, role: str) -> None:
    with pytest.raises(actions.Refused, match="role does not allow"):
        ask(enrol("Noor", role))


def test_nothing_is_compared_without_an_option_or_a_plant(kiran: Person, db: None) -> None:
    with pytest.raises(actions.Refused, match="no option"):
        actions.ask_designs([], subject="x", title="x", budget=1, by=kiran)
    with pytest.raises(actions.Refused, match="no plant"):
        ask(kiran)


def test_a_done_comparison_takes_no_further_step(compared: DesignComparison) -> None:
    from harmonia.commons.nexus.models import COMPARISON

    with pytest.raises(StateError):
        COMPARISON.check(compared.state, "running")


@pytest.mark.database
@pytest.mark.parametrize(
    "values", [{"state": "done"}, {"state": "failed"}, {"state": "lost"}], ids=["done", "failed", "lost"]
)
def test_the_database_keeps_states_whole(
    running: PlantVersion, kiran: Person, values: dict[str, str]
) -> None:
    asked = ask(kiran)

    with pytest.raises(IntegrityError), transaction.atomic():
        DesignComparison.objects.filter(pk=asked.pk).update(**values)


def test_what_stands_around_the_plant_is_counted_with(fed_week: PlantVersion, kiran: Person) -> None:
    actions.describe_surroundings(SURROUNDINGS, by=kiran)
    asked = ask(kiran)
    actions.compare_designs(asked.pk)
    asked.refresh_from_db()

    assert "no_place" not in asked.outcome["notes"]
    assert asked.outcome["designs"][0]["outcomes"]["garden_nitrogen_kg_y"]["low"] > 0


def test_surroundings_that_cannot_be_are_refused(kiran: Person, lyra: Person) -> None:
    with pytest.raises(actions.Refused, match="released_m3_month must be between"):
        actions.describe_surroundings(SURROUNDINGS | {"released_m3": -1.0}, by=kiran)
    with pytest.raises(actions.Refused, match="Only a scientist"):
        actions.describe_surroundings(SURROUNDINGS, by=lyra)


# What it says


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_an_interval_is_told_with_two_digits_at_least(low: float, high: float) -> None:
    digits = digits_for(low, high)
    largest = max(abs(low), abs(high))

    assert 0 <= digits <= 3
    assert largest < 0.01 or round(largest, digits) > 0


def test_the_sentence_names_the_best_sure_change_with_interval_and_cost() -> None:
    gas = next(quantity for quantity in QUANTITIES if quantity.name == "gas_m3_d")
    designs = [
        design(""),
        design("A bag", 180),
        design("A second digester", 2400, gas_m3_d=told(1.1, 1.8, 2.4)),
        design("A lamp", 5, gas_m3_d=told(-0.1, 5.0, 9.0)),
    ]

    assert sentence(gas, designs, "€") == (
        "A second digester would make 1.8 m³ more gas a day (1.1 to 2.4), for €\xa02,400."
    )


def test_a_loss_is_told_where_nothing_gains() -> None:
    gas = next(quantity for quantity in QUANTITIES if quantity.name == "gas_m3_d")
    designs = [design(""), design("A colder tank", 10, gas_m3_d=told(-2.4, -1.8, -1.1))]

    assert sentence(gas, designs, "") == (
        "A colder tank would make 1.8 m³ less gas a day (1.1 to 2.4), for 10."
    )


def test_of_equal_gains_the_cheapest_is_named() -> None:
    gain = told(1.0, 2.0, 3.0)
    designs = [design(""), design("Dear", 500, gas_m3_d=gain), design("Cheap", 50, gas_m3_d=gain)]

    assert news(designs, "€").startswith("Cheap would make")


def test_less_of_a_burden_is_a_gain() -> None:
    place = next(quantity for quantity in QUANTITIES if quantity.name == "unplaced_digestate_m3_y")
    designs = [design(""), design("A store", 90, unplaced_digestate_m3_y=told(-3.0, -2.0, -1.0))]

    assert sentence(place, designs, "").startswith("A store would find a place for 2.0 m³ more digestate")


def test_a_change_nobody_would_notice_is_told_in_words() -> None:
    gas = QUANTITIES[1]

    assert gas.change(told(0.0, 0.001, 0.002), told(1.0, 1.2, 1.3)) == "hardly any"
    assert gas.change(told(0.0, 0.0, 0.0), told(1.0, 1.2, 1.3)) == "the same"
    assert gas.change(told(-0.1, 0.1, 0.2), told(1.0, 1.2, 1.3)) == "+0.10 (−0.10 to +0.20)"


def test_no_news_is_said_as_such() -> None:
    designs = [design(""), design("A lamp", 5)]

    assert news(designs, "") == "No set of options would bring more than the plant brings today."
    assert sentence(QUANTITIES[0], designs, "") == "No set of options surely changes this."


def test_every_measure_has_a_panel() -> None:
    assert {quantity.name for quantity in QUANTITIES} == set(MEASURES)
    assert all(MEASURES[quantity.name].better in (0, quantity.better) for quantity in QUANTITIES)


# The pages


def test_marks_stand_within_their_panel_in_order(compared: DesignComparison) -> None:
    for panel in queries.panels(compared):
        assert [row.number for row in panel.rows] == [0, 1, 2, 3]
        assert all(0 < row.low <= row.middle <= row.high < 100 for row in panel.rows)
        assert 0 < panel.base < 100


def test_the_page_tells_the_news_first_and_every_number_as_text(
    client: Client, compared: DesignComparison
) -> None:
    html = client.get(f"/nexus/designs/{compared.pk}/").content.decode()
    heading = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)

    assert heading is not None
    assert heading[1].startswith("A bigger tank would let you cook ")
    assert "for €\xa0420." in heading[1]
    assert html.count('class="multiple"') == len(QUANTITIES)
    assert html.count('<svg class="interval') == 4 * len(QUANTITIES)
    assert "the same" in html
    assert "EPA Emission Factors Hub, March 2022" in html
    assert 'style="' not in html


def test_the_list_leads_to_each_comparison(client: Client, compared: DesignComparison) -> None:
    html = client.get("/nexus/designs/").content.decode()

    assert "One comparison of designs" in html
    assert f'href="/nexus/designs/{compared.pk}/"' in html


def test_nothing_compared_yet_leads_to_where_it_begins(client: Client, db: None) -> None:
    html = client.get("/nexus/designs/").content.decode()

    assert "Nothing was compared yet" in html
    assert 'href="/choose/"' in html


@pytest.mark.parametrize(
    ("state", "words"),
    [("waiting", "waiting for a worker"), ("running", "the model is living the years")],
)
def test_an_unfinished_comparison_says_how_far_it_is(
    client: Client, running: PlantVersion, kiran: Person, state: str, words: str
) -> None:
    asked = ask(kiran, shown=True)
    DesignComparison.objects.update(state=state)
    html = client.get(f"/nexus/designs/{asked.pk}/").content.decode()

    assert words in html
    assert "The page fills itself" in html


def test_a_failed_comparison_says_why_and_what_to_do(
    client: Client, running: PlantVersion, kiran: Person
) -> None:
    asked = ask(kiran, shown=True)
    actions.compare_designs(asked.pk)
    html = client.get(f"/nexus/designs/{asked.pk}/").content.decode()

    assert "fed nothing yet" in html
    assert "ask again" in html


def test_a_draft_is_seen_by_those_who_compare_alone(
    client: Client, signed_in: SignIn, running: PlantVersion, kiran: Person, lyra: Person
) -> None:
    asked = ask(kiran)
    address = f"/nexus/designs/{asked.pk}/"

    assert client.get(address).status_code == 404
    assert signed_in(lyra).get(address).status_code == 404
    assert signed_in(kiran).get(address).status_code == 200


def test_showing_opens_a_draft_to_everybody(client: Client, running: PlantVersion, kiran: Person) -> None:
    asked = ask(kiran)
    actions.show_designs("voice:1")

    assert client.get(f"/nexus/designs/{asked.pk}/").status_code == 200


def test_a_scientist_says_what_stands_around_the_plant(signed_in: SignIn, kiran: Person) -> None:
    client = signed_in(kiran)
    values = {name: value for name, value in SURROUNDINGS.items() if value is not None}
    answer = client.post("/nexus/surroundings/", values)
    known = queries.surroundings()

    assert answer.status_code == 302
    assert known is not None
    assert known.open_months == [4, 5, 6]
    assert 'value="4" id="id_open_months_3" checked' in client.get("/nexus/surroundings/").content.decode()


def test_a_factor_without_its_source_is_refused_and_the_entries_stay(
    signed_in: SignIn, kiran: Person
) -> None:
    answer = signed_in(kiran).post(
        "/nexus/surroundings/", SURROUNDINGS | {"grid_kg_co2e_kwh": "0.4", "grid_source": ""}
    )

    assert answer.status_code == 422
    assert "A factor needs its source" in answer.content.decode()
    assert queries.surroundings() is None


@pytest.mark.parametrize("months", ["13", "april", "-1"])
def test_a_month_that_is_none_is_refused(signed_in: SignIn, kiran: Person, months: str) -> None:
    values = {name: value for name, value in SURROUNDINGS.items() if value is not None}
    answer = signed_in(kiran).post("/nexus/surroundings/", values | {"open_months": [months]})

    assert answer.status_code == 422


def test_residents_change_nothing_around_the_plant(signed_in: SignIn, lyra: Person) -> None:
    assert (
        signed_in(lyra).post("/nexus/surroundings/", SURROUNDINGS | {"grid_kg_co2e_kwh": ""}).status_code
        == 403
    )


def test_asking_leaves_its_time(running: PlantVersion, kiran: Person) -> None:
    assert ask(kiran).asked_at <= timezone.now()
