from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism import (
    CaseError,
    FeedstockError,
    FollowCase,
    PlantEdit,
    apply_edits,
    cooking_hours,
    follow,
    single_digester,
)
from harmonia.science.metabolism.following import overflow, retention
from harmonia.science.metabolism.kernel import Floats

PLANT = single_digester("Commons", 8.0, 1.5, 35.0, 1.0, 2.0, 1.0)
DAYS = 30
CASE = FollowCase(PLANT, {"food_waste": (25.0,) * DAYS}, members=6)


def fed(case: FollowCase) -> Floats:
    daily: Floats = np.sum(list(case.feed_kg_d.values()), axis=0)
    return daily * (1 + case.plant.dilution_l_per_kg)


def test_mass_closes_to_the_gram_every_day() -> None:
    case = replace(CASE, feed_kg_d={"food_waste": (0.0, 40.0, 10.0, 0.0, 0.0) * 6, "leaves": (3.0,) * DAYS})
    outcome = follow(case)
    left = np.array(outcome.gas_kg_d) + outcome.digestate_kg_d + outcome.content_change_kg_d

    assert left == pytest.approx(fed(case), abs=1e-6)
    assert min(outcome.digestate_kg_d) >= 0


def test_over_weeks_the_digestate_is_the_feed_less_the_gas() -> None:
    outcome = follow(CASE)

    assert sum(outcome.digestate_kg_d) == pytest.approx(
        fed(CASE).sum() - sum(outcome.gas_kg_d) - sum(outcome.content_change_kg_d), abs=1e-6
    )


def test_nitrogen_out_comes_to_nitrogen_in() -> None:
    outcome = follow(replace(CASE, feed_kg_d={"food_waste": (200.0,) * 60}, members=1))

    assert outcome.nitrogen_kg_d[-1] == pytest.approx(200 * 0.28 * 0.0318, rel=0.01)


def test_steady_food_waste_gives_its_methane_potential() -> None:
    outcome = follow(replace(CASE, members=1))
    methane = outcome.gas_m3_d[-1] * outcome.methane_share[-1]

    assert methane / (25 * 0.28 * 0.85) == pytest.approx(0.398, rel=0.1)


def test_food_waste_alone_does_not_wash_out() -> None:
    # Banks et al. (2011), doi:10.1016/j.biortech.2010.08.005: 426 stable days, 642 m3/t VS, 62 % methane.
    plant = single_digester("Banks", 8.0, 1.0, 38.0, 0.0, 2.0, 1.0)
    outcome = follow(FollowCase(plant, {"food_waste": (100.0,) * 426}, members=1, warm_start={}))

    assert outcome.status == "ok"
    assert outcome.gas_m3_d[-1] / (100 * 0.28 * 0.85) == pytest.approx(0.642, rel=0.1)
    assert outcome.methane_share[-1] == pytest.approx(0.62, rel=0.1)


def test_bands_hold_the_median() -> None:
    outcome = follow(CASE)

    assert all(
        low <= middle <= high
        for low, middle, high in zip(outcome.gas_low, outcome.gas_m3_d, outcome.gas_high, strict=True)
    )
    assert outcome.gas_low[-1] < outcome.gas_high[-1]


def test_the_same_case_gives_the_same_outcome() -> None:
    assert follow(CASE) == follow(CASE)


def test_another_seed_gives_other_members() -> None:
    assert follow(CASE).gas_low != follow(replace(CASE, seed=2)).gas_low


def test_future_feed_changes_no_past_day() -> None:
    warm = {"food_waste": 25.0}
    short = follow(replace(CASE, feed_kg_d={"food_waste": (25.0,) * 10}, warm_start=warm))
    long = follow(replace(CASE, feed_kg_d={"food_waste": (25.0,) * 10 + (90.0,) * 5}, warm_start=warm))

    assert long.gas_m3_d[:10] == short.gas_m3_d


def test_much_fat_sours_and_is_told_with_its_day() -> None:
    feed = {"food_waste": (25.0,) * 60, "fog": (0.0,) * 20 + (60.0,) * 40}
    outcome = follow(FollowCase(PLANT, feed, members=6))

    assert outcome.status.startswith(("sour", "washed out"))
    assert "from day" in outcome.status


def test_a_warmer_plant_makes_more_gas() -> None:
    small = apply_edits(PLANT, [PlantEdit("liquid_m3", "set", 2.0)])
    cold = follow(
        replace(CASE, plant=apply_edits(small, [PlantEdit("temperature_c", "set", 18.0)]), members=1)
    )
    warm = follow(replace(CASE, plant=small, members=1))

    assert sum(cold.gas_m3_d) < sum(warm.gas_m3_d)


