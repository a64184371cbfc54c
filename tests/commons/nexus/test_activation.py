"""Before a switch-over: every item named, two people, and no way past safety."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from harmonia.commons.journal.queries import latest
from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.actions import Decision, Refused
from harmonia.commons.nexus.models import Activation, PlantVersion, PreflightCheck, Reading
from harmonia.commons.nexus.models.preflight_check import ATTESTED_H
from harmonia.commons.nexus.preflight import preflight
from harmonia.commons.people.models import Person
from harmonia.science.metabolism import PlantEdit
from tests.commons.conftest import Enrol
from tests.commons.nexus.conftest import Bring, moment, rebuild
from tests.commons.nexus.switching import *  # noqa: F403 - fixtures
from tests.commons.nexus.switching import STEPS, attest_all, noon

pytestmark = pytest.mark.django_db


def states(activation: Activation, number: int = 7) -> dict[str, str]:
    return {str(item.item): item.state for item in preflight(activation, noon(number)).items}


def test_every_item_has_its_own_state_and_a_new_list_is_open(prepared: Activation) -> None:
    assert states(prepared) == {
        "design": "green",
        "twin": "green",
        "stock": "green",
        "readings": "green",
        **dict.fromkeys(ATTESTED_H, "open"),
    }


def test_what_two_people_carry_through_comes_into_force_with_its_ramp(running_ramp: Activation) -> None:
    plant = queries.plant()
    first = running_ramp.records.get()

    assert running_ramp.state == "ramping"
    assert running_ramp.version == PlantVersion.objects.order_by("number").last()
    assert plant is not None
    assert plant.gas_store_m3 == 2.5
    assert (first.kind, first.loading_kg_vs_m3_d) == ("start", STEPS[0])
    assert running_ramp.crowd == 40
    assert [e.kind for e in latest("nexus", 3)] == ["activation_confirmed", "activated", "activation_pressed"]


def test_it_takes_two(prepared: Activation, mira: Person, kiran: Person) -> None:
    attest_all(prepared, kiran, noon(7))
    with pytest.raises(Refused, match="Nobody has called"):
        actions.confirm_activation(prepared, kiran, at=noon(7))
    actions.press(prepared, kiran, at=noon(7))
    with pytest.raises(Refused, match="It takes two"):
        actions.confirm_activation(prepared, kiran, at=noon(7))
    with pytest.raises(Refused, match="Your role"):
        actions.confirm_activation(prepared, mira, at=noon(7))

    assert PlantVersion.objects.count() == 1


def test_a_red_or_stale_safety_item_blocks_and_nobody_can_override_it(
    prepared: Activation, kiran: Person
) -> None:
    attest_all(prepared, kiran, noon(7))
    for item, hours in ATTESTED_H.items():
        actions.check_item(prepared, item, passed=False, reason="it does not answer", by=kiran, at=noon(7))
        assert states(prepared)[item] == "red"
        with pytest.raises(Refused, match="no override"):
            actions.override_item(prepared, item, reason="we are in a hurry", by=kiran)
        with pytest.raises(Refused, match="it does not answer"):
            actions.press(prepared, kiran, at=noon(7))
        actions.check_item(
            prepared, item, passed=True, by=kiran, at=noon(7) - timedelta(hours=hours, seconds=1)
        )
        assert states(prepared)[item] == "stale"
        with pytest.raises(Refused, match="Not yet"):
            actions.press(prepared, kiran, at=noon(7))
        actions.check_item(prepared, item, passed=True, by=kiran, at=noon(7))
    assert actions.press(prepared, kiran, at=noon(7)).pressed_at == noon(7)


def test_a_list_that_goes_stale_between_the_press_and_the_confirmation_blocks(
    prepared: Activation, mira: Person, kiran: Person
) -> None:
    attest_all(prepared, mira, noon(7))
    actions.press(prepared, mira, at=noon(7))
    with pytest.raises(Refused, match="too long ago"):
        actions.confirm_activation(prepared, kiran, at=noon(7) + timedelta(hours=2))


def test_a_red_gas_reading_blocks_although_every_item_is_attested(
    prepared: Activation, mira: Person, kiran: Person
) -> None:
    attest_all(prepared, mira, noon(7))
    actions.record_reading("h2s", 40.0, by=kiran, at=noon(7))
    with pytest.raises(Refused, match="Hydrogen sulphide"):
        actions.press(prepared, mira, at=noon(7))


def test_what_is_no_safety_may_be_overridden_with_a_reason_and_a_name(
    prepared: Activation, kiran: Person
) -> None:
    Activation.objects.filter(pk=prepared.pk).update(ramp=[], ramp_status="stopped: at 1.00")
    found = Activation.objects.get(pk=prepared.pk)
    assert states(found)["twin"] == "red"
    with pytest.raises(Refused, match="needs a reason"):
        actions.override_item(found, "twin", reason=" ", by=kiran)
    actions.override_item(found, "twin", reason="we go by the smallest steps", by=kiran)
    item = next(item for item in preflight(found, noon(7)).items if item.item == "twin")

    assert (item.state, item.reason) == ("overridden", "we go by the smallest steps")
    assert item.by is not None


def test_a_decision_that_changed_since_is_red(prepared: Activation, decided: Decision) -> None:
    from harmonia.commons.nexus import decisions

    decisions.on_decisions("test", lambda: [Decision("test:3", "Another", decided.edits, "b" * 64)])
    assert states(prepared)["design"] == "red"
    decisions.on_decisions("test", list)
    assert states(prepared)["design"] == "red"


def test_without_feed_for_a_week_the_stock_is_red(prepared: Activation, bring: Bring) -> None:
    Activation.objects.filter(pk=prepared.pk).update(ramp=[{"loading_kg_vs_m3_d": 9.0}])

    assert states(Activation.objects.get(pk=prepared.pk))["stock"] == "red"


def test_a_test_of_the_methane_alarm_is_a_reading_too(prepared: Activation, mira: Person) -> None:
    actions.check_item(prepared, "ch4_alarm", passed=True, by=mira, at=noon(7))

    assert Reading.objects.filter(kind="ch4_alarm").last().at == noon(7)  # type: ignore[union-attr]


def test_what_lies_ahead_or_has_no_reason_is_not_kept(prepared: Activation, mira: Person) -> None:
    with pytest.raises(Refused, match="future"):
        actions.check_item(prepared, "operator", passed=True, by=mira, at=timezone.now() + timedelta(hours=1))
    with pytest.raises(Refused, match="what is not in order"):
        actions.check_item(prepared, "operator", passed=False, by=mira)
    with pytest.raises(Refused, match="Nobody can look"):
        actions.check_item(prepared, "stock", passed=True, by=mira)

    assert not PreflightCheck.objects.exists()


def test_a_resident_neither_prepares_nor_checks_nor_presses(prepared: Activation, enrol: Enrol) -> None:
    theo = enrol("Theo")
    for act in (
        lambda: actions.prepare_activation(theo, goal_kg_vs_m3_d=1.0),
        lambda: actions.check_item(prepared, "operator", passed=True, by=theo),
        lambda: actions.press(prepared, theo),
        lambda: actions.call_off_activation(prepared, theo, "no"),
        lambda: actions.raise_load(prepared, theo),
        lambda: actions.roll_back_activation(prepared, theo),
    ):
        with pytest.raises(Refused):
            act()


def test_one_is_open_at_a_time_and_one_called_off_makes_room(prepared: Activation, mira: Person) -> None:
    with pytest.raises(Refused, match="Another switch-over"):
        actions.prepare_activation(mira, title="More", goal_kg_vs_m3_d=1.0)
    with pytest.raises(Refused, match="Say why"):
        actions.call_off_activation(prepared, mira, "")
    actions.call_off_activation(prepared, mira, "the valve leaks")
    again = actions.prepare_activation(mira, title="More", goal_kg_vs_m3_d=1.0, at=moment(8))

    assert again.state == "checking"
    assert states(again)["design"] == "red"


def test_a_plant_that_changed_meanwhile_is_not_switched(
    prepared: Activation, mira: Person, kiran: Person
) -> None:
    attest_all(prepared, mira, noon(7))
    actions.press(prepared, mira, at=noon(7))
    rebuild([PlantEdit("gas_store_m3", "add", 0.1)], "something else", kiran, at=noon(7))
    with pytest.raises(Refused, match="has changed since"):
        actions.confirm_activation(prepared, kiran, at=noon(7) + timedelta(minutes=1))


def test_a_file_is_no_way_around_the_checklist(prepared: Activation, kiran: Person) -> None:
    with pytest.raises(Refused, match="“A wider gas bag” decided"):
        rebuild([PlantEdit("gas_store_m3", "add", 1.0)], "by the back door", kiran, at=noon(7))

    assert PlantVersion.objects.count() == 1


def test_the_twin_plans_the_ramp_of_what_is_prepared(prepared: Activation) -> None:
    Activation.objects.filter(pk=prepared.pk).update(ramp=[], ramp_planned_at=None)
    said = actions.plan_ramp(prepared.pk, now=noon(7))
    found = Activation.objects.get(pk=prepared.pk)

    assert found.ramp_status == said
    assert found.ramp_planned_at == noon(7)
    assert all(b["loading_kg_vs_m3_d"] - a["loading_kg_vs_m3_d"] <= 0.5 for a, b in pairwise(found.ramp))
