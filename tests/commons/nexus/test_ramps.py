"""A ramp in the books: people raise, guards hold, a roll-back restores plant and plan in one action."""

from datetime import timedelta

import numpy as np
import pytest

from harmonia.commons.journal.queries import latest
from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.actions import Refused
from harmonia.commons.nexus.models import Activation, Alarm, FeedPlan, PlantDay, PlantVersion
from harmonia.commons.nexus.ramp_words import ramp_status_in_words
from harmonia.commons.notices.models import Notice
from harmonia.commons.people.models import Person
from harmonia.science.metabolism import PlantEdit
from tests.commons.nexus.conftest import DEMO, day, moment, rebuild
from tests.commons.nexus.switching import *  # noqa: F403 - fixtures
from tests.commons.nexus.switching import DECIDED, STEPS, followed, noon, read_all

pytestmark = pytest.mark.django_db


LONG_BEFORE = 150  # days in which the simulated plant comes to rest


def again(activation: Activation) -> Activation:
    return Activation.objects.get(pk=activation.pk)


def safety_on(number: int) -> None:
    for kind in ("ch4_alarm", "leak_check"):
        actions.record_reading(kind, passed=True, at=moment(number))
    actions.record_reading("h2s", 0.5, at=moment(number))


@pytest.fixture
def two_calm_weeks(running_ramp: Activation) -> Activation:
    """Readings twice a week, all calm, until the twenty-second day."""
    for number in (5, 9, 12, 15, 18, 21, 22):
        read_all(number)
    safety_on(19)
    return running_ramp


def test_the_load_rises_after_two_weeks_and_three_flat_readings(
    two_calm_weeks: Activation, kiran: Person
) -> None:
    with pytest.raises(Refused, match="The step lasts"):
        actions.raise_load(two_calm_weeks, kiran, at=noon(20))
    made = actions.raise_load(two_calm_weeks, kiran, at=noon(22))

    assert (made.number, made.kind, made.loading_kg_vs_m3_d) == (2, "rise", STEPS[1])
    assert latest("nexus", 1)[0].payload == {"activation": two_calm_weeks.pk, "loading": STEPS[1]}
    with pytest.raises(Refused, match="The step lasts 14 days more"):
        actions.raise_load(two_calm_weeks, kiran, at=noon(22) + timedelta(minutes=1))


def test_missing_readings_hold(two_calm_weeks: Activation, kiran: Person) -> None:
    safety_on(28)
    with pytest.raises(Refused, match="No pH reading"):
        actions.raise_load(two_calm_weeks, kiran, at=noon(28))


def test_a_stale_safety_reading_holds(two_calm_weeks: Activation, kiran: Person) -> None:
    actions.record_reading("leak_check", passed=False, at=moment(22))
    with pytest.raises(Refused, match="Leak check"):
        actions.raise_load(two_calm_weeks, kiran, at=noon(22))


def test_a_breach_holds_raises_an_alarm_tells_the_operators_and_proposes_to_roll_back(
    two_calm_weeks: Activation, kiran: Person
) -> None:
    actions.record_reading("ph", 6.95, at=moment(22, hours=1))

    assert actions.watch_ramp(noon(22)) == "holding"
    alarm = Alarm.objects.get(kind="ramp", lifted_at__isnull=True)
    held = two_calm_weeks.records.order_by("number").last()
    assert held is not None
    assert (held.kind, held.by) == ("hold", None)
    assert held.facts["breaches"] == [{"guard": "ph", "value": 6.95, "limit": 7.0}]
    assert alarm.facts["activation"] == two_calm_weeks.pk
    told = Notice.objects.get(person=kiran, kind="alarm", subject="The new load is held")
    assert "put the former plant back" in told.text
    with pytest.raises(Refused, match="not at that step"):
        actions.raise_load(two_calm_weeks, kiran, at=noon(22))


def test_a_held_ramp_is_taken_up_again_by_a_person_once_everything_is_calm(
    two_calm_weeks: Activation, kiran: Person
) -> None:
    actions.record_reading("ph", 6.95, at=moment(22, hours=1))
    actions.watch_ramp(noon(22))
    with pytest.raises(Refused, match="still touched"):
        actions.resume_ramp(two_calm_weeks, kiran, at=noon(22))
    read_all(24)
    assert actions.watch_ramp(noon(24)) == "holding"
    actions.resume_ramp(two_calm_weeks, kiran, at=noon(24))

    assert again(two_calm_weeks).state == "ramping"
    assert not Alarm.objects.filter(kind="ramp", lifted_at__isnull=True).exists()
    with pytest.raises(Refused, match="The step lasts 14 days more"):
        actions.raise_load(two_calm_weeks, kiran, at=noon(24) + timedelta(hours=1))


