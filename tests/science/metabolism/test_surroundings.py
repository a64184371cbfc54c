from datetime import date

import numpy as np
import pytest

from harmonia.science.metabolism.surroundings import YEAR_D, air_c, day_of_year, ground_c

MONTHS = (2.0, 3.0, 6.0, 9.0, 13.0, 16.0, 18.0, 18.0, 15.0, 11.0, 6.0, 3.0)


def test_the_middle_of_a_month_has_its_mean() -> None:
    middles = (np.arange(12) + 0.5) * YEAR_D / 12

    assert air_c(MONTHS, middles) == pytest.approx(MONTHS)


def test_the_year_closes_without_a_step() -> None:
    assert air_c(MONTHS, np.array([0.0]))[0] == pytest.approx(air_c(MONTHS, np.array([YEAR_D]))[0])


def test_days_know_their_place_in_the_year() -> None:
    assert day_of_year(date(2026, 12, 31), 2).tolist() == [364.5, 0.5]


def test_the_ground_is_calmer_and_later_than_the_air() -> None:
    year = np.arange(366.0)
    air, ground = air_c(MONTHS, year), ground_c(MONTHS, year)

    assert np.ptp(ground) < 0.8 * np.ptp(air)
    assert np.argmax(ground) > np.argmax(air)
    assert ground.mean() == pytest.approx(np.mean(MONTHS), abs=0.1)


def test_at_one_damping_depth_a_wave_is_a_third_and_a_sixth_of_a_year_late() -> None:
    # exp(-1) of the amplitude, one radian late: d = sqrt(2 a / w) for a half space under a yearly wave.
    depth = (2 * 1e-6 * 86_400 / (2 * np.pi / YEAR_D)) ** 0.5
    year = np.arange(0.0, 366.0, 0.5)
    top, deep = ground_c(MONTHS, year, 0.0), ground_c(MONTHS, year, depth)

    assert np.ptp(deep) / np.ptp(top) == pytest.approx(np.exp(-1), rel=1e-3)
    assert year[np.argmax(deep)] - year[np.argmax(top)] == pytest.approx(YEAR_D / (2 * np.pi), abs=0.6)
