import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from harmonia.science.metabolism import feedstock
from harmonia.science.metabolism.designs import Site
from harmonia.science.metabolism.designs.emissions import (
    ClimateDraw,
    avoided_kg_co2e,
    draw_climate,
    factors,
    has_landfill_factor,
    landfill_factor,
    landfill_kg_co2e_kg,
)

SITE = Site()
USUAL = ClimateDraw(0.0, 0.0)


def test_every_factor_names_its_edition_and_source() -> None:
    assert all(factor.edition and factor.source and factor.unit for factor in factors().values())
    assert all(factor.low <= factor.value <= factor.high for factor in factors().values())


def test_food_waste_in_a_landfill_is_the_hubs_figure_at_the_newer_methane_potential() -> None:
    # EPA Emission Factors Hub 2022-03: 0.58 t CO2e per short ton, 0.02 of it transport and work; AR4 25, AR6 27.
    expected = (0.02 + 0.56 * 27 / 25) / 0.90718474

    assert landfill_kg_co2e_kg("food_waste", SITE) == pytest.approx(expected, rel=1e-5)


def test_better_gas_collection_leaves_less_to_avoid() -> None:
    found = [landfill_kg_co2e_kg("food_waste", SITE, standing) for standing in (-1.0, 0.0, 1.0)]

    assert found == sorted(found, reverse=True)
    assert landfill_factor("food_waste", SITE).low == pytest.approx(found[2])


def test_a_short_horizon_counts_only_what_rots_within_it() -> None:
    ten = landfill_kg_co2e_kg("food_waste", replace(SITE, horizon_y=10.0))
    handling = 0.02 / 0.90718474
    whole = landfill_kg_co2e_kg("food_waste", SITE) - handling

    assert (ten - handling) / whole == pytest.approx(1 - np.exp(-1.44), rel=1e-4)


@pytest.mark.parametrize("code", ["fog", "cattle_manure", "sewage_sludge"])
def test_what_has_no_published_factor_counts_nothing(code: str) -> None:
    assert feedstock(code)
    assert not has_landfill_factor(code)
    assert landfill_kg_co2e_kg(code, SITE) == 0.0


def test_waste_that_would_have_gone_nowhere_avoids_no_landfill() -> None:
    assert landfill_kg_co2e_kg("food_waste", replace(SITE, otherwise="nothing")) == 0.0


def test_a_kilowatt_hour_of_bottled_gas_is_its_carbon() -> None:
    # 2006 IPCC Guidelines: 63.1 kg CO2/GJ.
    assert avoided_kg_co2e({}, 1.0, 0.0, 0.0, SITE, USUAL) == pytest.approx(0.0631 * 3.6, rel=1e-4)


def test_a_leak_can_undo_what_the_gas_replaces() -> None:
    burnt = 9.97 * 0.9 * 0.22716

    assert avoided_kg_co2e({}, 9.97 * 0.9, 0.0, 0.1, SITE, USUAL) == pytest.approx(burnt - 0.1 * 0.7175 * 27)
    assert avoided_kg_co2e({}, 9.97 * 0.9, 0.0, 0.2, SITE, USUAL) < 0


def test_current_counts_only_where_somebody_gave_its_factor() -> None:
    known = replace(SITE, grid_kg_co2e_kwh=0.4, grid_source="the grid's operator, 2025")

    assert avoided_kg_co2e({}, 0.0, 10.0, 0.0, SITE, USUAL) == 0.0
    assert avoided_kg_co2e({}, 0.0, 10.0, 0.0, known, USUAL) == pytest.approx(-4.0)


def test_draws_stay_within_the_published_range() -> None:
    drawn = [draw_climate(np.random.default_rng(seed)) for seed in range(200)]

    assert all(0.0 <= draw.leak <= 0.10 and -1 <= draw.collection <= 1 for draw in drawn)
    assert np.mean([draw.leak for draw in drawn]) == pytest.approx(0.05, abs=0.005)


@pytest.mark.reference
def test_the_landfill_figures_are_those_of_the_published_tables(reference: Path) -> None:
    folder = reference / "epa_lfg_factors"
    hub = json.loads((folder / "epa_hub_waste_emission_factors_atomic6.json").read_text())
    ton = 0.90718474
    for code, key in {"food_waste": "foodWaste", "grass": "grass", "leaves": "leaves",
                      "hedge_cuttings": "branches", "paper_card": "corrugatedContainers"}.items():  # fmt: skip
        expected = (0.02 + (hub[key]["landfilled"] - 0.02) * 27 / 25) / ton

        assert landfill_kg_co2e_kg(code, replace(SITE, horizon_y=500.0)) == pytest.approx(expected, rel=1e-3)