def test_a_run_of_the_model_does_not_lift_the_alarm_of_a_ramp(two_calm_weeks: Activation) -> None:
    from harmonia.commons.nexus import alarms

    actions.record_reading("ph", 6.95, at=moment(22, hours=1))
    actions.watch_ramp(noon(22))
    alarms.settle([], noon(23))

    assert Alarm.objects.filter(kind="ramp", lifted_at__isnull=True).exists()


def test_a_ramp_ends_by_itself_after_its_last_step(two_calm_weeks: Activation, kiran: Person) -> None:
    for step, number in enumerate((22, 37)):
        actions.raise_load(two_calm_weeks, kiran, at=noon(number))
        assert queries.activation_page(again(two_calm_weeks), noon(number)).load == STEPS[step + 1]
        for later in (5, 9, 13, 15):
            read_all(number + later)
        safety_on(number + 15)

    assert actions.watch_ramp(noon(50)) == "ramping"
    assert actions.watch_ramp(noon(52)) == "finished"
    assert actions.watch_ramp(noon(53)) == "none"
    assert [r.kind for r in two_calm_weeks.records.all()] == ["start", "rise", "rise", "finish"]


def test_a_feed_plan_stays_below_the_load_of_the_open_ramp(two_calm_weeks: Activation, kiran: Person) -> None:
    from harmonia.commons.nexus import planning

    assert (
        planning._case(
            planning.rows(PlantVersion.objects.latest("number"), day(22), 14)
        ).limits.loading_kg_vs_m3_d
        == STEPS[0]
    )
    actions.raise_load(two_calm_weeks, kiran, at=noon(22))
    assert planning.load_of_ramp() == STEPS[1]
    actions.roll_back_activation(two_calm_weeks, kiran, at=noon(22))
    assert planning.load_of_ramp() is None


@pytest.fixture
def plan_before(fed_week: PlantVersion, kiran: Person) -> FeedPlan:
    """A feed plan that is in force before the switch-over."""
    return FeedPlan.objects.create(
        version=fed_week, state="accepted", origin="model", start=day(7), days=14, asked_at=moment(7),
        made_at=moment(7), accepted_at=moment(7), accepted_by="00000000-0000-0000-0000-000000000001",
        feed={"food_waste": [8.0] * 14}, facts={"status": "ok"},
    )  # fmt: skip


def test_a_roll_back_restores_plant_and_feed_plan_in_one_action_and_says_how_the_biology_comes_back(
    plan_before: FeedPlan, two_calm_weeks: Activation, kiran: Person
) -> None:
    read_all(23, acids=2500, alkalinity=4000, ph=6.9)
    assert actions.watch_ramp(noon(23)) == "holding"
    done = actions.roll_back_activation(two_calm_weeks, kiran, "it sours", at=noon(23))
    plant, plan = queries.plant(), FeedPlan.objects.get(state="accepted")
    last = done.records.order_by("number").last()

    assert done.state == "rolled_back"
    assert plant is not None
    assert plant.gas_store_m3 == 1.5
    assert (plan.edited_from, plan.feed, plan.version) == (
        plan_before,
        plan_before.feed,
        PlantVersion.objects.last(),
    )
    assert last is not None
    assert (last.kind, last.loading_kg_vs_m3_d) == ("roll_back", STEPS[0])
    assert [stage["name"] for stage in last.facts["recovery"]] == ["rest", "quarter", "half", "former"]
    assert not Alarm.objects.filter(kind="ramp", lifted_at__isnull=True).exists()


def test_a_red_safety_reading_stops_no_retreat(running_ramp: Activation, kiran: Person) -> None:
    actions.record_reading("h2s", 50.0, at=noon(8))

    assert actions.roll_back_activation(running_ramp, kiran, at=noon(8)).state == "rolled_back"


