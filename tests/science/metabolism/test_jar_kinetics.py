import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism.jar_kinetics import FitError, fit_first_order

DAYS = np.arange(0.0, 31.0)


@settings(deadline=None)
@given(st.floats(50, 900), st.floats(0.05, 1.5))
def test_the_curve_it_was_made_from_comes_back(potential: float, rate: float) -> None:
    fit = fit_first_order(DAYS, potential * (1 - np.exp(-rate * DAYS)))

    assert fit.potential == pytest.approx(potential, rel=1e-4)
    assert fit.rate == pytest.approx(rate, rel=1e-4)


def test_noise_is_in_the_intervals() -> None:
    noise = np.random.default_rng(2).normal(0, 8, DAYS.size)
    fit = fit_first_order(DAYS, 400 * (1 - np.exp(-0.3 * DAYS)) + noise)

    assert fit.potential_interval[0] < 400 < fit.potential_interval[1]
    assert fit.rate_interval[0] < 0.3 < fit.rate_interval[1]
    assert fit.rmse == pytest.approx(8, rel=0.4)


@pytest.mark.parametrize(("days", "net"), [(DAYS[:3], DAYS[:3]), (DAYS, 0 * DAYS), (DAYS, DAYS[:5])])
def test_points_without_a_curve_are_refused(
    days: "np.ndarray[tuple[int], np.dtype[np.float64]]", net: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> None:
    with pytest.raises(FitError, match=r"\.$"):
        fit_first_order(days, net)


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
    fit = fit_first_order(np.arange(501) / 24, np.mean(net, axis=0))

    # The data set's own README: k = 0.33 /d, B0 = 462, RMSE 4.5.
    assert fit.rate == pytest.approx(0.33, abs=0.01)
    assert fit.potential == pytest.approx(462, abs=2)
    assert fit.rmse == pytest.approx(4.5, abs=0.5)
