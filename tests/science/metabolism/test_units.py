import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.units import SCALES, UnitError, from_model, to_model

PAIRS = [(kind, unit) for kind, scales in SCALES.items() for unit in scales]


@pytest.mark.parametrize(
    ("kind", "unit", "value", "expected"),
    [
        ("gas", "cf/d", 100.0, 2.8316846592),
        ("amount", "gal/d", 10.0, 0.03785411784),
        ("temperature", "degF", 95.0, 35.0),
        ("temperature", "K", 308.15, 35.0),
        ("share", "%", 70.0, 0.7),
        ("concentration", "mg/L", 4500.0, 4.5),
    ],
)
def test_units_of_plant_logs_convert(kind: str, unit: str, value: float, expected: float) -> None:
    assert to_model(kind, unit, value) == pytest.approx(expected)


@given(st.sampled_from(PAIRS), st.floats(-1e6, 1e6))
def test_a_value_comes_back_unchanged(pair: tuple[str, str], value: float) -> None:
    kind, unit = pair

    assert from_model(kind, unit, to_model(kind, unit, value)) == pytest.approx(value, rel=1e-9, abs=1e-6)


def test_an_unknown_unit_lists_the_known_ones() -> None:
    with pytest.raises(UnitError, match="cf/d"):
        to_model("gas", "furlong", 1.0)
