"""Too much food waste: acids first, days later the pH."""

from dataclasses import replace

import numpy as np

from harmonia.science.metabolism import readings, single_digester
from harmonia.science.metabolism.digester import Digester, DigesterRun, Member
from harmonia.science.metabolism.plant_parts import TraceElements

PLANT = single_digester("bench", 8.0, 1.5, 35.0, 1.0, 2.0, 1.0)
STEADY, RAMP = 10, 7


def tripled_in_a_week(kg_d: float, dose: TraceElements) -> DigesterRun:
    digester = Digester(replace(PLANT, trace_elements=dose), ("food_waste",), Member())
    ramp = np.linspace(kg_d, 3 * kg_d, RAMP + 1)[1:]
    feed = np.concatenate([np.full(STEADY, kg_d), ramp, np.full(40, 3 * kg_d)])
    return digester.run(feed[:, None], digester.settled(np.array([kg_d])))


UNDOSED = tripled_in_a_week(75.0, TraceElements())  # 2.2 to 6.7 kg VS/m3/d


def first_day(happens: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    assert happens.any()
    return int(np.argmax(happens))


def test_a_steady_plant_has_few_acids() -> None:
    assert readings.acid_ratio(UNDOSED)[STEADY - 1] < 0.3


def test_acids_rise_for_days_before_the_ph_falls() -> None:
    # Wu et al. (2019), doi:10.1186/s13068-019-1442-7: acids warn 5 to 8 days ahead, the alkalinity ratio 7 days.
    acids, ph = readings.acids_kg_m3(UNDOSED), readings.ph(UNDOSED)
    doubled, fallen = first_day(acids > 2 * acids[STEADY - 1]), first_day(ph < 6.5)

    assert STEADY < doubled < fallen
    assert 5 <= fallen - doubled <= 14


def test_the_overloaded_plant_ends_sour_and_without_methane() -> None:
    methane = readings.gas_m3_d(UNDOSED) * readings.methane_share(UNDOSED)

    assert readings.ph(UNDOSED)[-1] < 5.5
    assert methane[-1] < 0.1 * methane[STEADY - 1]


def test_with_trace_elements_the_same_plant_stands_it() -> None:
    dosed = tripled_in_a_week(75.0, TraceElements(0.16, 0.22))

    assert readings.ph(dosed).min() > 6.8
