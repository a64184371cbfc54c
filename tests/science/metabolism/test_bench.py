import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.adm1 import start_vector
from harmonia.science.metabolism.bench import BuretteError, two_point_titration
from harmonia.science.metabolism.titration import titrate


def test_the_formulas_hold_for_the_standard_sample() -> None:
    # 10 mL to pH 5.0 and 2 mL on to 4.4: TAC 10 * 250, FOS (2 * 1.66 - 0.15) * 500.
    found = two_point_titration(20, 0.1, 10, 12)

    assert found.alkalinity_mg_l == pytest.approx(2500)
    assert found.acids_mg_l == pytest.approx(1585)
    assert found.ratio == pytest.approx(0.634)


def test_a_bench_reads_what_the_simulated_titration_of_the_same_liquid_reads() -> None:
    states = start_vector()[None, :]
    simulated = titrate(states)
    onward = (float(simulated.fos[0]) / 0.5 + 0.15) / 1.66
    to_ph5 = float(simulated.tac[0]) / 0.25
    found = two_point_titration(20, 0.1, to_ph5, to_ph5 + onward)

    assert found.alkalinity_mg_l == pytest.approx(1000 * float(simulated.tac[0]))
    assert found.acids_mg_l == pytest.approx(1000 * float(simulated.fos[0]))


@given(st.floats(10, 200), st.floats(0.2, 1))
def test_less_sample_reads_the_same_liquid(sample: float, share: float) -> None:
    normality, first, onward = 0.1, 8.0, 1.5
    smaller = share * sample
    scale = share
    one = two_point_titration(sample, normality, first, first + onward)
    other = two_point_titration(smaller, normality, scale * first, scale * (first + onward))

    assert other.alkalinity_mg_l == pytest.approx(one.alkalinity_mg_l)
    assert other.acids_mg_l == pytest.approx(one.acids_mg_l, abs=1e-6)
    assert one.ratio == pytest.approx(other.ratio)


@pytest.mark.parametrize(
    ("numbers", "what"),
    [
        ((0, 0.1, 10, 12), "sample"),
        ((20, 5, 10, 12), "strength"),
        ((20, 0.1, 12, 10), "readings"),
        ((20, 0.1, 0, 10), "readings"),
        ((20, 0.1, 10, math.inf), "readings"),
        ((20, 0.1, math.nan, 12), "readings"),
        ((math.nan, 0.1, 10, 12), "sample"),
    ],
)
def test_burettes_that_cannot_be_are_refused(numbers: tuple[float, ...], what: str) -> None:
    with pytest.raises(BuretteError) as refused:
        two_point_titration(*numbers)

    assert refused.value.what == what
