"""The page on plants: its files are plants, and it names every number with its limits."""

import re
from pathlib import Path

import pytest

from harmonia.science.metabolism import FollowCase, Plant, follow, plant_from_toml, plant_to_toml
from harmonia.science.metabolism.plant import UNITS
from harmonia.science.metabolism.plant_parts import Limits, Tank, numbers_of

PAGE = (Path(__file__).parents[3] / "docs" / "explanation" / "plants.md").read_text("utf-8")
FILES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
NUMBERS: dict[str, Limits] = (
    numbers_of(Plant)
    | {f"digester.{name}": limits for name, limits in numbers_of(Tank).items()}
    | {f"{unit}.{name}": limits for unit, kind in UNITS.items() for name, limits in numbers_of(kind).items()}
)


@pytest.mark.parametrize("text", FILES)
def test_every_file_on_the_page_is_a_plant_that_runs(text: str) -> None:
    plant = plant_from_toml(text)
    outcome = follow(FollowCase(plant, {"food_waste": (20.0,) * 5}, members=2))

    assert plant_from_toml(plant_to_toml(plant)) == plant
    assert outcome.status == "ok"
    assert len(outcome.net_kwh_d) == 5


@pytest.mark.parametrize("path", sorted(NUMBERS))
def test_every_number_is_on_the_page_with_its_limits(path: str) -> None:
    limits = NUMBERS[path]
    span = f"{limits.low:g} to {limits.high:g} {limits.unit}".strip()

    assert f"| `{path}` | {span} |" in PAGE


def test_the_plant_of_the_demonstration_is_one() -> None:
    folder = Path(__file__).parents[3] / "src" / "harmonia" / "commons" / "nexus" / "plants"
    plants = [plant_from_toml(file.read_text("utf-8")) for file in sorted(folder.glob("*.toml"))]

    assert [plant.name for plant in plants] == ["Nexus"]