def test_a_bigger_store_and_more_stoves_mean_more_energy() -> None:
    small = follow(replace(CASE, plant=replace(PLANT, gas_store_m3=0.1), members=1))
    large = follow(replace(CASE, plant=replace(PLANT, gas_store_m3=20.0), members=1))
    half = follow(replace(CASE, plant=replace(PLANT, gas_store_m3=20.0, stove_share=0.5), members=1))

    assert small.energy_kwh_d[-1] < large.energy_kwh_d[-1]
    assert half.energy_kwh_d[-1] == pytest.approx(large.energy_kwh_d[-1] / 2)


def test_a_plant_nobody_feeds_stays_finite() -> None:
    outcome = follow(replace(CASE, feed_kg_d={"food_waste": (0.0,) * DAYS}))

    assert np.isfinite(outcome.gas_m3_d + outcome.ph + outcome.retention_d + outcome.acid_ratio).all()
    assert outcome.digestate_kg_d == (0.0,) * DAYS


@pytest.mark.parametrize(
    "case",
    [
        replace(CASE, feed_kg_d={}),
        replace(CASE, feed_kg_d={"food_waste": ()}),
        replace(CASE, feed_kg_d={"food_waste": (1.0,), "leaves": (1.0, 2.0)}),
        replace(CASE, feed_kg_d={"food_waste": (-1.0,)}),
        replace(CASE, feed_kg_d={"food_waste": (float("nan"),)}),
        replace(CASE, members=0),
        replace(CASE, warm_start={"leaves": 1.0}),
    ],
)
def test_a_case_that_makes_no_sense_is_a_sentence(case: FollowCase) -> None:
    with pytest.raises(CaseError, match=r"\.$"):
        follow(case)


def test_an_unknown_feedstock_is_refused() -> None:
    with pytest.raises(FeedstockError, match="unknown"):
        follow(replace(CASE, feed_kg_d={"gold": (1.0,)}))


def test_cooking_hours_follow_the_methane() -> None:
    assert cooking_hours(0.325, 0.6) == pytest.approx(1.0)
    assert cooking_hours(2.0, 0.3) == pytest.approx(cooking_hours(1.0, 0.6))


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 20)), min_size=1, max_size=60))
def test_overflow_loses_no_mass(days: list[tuple[float, float]]) -> None:
    entering, gas = np.array(days).T
    leaving = overflow(entering, gas)

    assert leaving.min() >= 0
    assert entering.sum() - gas.sum() - leaving.sum() <= 1e-9


def test_retention_is_the_volume_over_the_mean_flow() -> None:
    assert retention(np.full(40, 100.0), 8.0)[-1] == pytest.approx(80.0)
    assert retention(np.zeros(3), 8.0) == (1000.0,) * 3


@settings(max_examples=15, deadline=None)
@given(
    liquid=st.floats(0.5, 50),
    temperature=st.floats(12, 45),
    water=st.floats(0, 5),
    loads=st.dictionaries(
        st.sampled_from(["food_waste", "fog", "leaves", "cattle_manure", "bread"]),
        st.floats(0, 100),
        min_size=1,
    ),
)
def test_any_plant_and_feed_ends_with_a_sentence_and_finite_numbers(
    liquid: float, temperature: float, water: float, loads: dict[str, float]
) -> None:
    check_any(liquid, temperature, water, loads)


@pytest.mark.scale
@settings(max_examples=1000, deadline=None)
@given(
    liquid=st.floats(0.05, 500),
    temperature=st.floats(12, 45),
    water=st.floats(0, 50),
    loads=st.dictionaries(
        st.sampled_from(["food_waste", "fog", "leaves", "cattle_manure", "paper_card"]),
        st.floats(0, 2000),
        min_size=1,
    ),
)
def test_a_thousand_plants_and_feeds_end_with_a_sentence(
    liquid: float, temperature: float, water: float, loads: dict[str, float]
) -> None:
    check_any(liquid, temperature, water, loads)


def check_any(liquid: float, temperature: float, water: float, loads: dict[str, float]) -> None:
    plant = single_digester("any", liquid, liquid / 8, temperature, water, 1.0, 1.0)
    feed = {code: (kg, 0.0, 3 * kg) * 7 for code, kg in loads.items()}
    case = FollowCase(plant, feed, members=2)
    outcome = follow(case)
    left = np.array(outcome.gas_kg_d) + outcome.digestate_kg_d + outcome.content_change_kg_d

    assert outcome.status.startswith(("ok", "at risk", "sour", "washed out", "not complete"))
    assert np.isfinite(outcome.gas_m3_d + outcome.ph + outcome.acid_ratio + outcome.nitrogen_kg_d).all()
    assert min(outcome.gas_m3_d) >= 0
    assert left == pytest.approx(fed(case), abs=1e-6)
