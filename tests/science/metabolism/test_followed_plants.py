"""Outcomes of whole plants: books that close, plants that change, weather that is known or not."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism import (
    CaseError,
    FollowCase,
    FollowOutcome,
    Plant,
    PlantEdit,
    apply_edits,
    follow,
    single_digester,
)
from harmonia.science.metabolism.plant_parts import (
    Ambient,
    Composting,
    Engine,
    Heating,
    Pasteuriser,
    Separator,
    Tank,
)

ONE = single_digester("Commons", 8.0, 1.5, 35.0, 1.0, 2.0, 0.9)
TEMPERATE = Ambient((3.9, 4.4, 6.5, 8.8, 11.8, 14.8, 17.1, 17.0, 14.6, 11.0, 7.1, 4.6))
WHOLE = Plant(
    "Whole",
    (
        Tank("main", 6.0, 1.2, 37.0, u_w_m2_k=0.5, mixing_w_m3=5.0),
        Tank("after", 3.0, 0.6, after="main", u_w_m2_k=1.0, buried=True),
    ),
    0.5, 3.0, 0.6, stove_m3_d=3.0, flare=False, heating=Heating(boiler_kw=1.5), engine=Engine(0.3),
    pasteuriser=Pasteuriser(heat_recovery=0.5), separator=Separator(0.2), composting=Composting(feed_share=0.1, days=20),
    ambient=TEMPERATE,
)  # fmt: skip
FEED = {"food_waste": (40.0, 0.0, 90.0, 60.0, 20.0, 0.0) * 5}
CASE = FollowCase(WHOLE, FEED, members=3, first_day=date(2026, 1, 1))


def check_books(case: FollowCase, outcome: FollowOutcome) -> None:
    """Gas, mass and the bays of a case with one plant close, and every series has all days."""
    fed = np.sum(list(case.feed_kg_d.values()), axis=0)
    digested = fed * (1 - case.plant.composted_share)
    out = (
        np.array(outcome.gas_kg_d)
        + outcome.digestate_kg_d
        + outcome.solids_kg_d
        + outcome.content_change_kg_d
    )
    stored = np.diff(np.concatenate([[0.0], outcome.gas_stored_m3]))
    lost = np.array(outcome.flared_m3_d) + outcome.vented_m3_d
    to_bays = fed - digested + outcome.solids_kg_d if case.plant.composting else np.zeros_like(fed)

    assert out == pytest.approx(digested * (1 + case.plant.dilution_l_per_kg), abs=1e-6)
    assert np.array(outcome.gas_used_m3_d) + lost + stored == pytest.approx(outcome.gas_m3_d, abs=1e-6)
    assert outcome.composted_kg_d == pytest.approx(to_bays)
    assert {
        len(s) for s in vars(outcome).values() if isinstance(s, tuple) and s and isinstance(s[0], float)
    } == {len(fed)}


def test_the_books_of_a_plant_with_everything_close() -> None:
    outcome = follow(CASE)
    check_books(CASE, outcome)

    assert outcome.status == "ok"
    assert [tank.name for tank in outcome.digesters] == ["main", "after"]
    assert max(outcome.vented_m3_d) > 0 == max(outcome.flared_m3_d)


def test_net_energy_is_pots_and_current_less_the_plants_own() -> None:
    outcome = follow(CASE)
    made = 0.5 * np.array(outcome.energy_kwh_d) + outcome.electricity_kwh_d

    assert outcome.net_kwh_d == pytest.approx(made - np.array(outcome.own_electricity_kwh_d))
    assert min(outcome.own_electricity_kwh_d) == pytest.approx(0.024 * 5 * 6)


def test_winter_takes_more_heat_than_summer() -> None:
    summer = follow(replace(CASE, first_day=date(2026, 7, 1)))

    assert sum(follow(CASE).heat_demand_kwh_d) > 1.2 * sum(summer.heat_demand_kwh_d)


def test_a_daily_series_of_weather_counts_more_than_monthly_means() -> None:
    frost = follow(replace(CASE, air_c=(-10.0,) * 30))

    assert sum(frost.heat_demand_kwh_d) > sum(follow(CASE).heat_demand_kwh_d)


def test_what_is_not_counted_is_said() -> None:
    silent = follow(FollowCase(ONE, FEED, members=1))
    dateless = follow(replace(CASE, first_day=None, members=1))
    wall = follow(FollowCase(replace(ONE, ambient=TEMPERATE), FEED, members=1, first_day=date(2026, 1, 1)))

    assert silent.notes == ("The heat is not counted: nobody said how warm it is outside.",)
    assert "no date" in dateless.notes[0]
    assert "'first'" in wall.notes[0] or "first loses" in wall.notes[0]
    assert follow(CASE).notes == ()


def test_bays_alone_are_followed_without_any_ph() -> None:
    case = FollowCase(Plant("Bays", composting=Composting(days=10)), FEED, members=1)
    outcome = follow(case)

    assert outcome.status == "ok"
    assert outcome.ph == outcome.acid_ratio == outcome.methane_share == ()
    assert sum(outcome.compost_kg_d) > 0
    assert sum(outcome.gas_m3_d) == 0


def test_days_before_a_change_are_those_of_the_plant_before() -> None:
    second = apply_edits(ONE, [PlantEdit("digester.second.liquid_m3", "set", 8.0)])
    plain = follow(FollowCase(ONE, FEED, members=2))
    changed = follow(FollowCase(ONE, FEED, members=2, changes=((12, second),)))

    assert changed.gas_m3_d[:12] == plain.gas_m3_d[:12]
    assert changed.retention_d[-1] == pytest.approx(2 * plain.retention_d[-1])
    assert changed.digesters[1].first == 12


def test_of_two_plants_of_one_day_the_last_one_ran() -> None:
    warm = apply_edits(ONE, [PlantEdit("temperature_c", "set", 38.0)])
    both = follow(FollowCase(ONE, FEED, members=1, changes=((0, ONE), (0, warm))))

    assert both == follow(FollowCase(warm, FEED, members=1))


@pytest.mark.parametrize(
    "case",
    [
        replace(CASE, changes=((5, ONE), (3, ONE))),
        replace(CASE, changes=((-1, ONE),)),
        replace(CASE, changes=((31, ONE),)),
        replace(CASE, air_c=(1.0,)),
        replace(CASE, air_c=(float("nan"),) * 30),
        replace(CASE, plant=replace(WHOLE, ambient=None)),
    ],
)
def test_a_case_of_impossible_plants_or_weather_is_a_sentence(case: FollowCase) -> None:
    with pytest.raises(CaseError, match=r"\.$"):
        follow(case)


numbers = st.floats(0.05, 20)
tanks = st.builds(
    lambda liquid, held, buried: Tank("first", liquid, liquid / 5, held, u_w_m2_k=1.0, buried=buried),
    numbers, st.none() | st.floats(12, 45), st.booleans(),
)  # fmt: skip
plants = st.builds(
    Plant,
    st.just("any"),
    st.tuples(tanks),
    dilution_l_per_kg=st.floats(0, 5),
    gas_store_m3=st.floats(0, 10),
    stove_share=st.floats(0, 1),
    stove_m3_d=st.none() | numbers,
    flare=st.booleans(),
    heating=st.none() | st.builds(Heating, st.floats(0, 1), st.floats(0, 4), electric_kw=st.floats(0, 1)),
    engine=st.none() | st.builds(Engine, numbers),
    pasteuriser=st.none() | st.builds(Pasteuriser, of=st.sampled_from(["feed", "digestate"])),
    separator=st.none() | st.builds(Separator, st.floats(0, 1)),
    composting=st.just(Composting(days=8)),
    ambient=st.builds(
        lambda cold, swing: Ambient((cold, cold + swing) * 6), st.floats(-25, 20), st.floats(0, 25)
    ),
)
feeds = st.dictionaries(
    st.sampled_from(["food_waste", "fog", "leaves", "cattle_manure"]),
    st.tuples(*[st.floats(0, 300)] * 8),
    min_size=1,
)


def check_any(plant: Plant, feed: dict[str, tuple[float, ...]], start: date) -> None:
    case = FollowCase(plant, feed, members=2, first_day=start, warm_start={})
    outcome = follow(case)
    check_books(case, outcome)

    assert outcome.status.startswith(("ok", "at risk", "sour", "washed out", "not complete"))
    assert np.isfinite(outcome.net_kwh_d + outcome.temperature_c + outcome.heat_kwh_d).all()


@settings(max_examples=10, deadline=None)
@given(plants, feeds, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_any_plant_ends_with_a_sentence_and_closed_books(
    plant: Plant, feed: dict[str, tuple[float, ...]], start: date
) -> None:
    check_any(plant, feed, start)


@pytest.mark.scale
@settings(max_examples=1000, deadline=None)
@given(plants, feeds, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_thousand_plants_end_with_a_sentence_and_closed_books(
    plant: Plant, feed: dict[str, tuple[float, ...]], start: date
) -> None:
    check_any(plant, feed, start)
