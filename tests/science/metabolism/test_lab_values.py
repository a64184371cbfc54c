import math
from dataclasses import replace

import pytest

from harmonia.science.metabolism.balances import BalanceError
from harmonia.science.metabolism.feedstocks import FeedstockError, feedstock, feedstock_codes
from harmonia.science.metabolism.lab_values import (
    LabValueError,
    LabValues,
    complete,
    lab_values_of,
    nearest_feedstock,
)
from tests.science.metabolism.sheets import changed


@pytest.mark.parametrize("code", feedstock_codes())
def test_the_nearest_to_a_library_feedstock_is_itself(code: str) -> None:
    assert nearest_feedstock(lab_values_of(feedstock(code))) == code


def test_solids_alone_find_fat() -> None:
    assert nearest_feedstock(LabValues("?", total_solids=0.9, volatile_solids=0.99, lipid=0.9)) == "fog"


def test_ammonium_tells_a_slurry_from_wet_fruit() -> None:
    slurry = LabValues(
        "?",
        total_solids=0.08,
        volatile_solids=0.9,
        protein=0.156,
        ammonium_nitrogen=0.002,
        methane_potential=0.137,
    )

    assert nearest_feedstock(slurry) in {"cattle_manure", "sewage_sludge"}


def test_what_was_not_measured_is_filled_by_the_library_and_said() -> None:
    assay, filled = complete(LabValues("Bag", total_solids=0.25, like="food_waste"))
    known = feedstock("food_waste")

    assert assay.methane_potential == known.methane_potential.value
    assert assay.kjeldahl_nitrogen == pytest.approx(0.25 * known.nitrogen.value)
    assert {gap.quantity for gap in filled} == {
        "volatile_solids", "kjeldahl_nitrogen", "ammonium_nitrogen", "protein", "lipid", "methane_potential",
        "disintegration",
    }  # fmt: skip
    assert sum(gap.because == "library: food_waste" for gap in filled) == 6


def test_nitrogen_follows_from_protein_and_ammonium() -> None:
    sheet = LabValues(
        "Bag", total_solids=0.5, volatile_solids=0.8, protein=0.25, ammonium_nitrogen=0.001, like="grass"
    )
    assay, _ = complete(sheet)

    assert assay.kjeldahl_nitrogen == pytest.approx(0.25 * 0.4 / 6.25 + 0.001)
    assert assay.protein == pytest.approx(0.25)


def test_fat_is_what_carbohydrate_and_fibre_leave() -> None:
    sheet = lab_values_of(feedstock("bread"))
    assay, _ = complete(replace(sheet, lipid=None, carbohydrate=0.6, fibre=0.2))

    assert assay.lipid == pytest.approx(1 - 0.8 - assay.protein)


def test_unmeasured_parts_share_the_rest_as_in_the_library() -> None:
    sheet = replace(lab_values_of(feedstock("bread")), lipid=None)
    assay, _ = complete(sheet)

    assert assay.lipid == pytest.approx(feedstock("bread").lipid.value)


def test_a_sheet_without_a_hint_cannot_be_filled() -> None:
    with pytest.raises(LabValueError, match="Bag: too few values to tell what it is"):
        complete(LabValues("Bag", ph=7.0))


def test_a_feedstock_it_cannot_be_like_is_refused() -> None:
    with pytest.raises(FeedstockError, match="unknown feedstock 'moon'"):
        complete(LabValues("Bag", total_solids=0.2, like="moon"))


@pytest.mark.parametrize(
    ("quantity", "value"),
    [
        ("total_solids", 1.2),
        ("ph", 15.0),
        ("lipid", -0.1),
        ("cod", math.nan),
        ("alkalinity", math.inf),
        ("disintegration", 0.0),
    ],
)
def test_a_value_no_feed_can_have_is_refused(quantity: str, value: float) -> None:
    with pytest.raises(LabValueError, match=f"Bag: a {quantity} of .* is not possible"):
        complete(changed(LabValues("Bag", like="grass"), {quantity: value}))


def test_nothing_but_ash_and_water_is_refused() -> None:
    with pytest.raises(LabValueError, match="a total_solids of 0 is not possible"):
        complete(LabValues("Bag", total_solids=0.0, like="grass"))


def test_more_fat_and_protein_than_solids_is_refused() -> None:
    feed = lab_values_of(feedstock("fog"))

    with pytest.raises(BalanceError, match=r"parts \(protein 0\.3\d*, lipid 0\.9\d*\) are 1\.\d+ kg/kg VS"):
        complete(replace(feed, lipid=0.95, kjeldahl_nitrogen=0.05))
