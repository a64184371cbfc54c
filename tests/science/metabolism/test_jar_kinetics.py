import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from harmonia.science.metabolism.jar_kinetics import Curve, FitError, best_fit, fit_curve

Floats = NDArray[np.float64]
DAYS = np.arange(0.0, 31.0)
READ = np.array([1, 2, 3, 4, 5, 7, 9, 11, 14, 17, 20, 24, 28, 35, 45.0])
TRUE: dict[Curve, dict[str, float]] = {
    "first_order": {"potential": 400, "rate": 0.3},
    "gompertz": {"potential": 400, "peak": 60, "lag": 2},
    "two_pool": {"potential": 400, "fast_rate": 0.9, "slow_rate": 0.1, "fast_share": 0.6},
}


def made(curve: Curve, days: Floats = READ) -> Floats:
    p = TRUE[curve]
    if curve == "first_order":
        whole = p["potential"] * (1 - np.exp(-p["rate"] * days))
    elif curve == "gompertz":
        steep = p["peak"] * math.e / p["potential"]
        whole = p["potential"] * np.exp(-np.exp(steep * (p["lag"] - days) + 1))
    else:
        fast, slow = 1 - np.exp(-p["fast_rate"] * days), 1 - np.exp(-p["slow_rate"] * days)
        whole = p["potential"] * (p["fast_share"] * fast + (1 - p["fast_share"]) * slow)
    return np.asarray(whole)


@settings(deadline=None, max_examples=30)
@given(st.floats(50, 900), st.floats(0.05, 1.5))
def test_the_curve_it_was_made_from_comes_back(potential: float, rate: float) -> None:
    fit = fit_curve(DAYS, potential * (1 - np.exp(-rate * DAYS)))

    assert fit.potential == pytest.approx(potential, rel=1e-4)
    assert fit.values["rate"] == pytest.approx(rate, rel=1e-4)


@pytest.mark.parametrize("curve", TRUE)
def test_every_curve_finds_its_own_parameters(curve: Curve) -> None:
    fit = fit_curve(READ, made(curve), curve)

    assert fit.values == pytest.approx(TRUE[curve], rel=1e-3)
    assert fit.at(READ) == pytest.approx(made(curve), rel=1e-3)


@pytest.mark.parametrize("curve", TRUE)
def test_the_curve_that_made_the_readings_is_chosen(curve: Curve) -> None:
    noise = np.random.default_rng(4).normal(0, 2, READ.size)

    assert best_fit(READ, made(curve) + noise).curve == curve


@pytest.mark.parametrize(("curve", "trials"), [("first_order", 80), ("gompertz", 30), ("two_pool", 15)])
def test_the_interval_holds_the_truth_nineteen_times_in_twenty(curve: Curve, trials: int) -> None:
    noise = np.random.default_rng(7).normal(0, 4, (trials, READ.size))
    fits = [fit_curve(READ, made(curve) + own, curve) for own in noise]
    held = np.mean(
        [low <= TRUE[curve][name] <= high for fit in fits for name, (low, high) in fit.intervals.items()]
    )

    # four standard errors of a share of 0.95 around it
    assert abs(held - 0.95) <= 4 * math.sqrt(0.95 * 0.05 / trials)


def test_what_the_readings_do_not_bound_is_said_to_be_unbounded() -> None:
    rising = np.linspace(0.5, 3, 8)
    noise = np.random.default_rng(1).normal(0, 1, 8)
    fit = fit_curve(rising, 20 * rising + noise)

    assert fit.intervals["potential"][1] == math.inf
    assert fit.intervals["rate"][0] == 0.0


def test_the_pools_are_named_by_their_speed() -> None:
    fits = [
        fit_curve(READ, made("two_pool") + np.random.default_rng(seed).normal(0, 4, READ.size), "two_pool")
        for seed in range(8)
    ]

    assert all(fit.values["fast_rate"] >= fit.values["slow_rate"] for fit in fits)
    assert all(fit.intervals["fast_rate"][1] >= fit.intervals["slow_rate"][0] for fit in fits)


@pytest.mark.parametrize(
    ("days", "net"),
    [
        (DAYS[:3], DAYS[:3]),
        (DAYS, 0 * DAYS),
        (DAYS, DAYS[:5]),
        (DAYS, DAYS * np.nan),
        (np.zeros(6), np.ones(6)),
    ],
)
def test_points_without_a_curve_are_refused(days: Floats, net: Floats) -> None:
    with pytest.raises(FitError, match=r"\.$"):
        fit_curve(days, net)


@pytest.mark.reference
def test_real_food_waste_gives_the_known_rate(reference: Path) -> None:
    folder = reference / "bmp_food_waste_tum"
    with (folder / "TMP_food_waste_setup.csv").open() as file:
        setup = {row["id"]: row for row in csv.DictReader(file)}
    with (folder / "TMP_food_waste_vol.csv").open() as file:
        rows = list(csv.DictReader(file))
    series = {name: np.array([float(row["vol.mL"]) for row in rows if row["id"] == name]) for name in setup}
    blank = np.mean(
        [series[name] / float(setup[name]["m.inoc"]) for name in setup if "blank" in name], axis=0
    )
    food = [name for name in setup if name.startswith("fw")]
    net = [(series[n] - blank * float(setup[n]["m.inoc"])) / float(setup[n]["m.sub.vs"]) for n in food]
    fit = fit_curve(np.arange(501) / 24, np.mean(net, axis=0))

    # The data set's own README: k = 0.33 /d, B0 = 462, RMSE 4.5.
    assert fit.values["rate"] == pytest.approx(0.33, abs=0.01)
    assert fit.potential == pytest.approx(462, abs=2)
    assert fit.rmse == pytest.approx(4.5, abs=0.5)
