"""What a run books: gas and digestate of the days that are over, once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import checks
from harmonia.commons.ledger.models import Holder, Movement, Substance
from harmonia.commons.nexus import actions
from harmonia.commons.nexus.books import days_between, split_by_weight
from harmonia.commons.nexus.models import PlantDay, PlantVersion, Run
from harmonia.commons.people.models import Person
from harmonia.science.metabolism import PlantEdit
from tests.commons.nexus.conftest import FULL_G, Bring, day, grams, moment, rebuild

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_each_day_that_is_over_gets_estimated_gas_and_digestate_under_its_own_key(
    fed_week: PlantVersion,
) -> None:
    actions.follow(day(6))
    gas = Movement.objects.get(key="nexus-gas-2026-09-03")

    assert gas.estimated
    assert Movement.objects.filter(key__startswith="nexus-gas-").count() == 7
    assert Movement.objects.filter(key__startswith="nexus-digestate-").count() == 7
    assert checks.check().findings == ()


def test_the_digester_stays_full_and_everything_that_went_in_is_somewhere(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    gas, digestate = grams("gas-store", "biogas"), grams("digestate-store", "digestate")

    assert grams("digester", "slurry") == FULL_G
    assert gas + digestate == 7 * 16_000
    assert 3000 < gas < 20_000


def test_following_twice_books_once(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    booked = Movement.objects.count()
    actions.follow(day(6))

    assert Movement.objects.count() == booked
    assert Run.objects.count() == 1


def test_following_day_by_day_books_the_same_matter_as_following_at_once(fed_week: PlantVersion) -> None:
    for number in range(7):
        actions.follow(day(number))

    assert grams("digester", "slurry") == FULL_G
    assert PlantDay.objects.filter(closed=True).count() == 7


def test_a_feeding_written_down_late_leaves_as_digestate_of_the_next_day_that_closes(
    fed_week: PlantVersion, bring: Bring, gate: Holder, scraps: Substance
) -> None:
    actions.follow(day(6))
    bring(4000, at=moment(5))
    actions.feed(gate, scraps, at=moment(5, hours=2))
    actions.follow(day(7))

    assert grams("digester", "slurry") == FULL_G


def test_a_reversed_feeding_is_taken_off_the_feed_before_it(
    fed_week: PlantVersion, bring: Bring, gate: Holder, scraps: Substance
) -> None:
    bring(4000, at=moment(5))
    movement = actions.feed(gate, scraps, at=moment(5, hours=2))
    ledger.reverse(movement, recorder=None, reason="wrong bucket", at=moment(7))
    fed = actions.follow(day(7)).feed["food_waste"][:8]

    assert sum(fed) == 7 * 8.0
    assert min(fed) == fed[7] == 0.0


def test_a_day_without_feed_lets_the_level_sink_and_the_next_feed_makes_it_up(
    fed_week: PlantVersion, bring: Bring, gate: Holder, scraps: Substance
) -> None:
    actions.follow(day(8))
    sunk = FULL_G - grams("digester", "slurry")
    bring(8000, at=moment(9))
    actions.feed(gate, scraps, at=moment(9))
    actions.follow(day(9))

    assert 0 < sunk < 8000
    assert grams("digester", "slurry") == FULL_G


def test_a_bigger_digester_fills_to_its_new_level_from_its_day_on(
    fed_week: PlantVersion, safe: None, kiran: Person
) -> None:
    rebuild([PlantEdit("liquid_m3", "add", 0.5)], "more room", kiran, at=moment(7, hours=1))
    actions.follow(day(6))

    assert grams("digester", "slurry") == FULL_G + 500_000


def test_a_run_keeps_its_case_and_its_outcome(fed_week: PlantVersion) -> None:
    run = actions.follow(day(6))

    assert run.status == "ok"
    assert (run.start, run.until, run.horizon_days, run.seed) == (day(0), day(6), 14, 1)
    assert run.feed == {"food_waste": [8.0] * 21}
    assert len(run.outcome["gas_m3_d"]) == 21
    assert run.engine.startswith("harmonia ")


def test_a_plant_nobody_fed_yet_can_be_followed(running: PlantVersion) -> None:
    run = actions.follow(day(0))

    assert run.feed == {}
    assert grams("digester", "slurry") <= FULL_G


def test_on_its_first_day_a_plant_has_no_past(running: PlantVersion) -> None:
    run = actions.follow(day(0) - timedelta(days=3))

    assert run.until == day(0) - timedelta(days=1)
    assert PlantDay.objects.count() == 0


@pytest.mark.parametrize("table", ["nexus_plantversion", "nexus_reading"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET by = NULL", "DELETE FROM {}"])
def test_the_database_refuses_to_rewrite_plants_and_readings(safe: None, table: str, statement: str) -> None:
    from django.db import connection

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_a_total_is_shared_by_weight_and_equally_without_weights() -> None:
    assert split_by_weight(6.0, [1.0, 2.0]) == [2.0, 4.0]
    assert split_by_weight(6.0, [0.0, 0.0]) == [3.0, 3.0]


def test_days_between_two_readings_are_those_after_the_first() -> None:
    assert days_between(day(0), day(2)) == [day(1), day(2)]
    assert days_between(day(2), day(2)) == [day(2)]
