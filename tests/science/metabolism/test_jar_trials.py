from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.jar_trials import Bottle, TrialError, evaluate_trial, stop_time

DAYS = np.arange(0.0, 41.0)


def bottle(name: str, substrate: str, grams: float, potential: float, rate: float = 0.3) -> Bottle:
    """Make a bottle whose inoculum gives 10 mL/g and whose substrate gives `potential` by first order."""
    made = 10 * 8 * (1 - np.exp(-0.1 * DAYS)) + grams * potential * (1 - np.exp(-rate * DAYS))
    return Bottle(name, substrate, 8.0, grams, 0.0, DAYS, made)


def trial(cellulose: float = 370.0, food: float = 450.0) -> list[Bottle]:
    return [
        *(bottle(f"b{i}", "blank", 0.0, 0.0) for i in range(3)),
        *(bottle(f"c{i}", "Cellulose", 4.0, cellulose + i) for i in range(3)),
        *(bottle(f"f{i}", "Food", 4.0, food + 10 * i) for i in range(3)),
    ]


def test_blanks_are_subtracted() -> None:
    outcome = evaluate_trial(trial())
    food = next(r for r in outcome.results if r.substrate == "Food" and r.stop == "end")

    assert food.mean == pytest.approx(460.0, rel=1e-4)
    assert food.sd == pytest.approx(10.0, rel=1e-3)
    assert (food.n, food.time_d) == (3, 40.0)


def test_a_trial_by_the_rules_is_valid() -> None:
    outcome = evaluate_trial(trial())

    assert outcome.valid
    assert outcome.reasons == ()


def test_the_one_percent_rule_ends_before_the_end() -> None:
    stops = {r.stop: r.time_d for r in evaluate_trial(trial()).results if r.substrate == "Food"}

    # k exp(-kt) / (1 - exp(-kt)) falls below 1 % a day at 11.4 d for k = 0.3; daily readings and three days later.
    assert 13 <= stops["1pct"] <= 16


def test_the_slowest_bottle_decides_when_to_stop() -> None:
    bottles = trial()
    blanks, food = bottles[:3], bottles[6:]
    slow = [*food[:2], bottle("slow", "Food", 4.0, 450.0, rate=0.15)]
    quick, late = stop_time(food, blanks), stop_time(slow, blanks)

    assert quick is not None
    assert late is not None
    assert late > quick


@pytest.mark.parametrize(
    ("bottles", "words"),
    [
        (trial(cellulose=300.0), "340 to 395"),
        (trial()[1:], "2 blanks"),
        ([*trial()[:3], *trial()[6:]], "no cellulose"),
        (trial()[:-1], "Food has 2 bottles"),
        (trial()[:6], "Only cellulose was tested"),
        ([*trial()[:5], bottle("c9", "Cellulose", 4.0, 440.0), *trial()[6:]], "differ by"),
        ([*trial()[:8], bottle("f9", "Food", 4.0, 450.0, rate=0.02)], "was stopped before"),
    ],
)
def test_a_broken_rule_is_named(bottles: list[Bottle], words: str) -> None:
    outcome = evaluate_trial(bottles)

    assert not outcome.valid
    assert any(words in reason for reason in outcome.reasons)


def test_the_error_of_the_balance_widens_the_spread() -> None:
    weighed = [replace(b, substrate_error_g=0.1) if b.substrate == "Food" else b for b in trial()]
    sure, unsure = evaluate_trial(trial()).results[-2], evaluate_trial(weighed).results[-2]

    assert unsure.mean == sure.mean
    assert unsure.sd == pytest.approx(np.hypot(sure.sd, np.sqrt(3) * 0.025 * sure.mean), rel=1e-3)


@pytest.mark.parametrize(
    "bottles",
    [
        trial()[3:],
        trial()[:3],
        [*trial(), replace(trial()[3], inoculum_g=0.0)],
        [*trial(), replace(trial()[3], days=DAYS[:1], methane_ml=DAYS[:1])],
        [*trial(), replace(trial()[3], days=np.zeros(3), methane_ml=np.zeros(3))],
        [*trial(), replace(trial()[3], days=DAYS + 100)],
        [*trial(), replace(trial()[3], methane_ml=DAYS * np.nan)],
        [*trial(), replace(trial()[6], substrate_g=1e-300)],
    ],
)
def test_bottles_that_cannot_be_compared_are_a_sentence(bottles: list[Bottle]) -> None:
    with pytest.raises(TrialError, match=r"\.$"):
        evaluate_trial(bottles)


def test_a_slow_start_does_not_end_a_trial() -> None:
    # Ten days of nothing but the inoculum: net methane and its rate are both about zero or below.
    late = [
        replace(
            b, methane_ml=np.interp(DAYS - 10, DAYS, b.methane_ml) if b.substrate == "Food" else b.methane_ml
        )
        for b in trial()
    ]
    stopped = stop_time(late[6:], late[:3])

    assert stopped is not None
    assert stopped > 20


def test_a_second_wave_of_gas_moves_the_stop_behind_it() -> None:
    bottles = trial()
    wave = [replace(b, methane_ml=b.methane_ml + np.where(DAYS > 30, 400.0, 0.0)) for b in bottles[6:]]
    stopped = stop_time(wave, bottles[:3])

    assert stopped is not None
    assert stopped >= 34


def test_more_blanks_make_their_share_of_the_spread_smaller() -> None:
    blanks = [bottle("b", "blank", 0.0, 0.0), bottle("b", "blank", 0.0, 0.0)]
    blanks = [replace(blanks[0], methane_ml=1.2 * blanks[0].methane_ml), blanks[1]]
    few, many = (evaluate_trial([*blanks * count, *trial()[3:]]).results[-2].sd for count in (2, 8))

    assert many < few


@pytest.mark.parametrize(
    ("name", "means"),
    [("Cellulose", True), ("CEL", True), ("cel_1", True), ("MCC", True), ("celulosa", True), ("Celery", False),
     ("hemicellulose", False), ("Food waste", False)],
)  # fmt: skip
def test_the_control_is_known_by_its_name(name: str, means: bool) -> None:
    assert replace(trial()[3], substrate=name).is_cellulose is means


@given(st.floats(0.1, 10), st.permutations(range(9)))
def test_neither_scale_nor_order_of_bottles_matters(scale: float, order: list[int]) -> None:
    bottles = trial()
    scaled = [
        replace(
            bottles[k],
            inoculum_g=scale * bottles[k].inoculum_g,
            substrate_g=scale * bottles[k].substrate_g,
            methane_ml=scale * bottles[k].methane_ml,
        )
        for k in order
    ]
    means = {(r.substrate, r.stop): r.mean for r in evaluate_trial(bottles).results}
    again = {(r.substrate, r.stop): r.mean for r in evaluate_trial(scaled).results}

    assert again == pytest.approx(means, rel=1e-9)
