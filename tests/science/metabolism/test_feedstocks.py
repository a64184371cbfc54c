import re
from dataclasses import fields, replace

import pytest
from tools import feedstock_page

from harmonia.science.metabolism import FeedstockError, Quantity, feedstock, feedstock_codes
from harmonia.science.metabolism.characterisation import BalanceError, characterise
from harmonia.science.metabolism.feedstocks import QUANTITIES as UNITS
from harmonia.science.metabolism.feedstocks import read_feedstock
from harmonia.science.metabolism.trial_batch import TrialFeed, trial_methane

# A paper with its year or DOI, an institution with its table, or a data file anybody can open.
PUBLISHED = re.compile(
    r"doi:10\.\d{4,}/|\((?:19|20)\d\d\)|LfL Bavaria|Missouri S&T|adtoolbox|PyADM1ODE|USDA|encyclopedia\.pub"
    r"|AgEcon|Defra|Fertilizer Association|UF/IFAS|Red Rock|Oregon State|Kansas State"
    r"|Virginia Polytechnic|C57H104O6|TU Munich"
)
QUANTITIES = [field.name for field in fields(feedstock("food_waste")) if field.type is Quantity]


@pytest.mark.parametrize("code", feedstock_codes())
def test_every_number_has_a_range_its_unit_and_its_basis(code: str) -> None:
    numbers = {name: getattr(feedstock(code), name) for name in QUANTITIES}

    assert all(0 <= number.low <= number.value <= number.high for number in numbers.values())
    assert {name: (number.unit, number.basis) for name, number in numbers.items()} == dict(UNITS)


@pytest.mark.parametrize("code", feedstock_codes())
def test_every_number_names_who_published_it_or_says_unknown(code: str) -> None:
    for name in QUANTITIES:
        number = getattr(feedstock(code), name)

        assert PUBLISHED.search(number.source) or not number.sourced, (name, number.source)
        assert number.sourced or number.high - number.low >= 0.02 * number.value, name


@pytest.mark.parametrize("code", feedstock_codes())
def test_every_feedstock_says_what_to_mind(code: str) -> None:
    assert feedstock(code).remark.endswith(".")


@pytest.mark.parametrize("code", feedstock_codes())
def test_the_parts_of_every_feedstock_are_its_volatile_solids(code: str) -> None:
    feed = feedstock(code)

    assert sum(feed.composition.values()) == pytest.approx(1.0)
    assert 0 <= feed.fibre.value <= feed.composition["carbohydrate"]
    assert (
        max(getattr(feed, name).high for name in ("total_solids", "volatile_solids", "lipid", "fibre")) <= 1
    )
    assert 1.1 < feed.cod_kg_kg_vs < 2.9


@pytest.mark.parametrize("code", feedstock_codes())
def test_carbon_and_cod_of_every_feedstock_agree(code: str) -> None:
    # COD per carbon of what lives: 2.67 (sugar, 32/12) to 3.9 kg/kg (fat).
    feed = feedstock(code)
    per_carbon = feed.cod_kg_kg_vs * feed.volatile_solids.value / feed.carbon.value

    assert 2.2 < per_carbon < 4.2


@pytest.mark.parametrize("code", feedstock_codes())
def test_the_nitrogen_of_every_feedstock_closes(code: str) -> None:
    feed, character = feedstock(code), characterise(feedstock(code))
    opened = character.degradable * character.cod * character.split[1] * 0.007

    assert 14 * (character.ammonium + opened + character.inert_nitrogen()) == pytest.approx(
        feed.nitrogen_kg_kg
    )
    assert character.inert_nitrogen() >= 0
    assert character.inert_nitrogen(1.0) >= -1e-12


@pytest.mark.parametrize("code", feedstock_codes())
def test_every_feedstock_balances(code: str) -> None:
    character = characterise(feedstock(code))

    assert sum(character.split) == pytest.approx(1.0)
    assert min(character.split) >= 0
    assert 0 < character.degradable <= 1
    assert character.cod == pytest.approx(character.vs * feedstock(code).cod_kg_kg_vs)


@pytest.mark.parametrize("code", feedstock_codes())
def test_a_simulated_trial_gives_the_methane_potential(code: str) -> None:
    feed, character = feedstock(code), characterise(feedstock(code))
    bottle = TrialFeed(character.split, character.disintegration, character.cod / character.vs)

    assert trial_methane(bottle, character.degradable) == pytest.approx(
        feed.methane_potential.value, rel=0.01
    )
    assert (
        character.methane_per_degradable * character.degradable * character.cod / character.vs
        == pytest.approx(feed.methane_potential.value, rel=0.01)
    )


def test_all_that_people_bring_is_there() -> None:
    assert set(feedstock_codes()) == {
        "food_waste", "coffee_grounds", "fruit_vegetables", "bread", "fog", "grass", "leaves", "hedge_cuttings",
        "paper_card", "brewers_grain", "cattle_manure", "chicken_manure", "sewage_sludge",
    }  # fmt: skip


def test_household_food_waste_is_the_mean_of_two_kinds_of_evidence() -> None:
    # Toufexis et al. (2024) doi:10.3390/su16156433; Zhang et al. (2007); Browne & Murphy (2013); TU Munich.
    many_studies, single_tests = 0.3617, (0.435, (0.467 + 0.529) / 2, 0.464)
    pooled = (many_studies + sum(single_tests) / 3) / 2

    assert feedstock("food_waste").methane_potential.value == pytest.approx(pooled, abs=5e-4)


def test_growth_costs_a_trial_about_a_tenth_of_its_methane() -> None:
    assert 0.05 < 1 - characterise(feedstock("food_waste")).methane_per_degradable / 0.35 < 0.15


def test_more_methane_than_the_composition_holds_is_refused_with_numbers() -> None:
    feed = feedstock("bread")
    richer = replace(feed, methane_potential=replace(feed.methane_potential, value=0.6, high=0.6))

    with pytest.raises(BalanceError, match=r"0\.6 m3/kg VS needs 1\.\d+ times"):
        characterise(richer)


def test_more_protein_and_fat_than_solids_is_refused() -> None:
    feed = feedstock("fog")
    fatter = replace(feed, nitrogen=replace(feed.nitrogen, value=0.05, high=0.05))

    with pytest.raises(BalanceError, match="more than"):
        characterise(fatter)


def test_an_unknown_feedstock_lists_those_there_are() -> None:
    with pytest.raises(FeedstockError, match="food_waste"):
        feedstock("../secrets")


@pytest.mark.parametrize("spoilt", ['low = "x"', "low = 9.0", ""])
def test_a_feedstock_file_with_a_broken_range_is_refused(spoilt: str) -> None:
    quantities = "".join(
        f'[{name}]\nvalue = 0.2\nhigh = 0.3\nunit = "{unit}"\nbasis = "{basis}"\nsource = "x"\n'
        + (spoilt if name == "lipid" else "low = 0.1")
        + "\n"
        for name, (unit, basis) in UNITS.items()
    )
    with pytest.raises(ValueError, match="lipid"):
        read_feedstock("odd", f'name = "Odd"\nremark = ""\n{quantities}')


def test_a_feedstock_file_that_lacks_a_quantity_is_refused() -> None:
    with pytest.raises(ValueError, match="total_solids"):
        read_feedstock("odd", 'name = "Odd"\nremark = ""')


def test_the_reference_page_is_the_library() -> None:
    assert feedstock_page.PAGE.read_text(encoding="utf-8") == feedstock_page.page()
