from typing import Any

import pytest

from harmonia.science.metabolism import PlantEdit
from harmonia.science.metabolism.designs import DesignError, Site
from harmonia.science.metabolism.designs.site import edit_site

SITE = Site(5.0, (0.0, *(2.0,) * 11))


def test_an_edit_of_the_store_changes_the_store_alone() -> None:
    edited = edit_site(
        SITE, [PlantEdit("digestate_store_m3", "add", 3.0), PlantEdit("liquid_m3", "add", 1.0)]
    )

    assert edited.digestate_store_m3 == 8.0
    assert edited.released_m3_month == SITE.released_m3_month


def test_more_gardens_take_more_in_open_months_only() -> None:
    edited = edit_site(SITE, [PlantEdit("released_m3_month", "multiply", 1.5)])

    assert edited.released_m3_month == (0.0, *(3.0,) * 11)


@pytest.mark.parametrize(
    "values",
    [
        {"digestate_store_m3": -1.0},
        {"digestate_store_m3": True},
        {"released_m3_month": (1.0,)},
        {"released_m3_month": (-1.0,) * 12},
        {"least_retention_d": float("nan")},
        {"grid_kg_co2e_kwh": 0.4},
        {"grid_kg_co2e_kwh": 50.0, "grid_source": "somebody"},
        {"displaced_fuel": "coal"},
        {"horizon_y": 0.0},
    ],
)
def test_a_place_that_cannot_be_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(DesignError):
        Site(**values)


def test_an_edit_that_leaves_no_place_is_refused() -> None:
    with pytest.raises(DesignError, match="digestate_store_m3 must be between"):
        edit_site(SITE, [PlantEdit("digestate_store_m3", "add", -9.0)])


def test_a_place_cannot_be_removed() -> None:
    with pytest.raises(DesignError, match="cannot be removed"):
        edit_site(SITE, [PlantEdit("digestate_store_m3", "remove", 0.0)])