def test_what_was_changed_since_in_another_way_is_not_rolled_back(
    running_ramp: Activation, kiran: Person
) -> None:
    rebuild([PlantEdit("gas_store_m3", "add", 0.1)], "something else", kiran, at=noon(8))
    with pytest.raises(Refused, match="changed since"):
        actions.roll_back_activation(running_ramp, kiran, at=noon(8))


def test_a_ramp_under_way_is_left_by_its_own_roll_back_alone(running_ramp: Activation, kiran: Person) -> None:
    with pytest.raises(Refused, match="on its way"):
        actions.roll_back(kiran, at=noon(8))
    actions.roll_back_activation(running_ramp, kiran, at=noon(8))
    for kind in ("ch4_alarm", "leak_check"):
        actions.record_reading(kind, passed=True, at=noon(8))
    with pytest.raises(Refused, match="by a switch-over only"):
        actions.roll_back(kiran, at=noon(9))

    assert PlantVersion.objects.count() == 3


def test_a_simulated_plant_that_sours_in_its_second_step_is_held_before_its_ph_falls_below_six_point_eight(
    running_ramp: Activation, kiran: Person
) -> None:
    from harmonia.science.metabolism import plant_from_toml, readings
    from harmonia.science.metabolism.digester import Digester, Member

    # From the second step on somebody feeds five times as much.
    digester = Digester(plant_from_toml(DEMO), ("food_waste",), Member())
    feed = np.concatenate([np.full(LONG_BEFORE + 16, 5.0), np.full(40, 25.0)])
    lived = digester.run(feed[:, None], digester.settled(np.array([5.0])))
    ph, gas = readings.ph(lived)[LONG_BEFORE:], readings.gas_m3_d(lived)[LONG_BEFORE:]
    acids = 1000 * readings.titrated_acids_kg_m3(lived)[LONG_BEFORE:]
    alkalinity = 1000 * readings.alkalinity_kg_m3(lived)[LONG_BEFORE:]
    followed(7, gas_m3_d=float(gas[10]))
    held = None
    for number in range(48):
        now = 7 + number
        if number % 3 == 0:
            read_all(now, acids=acids[number], alkalinity=alkalinity[number], ph=ph[number], gas=gas[number])
        if number % 7 == 0:
            safety_on(now)
        if number == 15:
            actions.raise_load(running_ramp, kiran, at=noon(now))
        if actions.watch_ramp(noon(now)) == "holding":
            held = number
            break
    fallen = int(np.argmax(ph < 6.8))

    assert held is not None
    assert 15 < held < fallen
    assert ph[held] >= 6.8


def days_of_gas(first: int, last: int, gas: float) -> None:
    for number in range(first, last):
        PlantDay.objects.update_or_create(
            day=day(number), defaults={"gas_m3": gas, "measured": number % 2 == 0}
        )


def test_the_plant_accounts_for_itself_after_three_retention_times_and_after_a_year(
    running_ramp: Activation,
) -> None:
    followed(60, days=200)
    days_of_gas(95, 127, 1.5)
    assert actions.account_if_due(noon(126)) == []
    (first,) = actions.account_if_due(noon(127))
    gas = first.facts["measures"]["gas_m3_d"]

    assert first.kind == "retention"
    assert (gas["promised"], gas["low"], gas["high"], gas["real"], gas["kept"]) == (1.6, 1.2, 2.0, 1.5, True)
    assert gas["measured_share"] == 0.5
    assert actions.account_if_due(noon(128)) == []
    (year,) = actions.account_if_due(noon(7 + 365))
    assert year.kind == "year"
    assert year.facts["measures"]["gas_m3_d"]["real"] is None
    assert again(running_ramp).words == list(DECIDED.words)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("ok: the twin stays calm on every step.", "The model stays calm on every step."),
        (
            "stopped: at 1.25 kg VS/m3/d acids over alkalinity might reach 0.43.",
            "The model stops before 1.25 kg VS/m³ a day: acids over alkalinity might reach 0.43.",
        ),
        (
            "stopped: at 2.00 kg VS/m3/d pH might fall to 6.9.",
            "The model stops before 2.00 kg VS/m³ a day: pH might fall to 6.9.",
        ),
        ("Nothing was fed lately.", "Nothing was fed lately."),
    ],
)
def test_how_the_planning_ended_is_said_in_the_readers_words(status: str, words: str) -> None:
    assert ramp_status_in_words(status) == words
