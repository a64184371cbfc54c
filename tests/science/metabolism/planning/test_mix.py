import pytest

from harmonia.science.metabolism.planning.mix import carbon_kg_kg, carbon_to_nitrogen, fat_share


def test_leaves_lift_the_carbon_of_food_waste_over_its_nitrogen() -> None:
    alone = carbon_to_nitrogen({"food_waste": 10.0})

    assert 10 < alone < carbon_to_nitrogen({"food_waste": 10.0, "leaves": 5.0})


def test_a_mix_is_between_its_parts_and_does_not_depend_on_size() -> None:
    mixed = carbon_to_nitrogen({"food_waste": 2.0, "leaves": 1.0})

    assert mixed == pytest.approx(carbon_to_nitrogen({"food_waste": 20.0, "leaves": 10.0}))
    assert carbon_to_nitrogen({"food_waste": 1.0}) < mixed < carbon_to_nitrogen({"leaves": 1.0})


def test_fat_has_the_most_carbon_and_the_most_fat() -> None:
    assert carbon_kg_kg("fog") > carbon_kg_kg("food_waste")
    assert fat_share({"fog": 1.0}) > fat_share({"food_waste": 1.0}) > 0


def test_nothing_has_no_fat_and_no_nitrogen() -> None:
    assert fat_share({}) == 0.0
    assert carbon_to_nitrogen({}) == float("inf")
