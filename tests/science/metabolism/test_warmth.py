from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism import PlantEdit, apply_edits, single_digester
from harmonia.science.metabolism.plant_heat import Weather, heat_day
from harmonia.science.metabolism.plant_parts import Pasteuriser
from harmonia.science.metabolism.warmth import HEAT_KWH_M3_K, ThermalDay

days = st.builds(
    ThermalDay,
    st.floats(0.01, 1e4),
    st.floats(0, 1e3),
    st.floats(-30, 40),
    st.floats(0, 1e3),
    st.floats(0, 70),
)


def test_a_cubic_metre_takes_1163_wh_per_degree() -> None:
    assert pytest.approx(1.163, rel=1e-3) == HEAT_KWH_M3_K


@given(days, st.floats(0, 50), st.floats(0, 1e4))
def test_heat_given_is_heat_lost_and_heat_stored(day: ThermalDay, morning: float, heat: float) -> None:
    mean, evening = day.after(morning, heat)
    lost = day.loss * (mean - day.outside_c) + day.flow * (mean - day.arriving_c)
    scale = heat + day.exchange * 100 + day.capacity * 100

    assert day.capacity * (evening - morning) == pytest.approx(heat - lost, abs=1e-9 * scale)


@given(days, st.floats(0, 50), st.floats(12, 45))
def test_the_heat_needed_brings_the_set_point_by_evening(
    day: ThermalDay, morning: float, wanted: float
) -> None:
    heat = day.needed(morning, wanted)
    evening = day.after(morning, heat)[1]

    assert evening >= wanted - 1e-6 * (1 + day.exchange / day.capacity)
    assert heat == 0 or evening == pytest.approx(wanted, abs=1e-6)


def test_a_tank_left_alone_cools_by_its_time_constant() -> None:
    day = ThermalDay(capacity=10.0, loss=5.0, outside_c=10.0, flow=0.0, arriving_c=0.0)

    assert day.after(30.0, 0.0)[1] == pytest.approx(10 + 20 * np.exp(-0.5))


def test_holding_a_temperature_takes_what_the_wall_and_the_feed_take() -> None:
    plant = apply_edits(single_digester("x", 2.0, 0.4, 37.0), [PlantEdit("loss_w_k", "set", 5.0)])
    found = heat_day(plant, (0.1,), (0.1,), (37.0,), Weather(7.0, 7.0), float("inf"))

    assert found.asked == pytest.approx(30 * (5 * 0.024 + 0.1 * HEAT_KWH_M3_K))
    assert found.mean_c == pytest.approx((37.0,))


@pytest.mark.parametrize(("of", "degrees"), [("feed", 63), ("digestate", 30 + 33)])
def test_a_pasteuriser_takes_the_heat_to_seventy_degrees(of: str, degrees: float) -> None:
    plant = replace(single_digester("x", 2.0, 0.4, 37.0), pasteuriser=Pasteuriser(of=of))
    found = heat_day(plant, (0.1,), (0.1,), (37.0,), Weather(7.0, 7.0), float("inf"))

    assert found.asked == pytest.approx(0.1 * HEAT_KWH_M3_K * degrees)
    assert found.pasteurised_m3 == pytest.approx(0.1)


def test_with_half_the_heat_half_is_pasteurised_and_all_cool_alike() -> None:
    plant = apply_edits(
        single_digester("x", 2.0, 0.4, 37.0),
        [PlantEdit("loss_w_k", "set", 5.0), PlantEdit("pasteuriser.temperature_c", "set", 70.0)],
    )
    full = heat_day(plant, (0.1,), (0.1,), (37.0,), Weather(7.0, 7.0), float("inf"))
    half = heat_day(plant, (0.1,), (0.1,), (37.0,), Weather(7.0, 7.0), full.asked / 2)

    assert half.given == pytest.approx(full.asked / 2)
    assert half.pasteurised_m3 == pytest.approx(0.05)
    assert half.evening_c[0] < 37.0


@given(
    before=st.floats(10, 40),
    arriving=st.floats(20, 75),
    flow=st.floats(0.01, 5),
    loss=st.floats(0, 1),
    most=st.floats(30, 45),
)
def test_hot_feed_is_cooled_just_so_far_that_the_set_point_holds(
    before: float, arriving: float, flow: float, loss: float, most: float
) -> None:
    day = ThermalDay(4.0, loss, 5.0, flow, arriving)
    cooled = day.cooled(before, most)
    evening, alone = cooled.after(before, 0.0)[1], day.after(before, 0.0)[1]

    assert min(most, arriving) <= cooled.arriving_c <= max(arriving, most)
    if alone <= most:
        assert cooled == day
    elif before <= most:
        assert evening == pytest.approx(most, abs=1e-9)


def test_a_tank_is_not_heated_past_its_set_point_by_its_own_pasteurised_feed() -> None:
    day = ThermalDay(HEAT_KWH_M3_K, 0.0, 10.0, 0.05 * HEAT_KWH_M3_K, 70.0)
    warm_c = 37.0
    for _ in range(60):
        warm_c = day.cooled(warm_c, 37.0).after(warm_c, 0.0)[1]

    assert warm_c == pytest.approx(37.0)
