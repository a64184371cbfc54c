"""What changes the plant, and what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from harmonia.commons.ledger import checks
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Action, Holder, Movement, Substance
from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.models import PlantVersion, SafetyRule
from harmonia.commons.people.models import Person
from harmonia.science.metabolism import PlantEdit
from tests.commons.nexus.conftest import DEMO, FULL_G, START, Bring, day, grams, moment, rebuild

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SECOND_DRUM = [PlantEdit("liquid_m3", "add", 1.0)]


def test_a_new_plant_starts_full_of_a_neighbours_slurry(running: PlantVersion) -> None:
    assert grams("digester", "slurry") == FULL_G
    assert grams("neighbours", "slurry") == -FULL_G
    assert checks.check().findings == ()


def test_there_is_one_first_plant_only(running: PlantVersion) -> None:
    with pytest.raises(actions.Refused, match="Nothing was changed"):
        actions.commission(DEMO)

    assert PlantVersion.objects.count() == 1


@pytest.mark.parametrize("text", ["", "name = 1", "liquid_m3 = ", DEMO.replace("2.0", "-2.0")])
def test_a_text_that_is_no_plant_is_refused_and_opens_no_holder(db: None, text: str) -> None:
    with pytest.raises(actions.Refused, match="Nothing was changed"):
        actions.commission(text)

    assert not Holder.objects.filter(kind=Holder.Kind.DIGESTER).exists()


def test_feeding_moves_all_of_a_batch_and_adds_its_water(
    running: PlantVersion, bring: Bring, gate: Holder, scraps: Substance
) -> None:
    bring(8000)
    actions.feed(gate, scraps, at=START)

    assert grams("gate", "food_waste") == 0
    assert grams("digester", "slurry") == FULL_G + 16_000
    assert grams("water-supply", "slurry") == -8000


def test_feeding_can_take_part_of_a_batch(
    running: PlantVersion, bring: Bring, gate: Holder, scraps: Substance
) -> None:
    bring(8000)
    actions.feed(gate, scraps, 3000)

    assert grams("gate", "food_waste") == 5000


@pytest.mark.parametrize("weight_g", [0, -1, 8001])
def test_more_than_there_is_or_nothing_is_not_fed(
    running: PlantVersion, bring: Bring, gate: Holder, scraps: Substance, weight_g: int
) -> None:
    bring(8000)
    with pytest.raises(actions.Refused, match="Nothing was booked"):
        actions.feed(gate, scraps, weight_g)

    assert grams("gate", "food_waste") == 8000


def test_an_empty_point_feeds_nothing(running: PlantVersion, gate: Holder, scraps: Substance) -> None:
    with pytest.raises(actions.Refused, match="0 kg"):
        actions.feed(gate, scraps)


def test_what_does_not_rot_is_not_fed(running: PlantVersion, bring: Bring, gate: Holder) -> None:
    wood = books.substance("wood")
    bring(2000, substance=wood)

    with pytest.raises(actions.Refused, match="does not feed"):
        actions.feed(gate, wood)


def test_without_a_plant_nothing_is_fed(gate: Holder, scraps: Substance) -> None:
    with pytest.raises(actions.Refused, match="no plant"):
        actions.feed(gate, scraps)


def test_what_was_really_fed_is_recorded_even_without_safety_readings(
    running: PlantVersion, bring: Bring, gate: Holder, scraps: Substance
) -> None:
    bring(1000)

    assert not queries.safety_state().is_clear
    assert actions.feed(gate, scraps).action == Action.CONSUME


def test_burning_hours_takes_the_gas_that_cooking_takes(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    before = grams("gas-store", "biogas")
    movement = actions.burn(hours=2, at=moment(7))

    burnt = before - grams("gas-store", "biogas")
    assert burnt == grams("air", "biogas") > 0
    assert 0.5 * 2 < burnt / 1000 / (0.325 * 1.2) < 2 * 2
    assert movement.estimated


def test_more_gas_than_there_is_cannot_be_burnt(running: PlantVersion) -> None:
    with pytest.raises(actions.Refused, match="holds 0 kg"):
        actions.burn(grams=1)


def test_hours_mean_nothing_before_the_first_run(running: PlantVersion) -> None:
    with pytest.raises(actions.Refused, match="Enter grams"):
        actions.burn(hours=1)


def test_a_promise_replaces_the_one_before_and_can_be_dropped(db: None, scraps: Substance) -> None:
    actions.expect("covenant-1", scraps, Decimal(14), starts=day(0))
    actions.expect("covenant-1", scraps, Decimal(21), starts=day(0))

    assert [e.kg_week for e in queries.expectations("covenant-1")] == [Decimal(21)]
    actions.drop_expectation("covenant-1")
    assert queries.expectations() == []


def test_a_promise_of_nothing_or_that_ends_before_it_starts_is_refused(db: None, scraps: Substance) -> None:
    with pytest.raises(actions.Refused):
        actions.expect("covenant-1", scraps, Decimal(0), starts=day(0))
    with pytest.raises(actions.Refused):
        actions.expect("covenant-1", scraps, Decimal(1), starts=day(1), ends=day(0))


def test_an_edited_plant_can_be_foreseen_beside_the_one_in_force(
    bring: Bring, gate: Holder, scraps: Substance
) -> None:
    last_week = timezone.now() - timedelta(days=7)
    actions.commission(DEMO, at=last_week)
    for number in range(7):
        bring(8000, at=last_week + timedelta(days=number))
        actions.feed(gate, scraps, at=last_week + timedelta(days=number))
    foreseen = actions.foresee(SECOND_DRUM)

    assert foreseen["after"]["retention_d"] > 1.4 * foreseen["before"]["retention_d"]
    assert foreseen["after"]["gas_low"] <= foreseen["after"]["gas_m3_d"] <= foreseen["after"]["gas_high"]
    assert PlantVersion.objects.count() == 1


def test_an_impossible_edit_is_refused_with_a_sentence(running: PlantVersion) -> None:
    with pytest.raises(actions.Refused, match="no number called"):
        actions.foresee([PlantEdit("colour", "set", 1.0)])


def test_a_scientist_puts_an_edited_plant_into_force_and_water_fills_the_new_room(
    safe: None, kiran: Person
) -> None:
    version = rebuild(SECOND_DRUM, "chosen together", kiran, at=moment(7, hours=1))

    assert (version.number, version.liquid_volume_m3, version.why) == (2, 3.0, "chosen together")
    assert grams("digester", "slurry") == FULL_G + 1_000_000
    assert checks.check().findings == ()


def test_a_resident_cannot_change_the_plant(safe: None, lyra: Person) -> None:
    with pytest.raises(actions.Refused, match="scientist"):
        rebuild(SECOND_DRUM, "because", lyra, at=moment(7))


def test_missing_safety_readings_block_a_change_and_nobody_overrides(
    running: PlantVersion, kiran: Person
) -> None:
    with pytest.raises(actions.Refused, match="Nothing was changed"):
        rebuild(SECOND_DRUM, "because", kiran, at=moment(7))

    assert PlantVersion.objects.count() == 1


def test_rolling_back_is_a_new_version_equal_to_the_former_plant(safe: None, kiran: Person) -> None:
    rebuild(SECOND_DRUM, "chosen together", kiran, at=moment(7, hours=1))
    version = actions.roll_back(kiran, at=moment(7, hours=2))

    assert version.number == 3
    assert version.toml == PlantVersion.objects.get(number=1).toml


def test_rolling_back_twice_is_no_way_forward(safe: None, kiran: Person) -> None:
    rebuild(SECOND_DRUM, "chosen together", kiran, at=moment(7, hours=1))
    actions.roll_back(kiran, at=moment(7, hours=2))
    with pytest.raises(actions.Refused, match="by a switch-over only"):
        actions.roll_back(kiran, at=moment(7, hours=3))

    assert PlantVersion.objects.count() == 3


def test_the_first_plant_has_nothing_to_roll_back_to(safe: None, kiran: Person) -> None:
    with pytest.raises(actions.Refused, match="no plant before"):
        actions.roll_back(kiran, at=moment(7))


def test_a_site_can_require_other_safety_readings(running: PlantVersion, kiran: Person) -> None:
    for kind in ("ch4_alarm", "leak_check"):
        actions.record_reading(kind, passed=True)
    actions.record_reading("h2s", 0.5)
    actions.require_safety("h2s", fresh_h=24, red_from=5, by=kiran)
    actions.require_safety("leak_check", fresh_h=None, by=kiran)

    assert list(SafetyRule.objects.values_list("kind", "fresh_h")) == [("ch4_alarm", 744), ("h2s", 24)]


@pytest.mark.parametrize(("fresh_h", "red_from"), [(None, None), (9999, 10.0), (168, 50.0), (168, None)])
def test_a_requirement_is_not_loosened_while_a_reading_is_missing(
    running: PlantVersion, kiran: Person, fresh_h: int | None, red_from: float | None
) -> None:
    with pytest.raises(actions.Refused, match="loosened"):
        actions.require_safety("h2s", fresh_h=fresh_h, red_from=red_from, by=kiran)

    assert SafetyRule.objects.get(kind="h2s").fresh_h == 168


def test_a_requirement_can_be_tightened_at_any_time(running: PlantVersion, kiran: Person) -> None:
    actions.require_safety("h2s", fresh_h=24, red_from=5.0, by=kiran)

    assert SafetyRule.objects.get(kind="h2s").fresh_h == 24


def test_a_resident_cannot_change_what_is_required(running: PlantVersion, lyra: Person) -> None:
    with pytest.raises(actions.Refused, match="scientist"):
        actions.require_safety("h2s", fresh_h=1, red_from=1.0, by=lyra)


def test_names_never_reach_the_books(
    running: PlantVersion, bring: Bring, gate: Holder, scraps: Substance, kiran: Person
) -> None:
    bring(1000)
    movement = actions.feed(gate, scraps, by=kiran)

    assert "Kiran" not in str(Movement.objects.filter(pk=movement.pk).values())
