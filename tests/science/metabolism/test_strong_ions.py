import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism.balances import BalanceError
from harmonia.science.metabolism.strong_ions import dissolved


@settings(deadline=None)  # the first run compiles
@given(
    ammonium=st.floats(0.0, 0.4),
    acetate=st.floats(0.0, 20.0),
    ph=st.floats(3.0, 11.0),
)
def test_the_charge_closes_at_the_measured_ph(ammonium: float, acetate: float, ph: float) -> None:
    liquid = dissolved("x", ammonium, acetate, ph, None)

    assert liquid.charge(ph) == pytest.approx(0.0, abs=1e-12)
    assert min(liquid.cations, liquid.anions) == 0.0


@settings(deadline=None)
@given(carbon=st.floats(0.05, 0.2), ammonium=st.floats(0.0, 0.3), ph=st.floats(7.2, 8.5))
def test_titrating_the_liquid_gives_the_alkalinity_back(carbon: float, ammonium: float, ph: float) -> None:
    found = dissolved("x", ammonium, 0.0, ph, alkalinity=50 * carbon + 1.0)
    titrated = 50 * (found.charge(4.3) - found.charge(ph))

    assert titrated == pytest.approx(50 * carbon + 1.0)


def test_cattle_slurry_holds_its_alkalinity_as_bicarbonate_beside_acetate() -> None:
    # pH and alkalinity as a plant's laboratory writes them: 10 kg CaCO3/m3 at pH 7.5, 2 g NH4-N/L.
    found = dissolved("x", 2.0 / 14, 1.0, 7.5, alkalinity=10.0)

    assert found.inorganic_carbon == pytest.approx(10 / 50, rel=0.15)


def test_without_ph_the_feed_is_neutral() -> None:
    found = dissolved("x", 0.1, 6.4, None, None)

    assert found.inorganic_carbon == found.ammonium
    assert found.cations == pytest.approx(0.1)


def test_an_alkalinity_without_ph_is_refused() -> None:
    with pytest.raises(BalanceError, match=r"alkalinity of 5 kg CaCO3/m3 says nothing without the pH"):
        dissolved("Slurry", 0.1, 0.0, None, 5.0)


@pytest.mark.parametrize(("ph", "alkalinity"), [(4.0, 2.0), (9.5, 0.5)])
def test_an_alkalinity_that_does_not_fit_the_ph_is_refused(ph: float, alkalinity: float) -> None:
    with pytest.raises(
        BalanceError, match=rf"alkalinity of {alkalinity:g} kg CaCO3/m3 does not fit pH {ph:g}"
    ):
        dissolved("Slurry", 0.1, 0.0, ph, alkalinity)


def test_more_carbon_dioxide_than_water_holds_is_refused() -> None:
    with pytest.raises(BalanceError, match=r"kmol CO2/m3 in solution, and water holds 0\.05"):
        dissolved("Silage", 0.05, 0.0, 5.0, 8.0)
