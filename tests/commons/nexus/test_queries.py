"""What pages read."""

from decimal import Decimal

import pytest

from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.models import PlantVersion
from harmonia.commons.people.models import Person
from harmonia.science.metabolism import PlantEdit
from tests.commons.nexus.conftest import Bring, day, moment, rebuild

pytestmark = pytest.mark.django_db


def test_without_a_plant_everything_is_unknown_and_nothing_fails(db: None) -> None:
    today = queries.today()

    assert (today.version, today.gas_m3, today.ph, today.alarms, today.stale) == (None, None, None, (), True)
    assert queries.series() == []
    assert queries.plant() is None
    assert queries.gas_week().m3 == 0


def test_today_has_yesterdays_gas_and_tomorrows_interval(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    today = queries.today(moment(7))

    assert today.gas_day == day(6)
    assert today.gas_m3 is not None
    assert today.gas_tomorrow_m3 is not None
    assert today.gas_tomorrow_m3.low <= today.gas_tomorrow_m3.value <= today.gas_tomorrow_m3.high
    assert today.cooking_hours == pytest.approx(today.gas_m3 / 0.325, rel=0.05)
    assert (today.slurry_kg, today.stale) == (2000.0, False)


def test_a_measured_day_gives_its_hours_in_proportion(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    before = queries.today(moment(7))
    assert before.gas_m3 is not None
    actions.read_meter(0.0, at=moment(5))
    actions.read_meter(2 * before.gas_m3, at=moment(6))
    after = queries.today(moment(7))

    assert after.gas_measured
    assert before.cooking_hours is not None
    assert after.cooking_hours == pytest.approx(2 * before.cooking_hours)


def test_today_is_stale_once_a_day_has_ended_unseen(fed_week: PlantVersion) -> None:
    actions.follow(day(6))

    assert not queries.today(moment(7)).stale
    assert queries.today(moment(8)).stale


def test_kilograms_turn_into_solids_gas_cooking_and_nitrogen_in_believable_steps(
    fed_week: PlantVersion,
) -> None:
    outcome = actions.follow(day(6)).outcome
    solids, gas, hours = (
        sum(outcome[name]) for name in ("volatile_solids_kg_d", "gas_m3_d", "cooking_hours_d")
    )

    assert 0.15 < solids / (21 * 8) < 0.35
    assert 0.3 < gas / solids < 1.0
    assert 2.2 < hours / gas < 5
    assert 0.001 < sum(outcome["nitrogen_kg_d"]) / (21 * 8) < 0.02


def test_the_series_runs_from_the_first_day_through_the_forecast(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    rows = queries.series(85, moment(7))

    assert [rows[0].day, rows[-1].day] == [day(0), day(20)]
    assert [row.forecast for row in rows] == [False] * 7 + [True] * 14
    assert all(row.gas_m3 is not None for row in rows[:7])
    assert rows[0].fed_kg == 8.0


def test_a_past_day_is_told_by_the_plant_that_was_in_force_then(
    fed_week: PlantVersion, safe: None, kiran: Person
) -> None:
    first = actions.follow(day(6))
    rebuild([PlantEdit("liquid_m3", "set", 1.0)], "smaller", kiran, at=moment(7, hours=1))
    second = actions.follow(day(7))
    rows = {row.day: row for row in queries.series(85, moment(8))}

    then, now = rows[day(3)].acid_ratio, rows[day(7)].acid_ratio

    assert then is not None
    assert now is not None
    assert then.value == first.outcome["acid_ratio"][3]
    assert now.value == second.outcome["acid_ratio"][7]


def test_before_and_after_a_change_stand_side_by_side(
    fed_week: PlantVersion, safe: None, kiran: Person
) -> None:
    actions.follow(day(6))
    version = rebuild([PlantEdit("liquid_m3", "add", 2.0)], "room", kiran, at=moment(7, hours=1))
    assert queries.before_after(version) == []

    actions.follow(day(7))
    changes = {change.measure: change for change in queries.before_after(version)}
    assert changes["retention_d"].after > changes["retention_d"].before
    assert changes["gas_m3_d"].low is not None


def test_a_reading_of_ph_stands_beside_the_models(fed_week: PlantVersion) -> None:
    actions.record_reading("ph", 7.31, at=moment(3))
    actions.follow(day(6))

    assert [row.ph_measured for row in queries.series(85, moment(7)) if row.ph_measured] == [7.31]


def test_rings_are_days_that_are_over_and_unknown_days_are_gaps(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    rings = queries.ring_days(9, moment(7))

    assert [when for when, _gas in rings] == [day(n) for n in range(-2, 7)]
    assert [gas is None for _when, gas in rings] == [True] * 2 + [False] * 7


def test_the_week_counts_what_was_measured(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    actions.read_meter(0.0, at=moment(4))
    actions.read_meter(2.0, at=moment(6))
    week = queries.gas_week(moment(7))

    assert (week.measured_days, week.days) == (2, 7)


def test_fat_is_worth_most_and_what_rests_comes_last(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    rows = queries.bring_this_week()
    assert rows[0].substance.code == "fog"
    assert rows[0].hours_per_kg is not None
    assert rows[0].hours_per_kg.low < rows[0].hours_per_kg.value < rows[0].hours_per_kg.high

    from harmonia.commons.ledger.actions import close_material

    close_material(rows[0].substance, reason="sour", instead="later")
    assert queries.bring_this_week()[-1].closed == "sour"


def test_a_promise_is_in_the_forecast_of_the_feed(fed_week: PlantVersion, scraps: Substance) -> None:
    actions.expect("covenant-1", scraps, Decimal(7), starts=day(8))
    run = actions.follow(day(6))

    assert run.feed["food_waste"][7:10] == [8.0, 9.0, 9.0]


def test_what_waits_is_what_rots_at_a_point(running: PlantVersion, bring: Bring, gate: Holder) -> None:
    bring(500)

    assert [(point, substance.code, g) for point, substance, g in queries.waiting()] == [
        (gate, "food_waste", 500)
    ]


def test_the_plant_in_force_is_known_to_the_science(running: PlantVersion) -> None:
    plant = queries.plant()

    assert plant is not None
    assert plant.liquid_m3 == 2.0
