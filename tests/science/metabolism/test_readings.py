import numpy as np
import pytest

from harmonia.science.metabolism import readings, single_digester
from harmonia.science.metabolism.digester import Digester, DigesterRun, Member
from harmonia.science.metabolism.titration import LEAST_ALKALINITY


def run(kg_d: float, code: str = "food_waste", days: int = 10, water: float = 1.0) -> DigesterRun:
    plant = single_digester("bench", 8.0, 1.5, 35.0, water, 2.0, 1.0)
    digester = Digester(plant, (code,), Member())
    return digester.run(np.full((days, 1), kg_d), digester.settled(np.array([kg_d])))


FED = run(25.0)


def test_gas_volume_and_mass_fit_together() -> None:
    share, volume = readings.methane_share(FED)[-1], readings.gas_m3_d(FED)[-1]
    dry = volume / 22.414 * (16.043 * share + 44.010 * (1 - share))

    assert dry < readings.gas_kg_d(FED)[-1] < 1.06 * dry


def test_ph_is_that_of_a_living_digester() -> None:
    assert 6.8 < readings.ph(FED)[-1] < 8.0


def test_the_ratio_is_the_titrated_one() -> None:
    ratio = readings.titrated_acids_kg_m3(FED) / readings.alkalinity_kg_m3(FED)

    assert readings.acid_ratio(FED) == pytest.approx(ratio)
    assert readings.titrated_acids_kg_m3(FED)[-1] > readings.acids_kg_m3(FED)[-1]
    assert 3 < readings.alkalinity_kg_m3(FED)[-1] < 25


def test_sour_plants_have_a_high_ratio_and_no_alkalinity_below_zero() -> None:
    sour = run(120.0, "fog", days=40)

    assert readings.acid_ratio(sour)[-1] > 1.0
    assert readings.alkalinity_kg_m3(sour).min() >= LEAST_ALKALINITY


def test_a_plant_without_gas_reports_its_head_space() -> None:
    still = run(0.0, days=3)

    assert 0 <= readings.methane_share(still)[-1] <= 1
