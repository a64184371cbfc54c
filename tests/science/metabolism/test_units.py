import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.units import MODEL_UNIT, SCALES, UnitError, from_model, to_model

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


@pytest.mark.parametrize(("kind", "unit"), PAIRS)
def test_the_scales_of_plant_logs_are_those_of_pint(kind: str, unit: str) -> None:
    names = {
        "cf": "foot**3",
        "gal": "gallon",
        "lb": "pound",
        "m3": "meter**3",
        "-": "",
        "pH": "",
        "%": "percent",
    }
    spoken = "/".join(names.get(part, part) for part in unit.split("/"))
    registry: pint.UnitRegistry[float] = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    measured = registry.Quantity(25.0, spoken or "dimensionless")
    if kind == "amount" and measured.check("[mass]/[time]"):
        measured = measured * registry.Quantity("0.001 m**3/kg")
    wanted = {"m3/d": "m**3/day", "-": "dimensionless", "degC": "degC", "kg/m3": "kg/m**3"}[MODEL_UNIT[kind]]

    assert to_model(kind, unit, 25.0) == pytest.approx(measured.to(wanted).magnitude)
