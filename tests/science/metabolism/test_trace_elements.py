from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism import kernel, plant_from_toml, plant_to_toml, single_digester
from harmonia.science.metabolism.constants import Vessel, fill_constants
from harmonia.science.metabolism.digester import Digester, Member
from harmonia.science.metabolism.kinetics import kinetics_at
from harmonia.science.metabolism.plant_parts import TraceElements
from harmonia.science.metabolism.trace_elements import (
    CRITICAL_MG_KG,
    LACKING_SPEED,
    NO_DOSE,
    dose_share,
    slow_down,
    supplies,
)

PLANT = single_digester("bench", 8.0, 1.0, 35.0, 1.0, 2.0, 1.0)
FULL = TraceElements(CRITICAL_MG_KG["selenium"], CRITICAL_MG_KG["cobalt"])


def level(
    codes: tuple[str, ...], kg_d: tuple[float, ...], dose: TraceElements = NO_DOSE, days: int = 400
) -> float:
    digester = Digester(replace(PLANT, trace_elements=dose), codes, Member())
    run = digester.run(np.tile(kg_d, (days, 1)), (digester.fresh(), 1e-7))
    return float(run.states[-1, kernel.MODEL + len(codes)])


def test_the_scarcer_element_decides() -> None:
    assert dose_share(TraceElements(0.08, 0.22)) == pytest.approx(0.5)
    assert dose_share(TraceElements(0.16, 0.0)) == 0.0
    assert dose_share(TraceElements(9.0, 9.0)) == 1.0


def test_manure_and_sludge_bring_them_and_food_waste_does_not() -> None:
    assert supplies(("cattle_manure", "food_waste"), NO_DOSE).tolist() == [1.0, 0.0]
    assert supplies(("food_waste",), FULL).tolist() == [1.0]


@given(st.floats(-1, 3))
def test_a_lack_slows_four_uptakes_and_never_below_the_published_share(share: float) -> None:
    before = fill_constants(kinetics_at(35.0), Vessel(1.0, 0.1, 35.0, 10.0))
    after = before.copy()
    slow_down(after, share)
    slowed = after[before > 0] / before[before > 0]

    assert slowed.min() >= LACKING_SPEED - 1e-12
    assert slowed.max() == 1.0
    assert (slowed < 1).sum() in (0, 4)


def test_food_waste_washes_them_out_and_a_dose_or_manure_keeps_them() -> None:
    assert level(("food_waste",), (60.0,)) < 0.05
    assert level(("food_waste",), (60.0,), FULL) == pytest.approx(1.0)
    assert level(("cattle_manure", "food_waste"), (30.0, 30.0)) == pytest.approx(0.5, abs=0.05)


def test_water_does_not_thin_what_the_feed_brings() -> None:
    digester = Digester(replace(PLANT, trace_elements=FULL), ("food_waste",), Member())
    inflow = digester.inflow(np.array([[10.0]]), np.array([5.0]))[0]

    assert inflow[0, kernel.LIQUID + 1] == 1.0


def test_a_plant_file_records_the_dose() -> None:
    plant = replace(PLANT, trace_elements=TraceElements(0.2, 0.3))

    assert plant_from_toml(plant_to_toml(plant)).trace_elements == TraceElements(0.2, 0.3)
