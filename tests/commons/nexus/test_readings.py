"""What instruments say, and what the gas meter changes in the books."""

import pytest

from harmonia.commons.ledger import checks
from harmonia.commons.ledger.models import Movement
from harmonia.commons.nexus import actions
from harmonia.commons.nexus.models import PlantDay, PlantVersion, Reading
from tests.commons.nexus.conftest import day, grams, moment

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_meter_reading_reverses_the_days_estimate_and_books_what_was_measured(
    fed_week: PlantVersion,
) -> None:
    actions.follow(day(6))
    actions.read_meter(100.0, at=moment(5))
    reading = actions.read_meter(101.5, at=moment(6))
    found = PlantDay.objects.get(day=day(6))

    assert (found.measured, found.gas_m3) == (True, 1.5)
    assert found.gas is not None
    assert found.gas.key == f"nexus-gas-2026-09-07-reading-{reading.pk}"
    assert not found.gas.estimated
    assert Movement.objects.get(key="nexus-gas-2026-09-07").reversed_by is not None
    assert checks.check().findings == ()


def test_what_was_measured_weighs_what_dry_gas_with_its_vapour_weighs(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    actions.read_meter(0.0, at=moment(5))
    actions.read_meter(2.0, at=moment(6))

    assert 1.0 < PlantDay.objects.get(day=day(6)).gas_g / 2000 < 1.5


def test_a_meter_read_after_some_days_is_shared_among_them_as_the_model_saw_them(
    fed_week: PlantVersion,
) -> None:
    actions.follow(day(6))
    before = [found.gas_m3 for found in PlantDay.objects.filter(day__gte=day(4))]
    actions.read_meter(0.0, at=moment(3))
    actions.read_meter(2 * sum(before), at=moment(6))
    after = [found.gas_m3 for found in PlantDay.objects.filter(day__gte=day(4))]

    assert after == pytest.approx([2 * gas for gas in before])


def test_a_day_measured_before_the_model_ran_is_not_estimated_any_more(fed_week: PlantVersion) -> None:
    actions.read_meter(0.0, at=moment(5))
    actions.read_meter(1.0, at=moment(6))
    actions.follow(day(6))

    assert not Movement.objects.filter(key="nexus-gas-2026-09-07").exists()
    assert PlantDay.objects.get(day=day(6)).closed
    assert checks.check().findings == ()


def test_two_readings_of_one_day_add_up(fed_week: PlantVersion) -> None:
    actions.read_meter(0.0, at=moment(5))
    actions.read_meter(1.0, at=moment(6))
    actions.read_meter(1.4, at=moment(6, hours=5))

    assert PlantDay.objects.get(day=day(6)).gas_m3 == pytest.approx(1.4)


def test_gas_burnt_beyond_what_the_meter_saw_comes_from_the_unexplained(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    actions.read_meter(0.0, at=moment(5))
    actions.burn(grams=grams("gas-store", "biogas"), at=moment(7))
    actions.read_meter(0.01, at=moment(7, hours=1))

    assert grams("gas-store", "biogas") >= 0
    assert grams("unexplained", "biogas") < 0
    assert checks.check().findings == ()


def test_a_meter_that_runs_backwards_is_refused(running: PlantVersion) -> None:
    actions.read_meter(10.0, at=moment(1))
    with pytest.raises(actions.Refused, match="new meter"):
        actions.read_meter(9.0, at=moment(2))

    assert Reading.objects.count() == 1


def test_a_new_meter_starts_where_it_starts_and_changes_no_gas(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    actions.read_meter(10.0, at=moment(5))
    actions.read_meter(0.0, at=moment(6), baseline=True)

    assert not PlantDay.objects.filter(measured=True).exists()


def test_meter_readings_come_in_order(running: PlantVersion) -> None:
    actions.read_meter(10.0, at=moment(2))

    with pytest.raises(actions.Refused, match="later reading"):
        actions.read_meter(9.0, at=moment(1))


def test_more_gas_than_a_plant_can_make_is_a_slip_of_a_digit(running: PlantVersion) -> None:
    actions.read_meter(1.0, at=moment(1))

    with pytest.raises(actions.Refused, match="digit"):
        actions.read_meter(1000.0, at=moment(2))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("ph", 0.0),
        ("ph", None),
        ("temperature", 400.0),
        ("acids", -1.0),
        ("ph", float("nan")),
        ("h2s", float("inf")),
    ],
)
def test_values_that_cannot_be_are_refused_with_their_range(db: None, kind: str, value: float | None) -> None:
    with pytest.raises(actions.Refused, match="is a number from"):
        actions.record_reading(kind, value)

    assert Reading.objects.count() == 0


def test_a_kind_nobody_knows_is_refused(db: None) -> None:
    with pytest.raises(actions.Refused, match="Nothing was saved"):
        actions.record_reading("mood", 7.0)


def test_a_test_needs_an_outcome(db: None) -> None:
    with pytest.raises(actions.Refused, match="passed"):
        actions.record_reading("leak_check")


@pytest.mark.parametrize(("ppm", "passed"), [(9.9, True), (10.0, False), (80.0, False)])
def test_hydrogen_sulphide_is_red_from_the_sites_limit_on(
    running: PlantVersion, ppm: float, passed: bool
) -> None:
    assert actions.record_reading("h2s", ppm).passed is passed
