import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.gas_volumes import (
    headspace_volume,
    standard_volume,
    vapour_pressure_kpa,
    vented_methane_ml,
)


# R package biogas 1.64.9000: stdVol(100, 20 C, 1 atm), stdVol(100, 35 C, 150 kPa), watVap(35 C).
def test_volumes_equal_those_of_the_r_package() -> None:
    assert standard_volume(100, 20, 101.325) == pytest.approx(91.0204, rel=1e-6)
    assert standard_volume(100, 35, 150) == pytest.approx(126.2729, rel=1e-6)
    assert vapour_pressure_kpa(35) == pytest.approx(5.617569, rel=1e-6)


def test_dry_gas_at_standard_conditions_stays_as_it_is() -> None:
    assert standard_volume(50, 0, 101.325, humidity=0) == pytest.approx(50)


@given(st.floats(1, 1e4), st.floats(5, 60), st.floats(30, 300))
def test_volumes_add(volume: float, temperature: float, pressure: float) -> None:
    both = standard_volume(2 * volume, temperature, pressure)

    assert both == pytest.approx(2 * standard_volume(volume, temperature, pressure))


@pytest.mark.parametrize(("temperature", "pressure"), [(20, 0), (20, float("nan")), (-300, 100), (99, 50)])
def test_impossible_conditions_are_refused(temperature: float, pressure: float) -> None:
    with pytest.raises(ValueError, match=r"pressure|vapour"):
        standard_volume(1, temperature, pressure)


def test_a_vented_head_space_gives_its_pressure_drop() -> None:
    # The vapour drops out but for its small enhancement under pressure.
    assert headspace_volume(101.325, 0, 201.325, 101.325) == pytest.approx(100, rel=1e-4)


def test_gas_that_was_vented_dry_takes_up_vapour_again() -> None:
    # By hand at 30 degC in 1000 mL: 150 kPa less vapour 4.231 * 1.00071 * exp(4.5e-5 * 150) = 4.263, less
    # 101.325 kPa that kept 101.325/150 of its vapour: 145.737 - 98.453 = 47.284 kPa, times 0.90105 at 0 degC.
    gained = headspace_volume(1000, 30, 150, 101.325, after_humidity=101.325 / 150)

    assert gained == pytest.approx(47.284 / 101.325 * 1000 * 273.15 / 303.15, rel=2e-4)


def test_a_head_space_cannot_gain_pressure_by_venting() -> None:
    with pytest.raises(ValueError, match="venting"):
        headspace_volume(100, 20, 100, 120)


def test_a_mole_of_pure_dry_methane_is_its_molar_volume() -> None:
    cold = vented_methane_ml(16.0425, 1.0, -40, 101.325)

    assert cold == pytest.approx(22_360.588, rel=0.001)


def test_vented_mass_is_methane_by_hand() -> None:
    # 3.1 g at 35 degC, 1 atm, 65 % methane, the case of the R package's own test: dry gas 25.831 g/mol, vapour
    # 5.6176 of 101.325 kPa adds 18.0153 * 5.6176 / 95.7074 = 1.0574 g/mol; 3.1 / 26.888 * 0.65 * 22,360.588 mL.
    assert vented_methane_ml(3.1, 0.65, 35, 101.325) == pytest.approx(1675.7, rel=1e-4)


@pytest.mark.parametrize(("loss", "pressure"), [(-1.0, 101.0), (1.0, 5.0)])
def test_mass_cannot_be_gained_nor_vapour_vent_alone(loss: float, pressure: float) -> None:
    with pytest.raises(ValueError, match=r"mass|vapour"):
        vented_methane_ml(loss, 0.6, 35, pressure)


def test_a_methane_share_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="share"):
        vented_methane_ml(1, 1.2, 35, 101)
