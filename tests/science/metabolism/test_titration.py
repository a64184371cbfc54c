import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism import kernel, single_digester
from harmonia.science.metabolism.constants import fill_equilibria
from harmonia.science.metabolism.digester import Digester, Member
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.parameters import parameter_values
from harmonia.science.metabolism.titration import MOST_RATIO, titrate


def liquid(bicarbonate: float, acetic_kg_m3: float) -> Floats:
    """Return a solution of sodium bicarbonate [kmol/m3] and sodium acetate, shape (1, n)."""
    y = np.zeros((1, kernel.MODEL))
    acetate = acetic_kg_m3 / 60.05
    y[0, kernel.IC], y[0, kernel.AC] = bicarbonate, 64 * acetate
    y[0, kernel.CAT] = bicarbonate + acetate
    return y


def steady_ratio(code: str, kg_d: float, water: float) -> float:
    digester = Digester(single_digester("bench", 8.0, 1.0, 35.0, water), (code,), Member())
    return float(titrate(digester.settled(np.array([kg_d]))[0][None, :]).ratio[0])


def test_bicarbonate_alone_titrates_as_its_alkalinity() -> None:
    read = titrate(liquid(0.2, 0.0), co2_kept=0.0)

    assert read.tac[0] == pytest.approx(0.2 * 50, rel=0.01)
    assert read.fos[0] == pytest.approx(0.0, abs=0.1)


def test_acetate_added_is_found_again() -> None:
    # Nordmann's factor assumes that the stretch from pH 5.0 to 4.4 takes up what it does of acetic acid.
    more = titrate(liquid(0.2, 3.0), 0.0).fos[0] - titrate(liquid(0.2, 1.0), 0.0).fos[0]

    assert more == pytest.approx(2.0, rel=0.15)


def test_carbon_dioxide_kept_in_the_beaker_reads_as_acid() -> None:
    assert 0.05 < titrate(liquid(0.2, 0.0)).ratio[0] < 0.15
    assert titrate(liquid(0.2, 0.0), 0.3).ratio[0] < titrate(liquid(0.2, 0.0)).ratio[0]


@given(st.floats(0, 1), st.floats(0, 30), st.floats(4.0, 4.9))
def test_the_acid_used_is_the_charge_the_kernel_misses(bicarbonate: float, acetic: float, ph: float) -> None:
    c = np.zeros(kernel.CONSTANTS)
    fill_equilibria(c, parameter_values(), np.array(25.0))
    y = liquid(bicarbonate, acetic)
    first, second = (kernel.charge(y[0], 10.0**-end, c)[0] for end in (5.0, ph))
    read = titrate(y, second_ph=ph)

    assert read.tac[0] == pytest.approx(max(50 * first, 0.1))
    assert read.fos[0] == pytest.approx(max(166 * (second - first) - 0.075, 0.0), abs=1e-9)


@pytest.mark.parametrize(
    ("code", "kg_d", "water"),
    [
        ("food_waste", 25.0, 1.0),
        ("cattle_manure", 60.0, 2.0),
        ("sewage_sludge", 200.0, 0.0),
        ("grass", 40.0, 2.0),
    ],
)
def test_healthy_plants_read_between_a_tenth_and_three_tenths(code: str, kg_d: float, water: float) -> None:
    assert 0.1 < steady_ratio(code, kg_d, water) < 0.3


def test_an_overloaded_plant_reads_above_a_half() -> None:
    assert steady_ratio("food_waste", 60.0, 0.0) > 0.5


def test_a_sour_sample_has_a_bounded_ratio() -> None:
    y = liquid(0.0, 40.0)
    y[0, kernel.CAT] = 0.0

    assert titrate(y).ratio[0] == MOST_RATIO


@pytest.mark.parametrize(("kept", "ph"), [(-0.1, 4.4), (1.1, 4.4), (1.0, 5.0), (float("nan"), 4.4)])
def test_an_impossible_titration_is_refused(kept: float, ph: float) -> None:
    with pytest.raises(ValueError, match="titration"):
        titrate(liquid(0.1, 1.0), kept, ph)
