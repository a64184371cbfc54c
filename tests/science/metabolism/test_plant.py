import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism import (
    Plant,
    PlantEdit,
    PlantError,
    apply_edits,
    plant_from_toml,
    plant_to_toml,
)

PLANT = Plant("Commons", 8.0, 1.5, 35.0, 1.0, 2.0, 0.9)
plants = st.builds(
    Plant,
    st.text(max_size=30).filter(lambda name: name.isprintable() or "\x00" not in name),
    st.floats(0.001, 1e5),
    st.floats(0.0001, 5e4),
    st.floats(12, 45),
    st.floats(0, 50),
    st.floats(0, 1e5),
    st.floats(0, 1),
)


@given(plants)
def test_a_plant_survives_its_own_text(plant: Plant) -> None:
    assert plant_from_toml(plant_to_toml(plant)) == plant


def test_edits_apply_in_order() -> None:
    edited = apply_edits(PLANT, [PlantEdit("liquid_m3", "add", 2.0), PlantEdit("liquid_m3", "multiply", 2.0)])

    assert edited.liquid_m3 == 20.0
    assert PLANT.liquid_m3 == 8.0


@pytest.mark.parametrize(
    "edit",
    [
        PlantEdit("colour", "set", 1.0),
        PlantEdit("name", "set", 1.0),
        PlantEdit("liquid_m3", "add", -9.0),
        PlantEdit("temperature_c", "set", 70.0),
        PlantEdit("stove_share", "multiply", float("nan")),
        PlantEdit("liquid_m3", "divide", 2.0),  # type: ignore[arg-type]
    ],
)
def test_an_impossible_edit_is_a_sentence(edit: PlantEdit) -> None:
    with pytest.raises(PlantError, match=r"\.$"):
        apply_edits(PLANT, [edit])


@pytest.mark.parametrize(
    "text", ["", "name = 3 =", 'name = "x"\nliquid_m3 = 8', plant_to_toml(PLANT) + "wings = 2"]
)
def test_a_text_that_is_no_plant_is_refused(text: str) -> None:
    with pytest.raises(PlantError):
        plant_from_toml(text)


def test_a_number_written_as_text_is_refused() -> None:
    with pytest.raises(PlantError, match="liquid_m3"):
        plant_from_toml(plant_to_toml(PLANT).replace("liquid_m3 = 8.0", 'liquid_m3 = "8"'))
