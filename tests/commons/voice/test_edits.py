"""What an option may change, and what the twin foresees, in words."""

import pytest
from django.utils import translation

from harmonia.commons.nexus import actions as nexus
from harmonia.commons.people.models import Person
from harmonia.commons.voice.edits import OPERATIONS, choices, impossible, plain, plant_edits, sentences
from harmonia.commons.voice.foresight import outlooks
from harmonia.commons.voice.models import Option
from harmonia.commons.voice.plant_words import PARTS, field
from harmonia.science.metabolism import PlantEdit, apply_edits, editable, single_digester
from harmonia.science.metabolism.plant import RANGES, UNITS
from harmonia.science.metabolism.plant_edits import FIRST_NUMBER
from harmonia.science.metabolism.plant_edits import OPERATIONS as KNOWN
from tests.commons.nexus.conftest import DEMO
from tests.commons.voice.conftest import FORESEEN

PLANT = single_digester("Commons", 8.0, 1.5, 35.0, 1.0, 2.0, 0.9)
INSTALLED = [PlantEdit(f"{unit}.{name}", "set", 0.05) for unit, name in FIRST_NUMBER.items()]


def _whole() -> set[str]:
    edits = [edit for edit in INSTALLED if "pasteuriser" not in edit.field and "shredder" not in edit.field]
    more = [
        PlantEdit("pasteuriser.temperature_c", "set", 70.0),
        PlantEdit("shredder.speed", "set", 2.0),
        PlantEdit("heating.boiler_kw", "set", 1.0),
        PlantEdit("digester.second.liquid_m3", "set", 1.0),
    ]
    return set(editable(apply_edits(PLANT, [*edits, *more])))


def test_every_number_of_any_plant_has_a_name_for_people() -> None:
    nameless = [path for path in sorted(_whole() | set(RANGES)) if field(path) is None]

    assert nameless == []
    assert set(PARTS) == set(UNITS)


def test_a_form_offers_what_is_there_and_what_could_be_built() -> None:
    offered = dict(choices(PLANT))

    assert offered["liquid_m3"] == "Room in the digester, now 8.0 m³"
    assert offered["digester.second.liquid_m3"] == "Room in the digester (second) [m³]"
    assert "shredder.speed" in offered


def test_what_no_plant_has_is_refused() -> None:
    for path in ("wings", "digester.first.wings", "digester", "a.b.c.d"):
        with pytest.raises(ValueError, match="no plant has"):
            plain([{"field": path, "operation": "set", "value": 1.0}])


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
        (("digester.second.liquid_m3", "set", 2.0), "Room in the digester (second): 2 m³ from then on"),
        (("pasteuriser", "remove", 0.0), "Pasteuriser: taken away"),
        (("digester.second", "remove", 0.0), "Digester second: taken away"),
    ],
)
def test_an_edit_reads_as_a_sentence(edit: tuple[str, str, float], words: str) -> None:
    assert sentences(plain([dict(zip(("field", "operation", "value"), edit, strict=True))])) == [words]


def test_the_operations_are_those_of_the_science() -> None:
    assert tuple(OPERATIONS) == KNOWN


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


@pytest.mark.django_db
@pytest.mark.usefixtures("spanish")
def test_what_the_plant_cannot_become_is_said_in_the_language_of_now(kiran: Person) -> None:
    nexus.commission(DEMO, by=kiran)
    with translation.override("es"):
        why = impossible([{"field": "engine", "operation": "remove", "value": 0.0}])

    assert why == "La planta no tiene engine que quitar."


@pytest.mark.usefixtures("spanish")
def test_a_note_of_the_twin_that_the_catalogue_knows_is_read_in_spanish() -> None:
    option = Option(foreseen_note="There is no plant yet. Set one up first. Nothing was booked.")
    with translation.override("es"):
        said = option.why_unforeseen

    assert said.startswith("Todavía no hay planta.")
    assert option.why_unforeseen == option.foreseen_note
