import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.gas_volumes import standard_volume
from harmonia.science.metabolism.jar_readings import JarReading, Method, ReadingError, methane_so_far


def total(method: Method, *readings: JarReading) -> list[float]:
    found: list[float] = methane_so_far(method, readings, 500.0, 35.0)[1].tolist()
    return found


def test_a_meter_s_methane_is_taken_as_it_is() -> None:
    assert total("methane", JarReading(1, 30), JarReading(2, 80)) == [0, 30, 80]


def test_each_step_of_gas_is_standard_at_its_own_temperature() -> None:
    cold = 0.6 * standard_volume(100, 10, 101.325)
    warm = 0.6 * standard_volume(100, 30, 101.325)

    assert total("gas", JarReading(1, 100, 10), JarReading(2, 200, 30)) == pytest.approx(
        [0, cold, cold + warm]
    )


def test_a_measured_share_replaces_the_usual_one() -> None:
    usual = total("gas", JarReading(1, 100))[-1]

    assert total("gas", JarReading(1, 100, methane_share=0.3))[-1] == pytest.approx(usual / 2)


def test_pressure_let_out_each_time_adds_up() -> None:
    # By hand: 20 kPa twice in 500 mL at 35 degC, 60 % methane: 0.6 * 500 * 40/101.325 * 273.15/308.15 = 104.98 mL.
    assert total("pressure", JarReading(1, 20), JarReading(2, 20))[-1] == pytest.approx(104.98, rel=2e-3)


def test_the_first_mass_is_where_the_bottle_began() -> None:
    lost = total("mass", JarReading(0, 188.205), JarReading(2, 187.8448))

    assert lost[0] == 0
    assert 150 < lost[-1] < 250


@pytest.mark.parametrize(
    ("method", "readings"),
    [
        ("mass", [JarReading(0, 100.0), JarReading(1, 101.0)]),
        ("pressure", [JarReading(1, -5.0)]),
        ("gas", [JarReading(1, 10.0, 500.0)]),
        ("mass", [JarReading(0, 100.0), JarReading(1, 99.0, methane_share=2.0)]),
    ],
)
def test_a_reading_that_cannot_be_is_a_sentence(method: Method, readings: list[JarReading]) -> None:
    with pytest.raises(ReadingError, match=r"^Day .*\.$"):
        methane_so_far(method, readings, 500, 35)


def test_a_jar_nobody_read_starts_at_nothing() -> None:
    days, methane = methane_so_far("gas", [], 500, 35)

    assert (days.tolist(), methane.tolist()) == ([0.0], [0.0])


@given(st.permutations([JarReading(day, 50.0 * day) for day in range(1, 7)]))
def test_the_order_in_which_they_were_written_does_not_matter(readings: list[JarReading]) -> None:
    assert np.all(np.diff(total("gas", *readings)) > 0)
