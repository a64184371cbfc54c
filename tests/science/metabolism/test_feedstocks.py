from dataclasses import fields, replace

import pytest
from tools import feedstock_page

from harmonia.science.metabolism import FeedstockError, Quantity, feedstock, feedstock_codes
from harmonia.science.metabolism.characterisation import BalanceError, characterise
from harmonia.science.metabolism.feedstocks import QUANTITIES as UNITS
from harmonia.science.metabolism.feedstocks import read_feedstock

QUANTITIES = [field.name for field in fields(feedstock("food_waste")) if field.type is Quantity]


@pytest.mark.parametrize("code", feedstock_codes())
def test_every_number_has_a_range_a_unit_and_a_source(code: str) -> None:
    numbers = [getattr(feedstock(code), name) for name in QUANTITIES]

    assert all(number.low <= number.value <= number.high for number in numbers)
    assert all(number.unit and number.source for number in numbers)


@pytest.mark.parametrize("code", feedstock_codes())
def test_every_feedstock_balances(code: str) -> None:
    feed, character = feedstock(code), characterise(feedstock(code))

    assert sum(character.split) == pytest.approx(1.0)
    assert min(character.split) >= 0
    assert 0 < character.degradable <= 1
    assert 14 * (character.ammonium + character.organic_nitrogen) == pytest.approx(feed.nitrogen_kg_kg)


@pytest.mark.parametrize("code", feedstock_codes())
def test_a_simulated_trial_gives_the_methane_potential(code: str) -> None:
    feed, character = feedstock(code), characterise(feedstock(code))
    trial = character.methane_per_degradable * character.degradable * character.cod / character.vs

    assert trial == pytest.approx(feed.methane_potential.value, rel=0.01)


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
