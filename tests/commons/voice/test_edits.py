"""What an option may change, and what the twin foresees, in words."""

import pytest

from harmonia.commons.voice.edits import FIELDS, OPERATIONS, plain, plant_edits, sentences
from harmonia.commons.voice.foresight import outlooks
from harmonia.science.metabolism import PlantEdit
from harmonia.science.metabolism.plant import RANGES
from tests.commons.voice.conftest import FORESEEN


def test_every_number_of_a_plant_can_be_changed_and_no_other() -> None:
    assert set(FIELDS) == set(RANGES)


def test_edits_survive_being_stored() -> None:
    edits = [PlantEdit("liquid_m3", "add", 1.0), PlantEdit("temperature_c", "set", 37.0)]

    assert plant_edits(plain(edits)) == edits


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (("liquid_m3", "add", 1.0), "Room in the digester: 1 m³ more"),
        (("temperature_c", "set", 37.5), "Temperature in the digester: 37.5 °C from then on"),
        (("dilution_l_per_kg", "multiply", 0.5), "Water added to each kg of scraps: multiplied by 0.5"),
        (("temperature_c", "add", -2.0), "Temperature in the digester: 2 °C less"),
        (("gas_store_m3", "set", 10.0), "Room in the gas store: 10 m³ from then on"),
    ],
)
def test_an_edit_reads_as_a_sentence(edit: tuple[str, str, float], words: str) -> None:
    assert sentences(plain([dict(zip(("field", "operation", "value"), edit, strict=True))])) == [words]


def test_the_operations_are_those_of_the_science() -> None:
    assert set(OPERATIONS) == {"set", "add", "multiply"}


def test_an_outlook_has_now_then_and_the_range_of_then() -> None:
    cooking = outlooks(FORESEEN)[0]

    assert (cooking.now, cooking.then, cooking.interval) == (
        "14.0 hours a week",
        "21.0 hours a week",
        "16.8 to 25.2",
    )


def test_what_nobody_would_notice_is_the_same() -> None:
    same = {outlook.label: outlook.is_same for outlook in outlooks(FORESEEN)}

    assert same["Fertiliser"]
    assert not same["Gas"]


def test_without_an_answer_of_the_twin_nothing_is_foreseen() -> None:
    assert outlooks({}) == []


def test_a_plant_without_gas_has_no_range_to_scale() -> None:
    after = FORESEEN["before"] | {"gas_m3_d": 0.0, "cooking_hours_d": 0.0}

    assert outlooks({"before": FORESEEN["before"], "after": after})[0].then == "0.0 hours a week"
