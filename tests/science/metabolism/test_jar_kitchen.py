from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism.jar_kitchen import (
    HomeJar,
    HomeResult,
    NotFinished,
    evaluate_home_jar,
    yields_of_trial,
)
from harmonia.science.metabolism.jar_trials import evaluate_trial
from tests.science.metabolism.test_jar_trials import trial

DAYS = np.array([1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30.0])


def home_jar(
    potential: float = 400, rate: float = 0.2, inoculum_g: float = 4, substrate_g: float = 2
) -> HomeJar:
    """Make a home jar whose inoculum gives 30 mL/g."""
    shape = 1 - np.exp(-rate * DAYS)
    methane = (substrate_g * potential + inoculum_g * 30) * shape
    return HomeJar(substrate_g, 0.1, inoculum_g, DAYS, methane)


def test_what_went_in_comes_back_with_a_blank() -> None:
    blank = replace(home_jar(potential=0), substrate_g=0.0)

    assert evaluate_home_jar(home_jar(), [blank]).methane_ml_g == pytest.approx(400, rel=1e-3)


def test_without_a_blank_the_usual_inoculum_is_taken_off_and_the_error_grows() -> None:
    blank = replace(home_jar(potential=0), substrate_g=0.0)
    alone, controlled = evaluate_home_jar(home_jar()), evaluate_home_jar(home_jar(), [blank])

    # 45 mL/g instead of the 30 it gave: 4/2 * 15 = 30 mL/g VS less.
    assert alone.methane_ml_g == pytest.approx(370, rel=1e-3)
    assert alone.relative_error > controlled.relative_error > 0.17
    assert alone.low < alone.methane_ml_g < alone.high


def test_a_jar_that_is_still_rising_is_asked_to_go_on() -> None:
    with pytest.raises(NotFinished, match="read on"):
        evaluate_home_jar(home_jar(rate=0.01))


@pytest.mark.parametrize(
    "jar",
    [
        replace(home_jar(), methane_ml=0 * DAYS),
        replace(home_jar(), substrate_g=0.0),
        HomeJar(2, 0.1, 4, DAYS[:2], DAYS[:2] * 100),
    ],
)
def test_a_jar_that_says_nothing_yet_says_so(jar: HomeJar) -> None:
    with pytest.raises(NotFinished, match=r"\.$"):
        evaluate_home_jar(jar)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 3000), min_size=12, max_size=12))
def test_any_gas_gives_a_number_or_a_sentence(steps: list[float]) -> None:
    found = told(replace(home_jar(), methane_ml=np.cumsum(steps)))

    assert found.endswith(".") if isinstance(found, str) else 0 < found.low < found.methane_ml_g < found.high


def told(jar: HomeJar) -> HomeResult | str:
    try:
        return evaluate_home_jar(jar)
    except NotFinished as reason:
        return str(reason)


def test_a_valid_trial_brings_its_substrate_and_its_control() -> None:
    bottles = trial()
    found = {
        jar.feedstock: jar
        for jar in yields_of_trial("t", "a", "food_waste", bottles, evaluate_trial(bottles))
    }

    assert set(found) == {"cellulose", "food_waste"}
    assert found["food_waste"].tier == "standard"
    assert found["food_waste"].relative_error < 0.05


def test_a_trial_against_the_rules_counts_as_home_jars_do() -> None:
    bottles = trial(cellulose=300)
    found = yields_of_trial("t", "a", "food_waste", bottles, evaluate_trial(bottles))

    assert {jar.tier for jar in found} == {"kitchen"}
    assert min(jar.relative_error for jar in found) >= 0.15
