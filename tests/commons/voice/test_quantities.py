"""Numbers with units as people write them."""

import pytest

from harmonia.commons.voice.quantities import BadQuantity, read


@pytest.mark.parametrize(
    ("text", "unit", "difference", "value"),
    [
        ("1.5", "m³", False, 1.5),
        ("1,5 m3", "m³", False, 1.5),
        ("500 L", "m³", False, 0.5),
        ("500 litros", "m³", False, 0.5),
        ("98.6 °F", "°C", False, 37.0),
        ("9 °F", "°C", True, 5.0),
        ("-2 °C", "°C", True, -2.0),
        ("2 h", "d", False, 2 / 24),
        ("1 kW", "W", False, 1000.0),
        ("0.4", "", False, 0.4),
    ],
)
def test_a_number_is_read_in_the_unit_of_the_plant(
    text: str, unit: str, difference: bool, value: float
) -> None:
    assert read(text, unit, difference=difference) == pytest.approx(value, abs=1e-8)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", "m³"),
        ("a lot", "m³"),
        ("nan", "m³"),
        ("2 kg", "m³"),
        ("1 banana", "m³"),
        ("1 kW", ""),
        ("1 " + "m*" * 40, "m³"),
        ("1 __import__('os')", "m³"),
        ("9" * 400, "m³"),
    ],
)
def test_what_is_no_such_quantity_is_refused_in_a_sentence(text: str, unit: str) -> None:
    with pytest.raises(BadQuantity, match=r"\."):
        read(text, unit)
