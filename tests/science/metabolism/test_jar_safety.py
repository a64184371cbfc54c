from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.jar_safety import (
    LIMIT_KPA,
    Danger,
    JarSetUp,
    Vessel,
    judge_jar,
    sealed_peak_kpa,
)

CALM = JarSetUp(Vessel.BAG, 10, 20, 450, 500, bag_ml=30_000)
BOTTLE = JarSetUp(Vessel.PLASTIC, 0.05, 0.05, 450, 1000, temperature_c=25)


def test_a_head_space_filled_once_more_doubles_its_pressure() -> None:
    # By hand: 1000 mL of standard gas in 1000 mL at 0 degC is one standard pressure; nothing is warmed.
    assert sealed_peak_kpa(1000, 1000, 0) == pytest.approx(101.325)


def test_the_pressure_by_hand() -> None:
    # 200 mL in 1000 mL at 35 degC: 0.2 * 101.325 * 308.15/273.15 = 22.862; air 85 * (308.15/288.15 - 1) = 5.900;
    # vapour 5.618 - 1.702 = 3.916 kPa (Magnus formula by hand).
    assert sealed_peak_kpa(200, 1000, 35) == pytest.approx(22.862 + 5.900 + 3.916, abs=0.01)


def test_a_jar_that_breathes_into_a_bag_with_room_is_safe() -> None:
    assert judge_jar(CALM).is_safe


def test_a_little_feed_under_much_air_may_stay_closed() -> None:
    judged = judge_jar(BOTTLE)

    assert judged.is_safe
    assert judged.peak_kpa <= LIMIT_KPA


@pytest.mark.parametrize(
    ("jar", "danger"),
    [
        (replace(CALM, vessel=Vessel.GLASS), Danger.SEALED_GLASS),
        (replace(CALM, sludge=True), Danger.SLUDGE),
        (replace(CALM, vessel=Vessel.PLASTIC), Danger.PRESSURE),
        (replace(CALM, bag_ml=1000), Danger.BAG),
        (replace(CALM, vessel=Vessel.COLUMN, column_m=3.2), Danger.COLUMN),
        (replace(CALM, careful=False), Danger.PRECAUTIONS),
    ],
)
def test_each_danger_is_named(jar: JarSetUp, danger: Danger) -> None:
    assert danger in judge_jar(jar).dangers


def test_sealed_glass_is_refused_even_when_it_is_empty() -> None:
    empty = replace(BOTTLE, vessel=Vessel.GLASS, substrate_g=0, inoculum_g=0)

    assert judge_jar(empty).dangers == (Danger.SEALED_GLASS,)


def test_a_laboratory_may_use_sludge() -> None:
    assert judge_jar(replace(CALM, sludge=True, at_home=False)).is_safe


@given(
    st.floats(0.01, 50),
    st.floats(0, 50),
    st.floats(10, 5000),
    st.floats(5, 45),
    st.floats(100, 1000),
)
def test_the_change_it_asks_for_makes_a_closed_bottle_safe(
    substrate: float, inoculum: float, headspace: float, temperature: float, potential: float
) -> None:
    jar = JarSetUp(Vessel.PLASTIC, substrate, inoculum, potential, headspace, temperature)
    asked = judge_jar(jar)
    less = replace(
        jar,
        substrate_g=0.999 * asked.feed_share * substrate,
        inoculum_g=0.999 * asked.feed_share * inoculum,
    )
    wider = replace(jar, headspace_ml=1.001 * asked.headspace_ml)

    assert judge_jar(less).is_safe
    assert judge_jar(wider).is_safe


@given(st.floats(0, 50), st.floats(0, 50), st.floats(10, 5000))
def test_more_feed_never_means_less_pressure(one: float, other: float, headspace: float) -> None:
    few, many = sorted((one, other))
    jar = replace(BOTTLE, headspace_ml=headspace)

    calm = judge_jar(replace(jar, substrate_g=few)).peak_kpa

    assert judge_jar(replace(jar, substrate_g=many)).peak_kpa >= calm


@pytest.mark.parametrize(
    "wrong",
    [{"substrate_g": -1}, {"headspace_ml": 0}, {"temperature_c": 90}, {"potential_ml_g": float("nan")}],
)
def test_numbers_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        judge_jar(replace(CALM, **wrong))
