import numpy as np
import pytest

from harmonia.science.metabolism.plant_log import LogError, PlantLog, read_log, read_map
from tests.science.metabolism import synthetic

MAP = read_map(synthetic.MAP)


def log_with(place: int, column: int, value: str) -> PlantLog:
    table = synthetic.rows()
    table[place][column] = value
    return read_log(synthetic.text(table), MAP)


def test_units_are_converted_and_days_complete() -> None:
    log = read_log(synthetic.text(synthetic.rows()), MAP)

    assert len(log.days) == 60
    assert log.readings["temperature"][0] == pytest.approx(35.0)
    assert 1.5 < np.median(log.readings["gas"]) < 3.5
    assert log.rejected == ()


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        (1, "0", "below 2 cf/d"),
        (1, "much", "not a number"),
        (1, "inf", "not a number"),
        (2, "14", "above 10 pH"),
        (5, "8720", "above 45 %"),
        (4, "-3", "below 0 gal/d"),
    ],
)
def test_a_value_that_cannot_be_is_left_out_with_its_reason(column: int, value: str, reason: str) -> None:
    log = log_with(20, column, value)

    assert [(r.day, r.value, r.reason) for r in log.rejected] == [("2024-01-21", value, reason)]


def test_an_empty_cell_is_missing_not_rejected() -> None:
    log = log_with(20, 1, "")

    assert np.isnan(log.readings["gas"][20])
    assert log.rejected == ()


def test_one_jump_of_the_meter_is_left_out() -> None:
    log = log_with(20, 1, "1474")

    assert np.isnan(log.readings["gas"][20])
    assert "factor 5" in log.rejected[0].reason


def test_a_jump_that_stays_is_believed() -> None:
    table = synthetic.rows()
    for place, row in enumerate(table[20:]):
        row[1] = f"{900 + place}"
    log = read_log(synthetic.text(table), MAP)

    assert len(log.rejected) == 1
    assert log.readings["gas"][21] > 20


def test_a_meter_that_stands_still_is_not_a_reading() -> None:
    table = synthetic.rows()
    for row in table[20:25]:
        row[1] = "90"
    log = read_log(synthetic.text(table), MAP)

    assert [(r.day, r.value) for r in log.rejected] == [(f"2024-01-{day}", "90") for day in (23, 24, 25)]


def test_a_date_may_stand_in_three_columns() -> None:
    log_map = read_map(synthetic.MAP.replace('date = "day"', 'date = ["y", "m", "d"]'))
    rows = ["y,m,d,gas,ph,heat,food,ts", "2024,2,30,90,7,95,10,24", "2024.0,2,28,90,7,95,10,24"]
    log = read_log("\n".join(rows), log_map)

    assert [day.isoformat() for day in log.days] == ["2024-02-28"]
    assert [r.value for r in log.rejected] == ["2024-2-30"]


TWO_DIGESTERS = """
[[digester]]
name = "north"
acids = { column = "a1", unit = "mg/L" }
[[digester]]
name = "south"
acids = { column = "a2", unit = "mg/L" }
"""


def test_digesters_that_share_a_gas_meter_keep_their_own_readings() -> None:
    log_map = read_map(synthetic.MAP + TWO_DIGESTERS)
    rows = [
        "day,gas,ph,heat,food,ts,a1,a2",
        "2024-01-01,90,7,95,10,24,500,700",
        "2024-01-02,91,7,95,10,24,,900",
    ]
    log = read_log("\n".join(rows), log_map)

    assert log.digesters["south"]["acids"].tolist() == pytest.approx([0.7, 0.9])
    assert log.readings["acids"].tolist() == pytest.approx([0.6, 0.9])


def test_a_log_of_one_digester_has_one() -> None:
    log = read_log(synthetic.text(synthetic.rows()), MAP)

    assert list(log.digesters) == ["Synthetic"]
    assert set(log.digesters["Synthetic"]) == {"ph", "temperature"}


def test_missing_days_become_gaps() -> None:
    table = synthetic.rows()
    del table[10:15]
    log = read_log(synthetic.text(table), MAP)

    assert len(log.days) == 60
    assert np.isnan(log.readings["gas"][10:15]).all()


def test_a_second_row_for_a_day_and_a_bad_date_are_listed() -> None:
    table = synthetic.rows()
    table[3][0], table[4][0] = table[2][0], "yesterday"
    reasons = [r.reason for r in read_log(synthetic.text(table), MAP).rejected]

    assert reasons == ["a second row for the same day", "not a date like 2020-01-31"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('date = "day"', "", "date column"),
        ('unit = "cf/d"', 'unit = "furlong"', "no unit"),
        ('feedstock = "food_waste"', 'feedstock = "gold"', "unknown feedstock"),
        ("[gas]", "[steam]", "unknown entry"),
        ("low = 5, high = 45", "low = 50, high = 45", "low < high"),
        ('column = "gas"', "column = 3", "column and a unit"),
        ("temperature_c = 35", 'temperature_c = "warm"', "plant may give"),
        ("[[feed]]", "[[feed", "not valid TOML"),
        ("[plant]", '[[digester]]\nname = ""\n[plant]', "name of its own"),
        ('date = "day"', 'date = ["a", "b"]', "three: year, month, day"),
        ('amount = { column = "food", unit = "gal/d" }', "", "amount"),
    ],
)
def test_a_map_that_cannot_be_used_is_a_sentence(old: str, new: str, words: str) -> None:
    with pytest.raises(LogError, match=words):
        read_map(synthetic.MAP.replace(old, new))


@pytest.mark.parametrize("text", ["", "day,gas\n", "a,b\n1,2\n"])
def test_a_log_without_rows_or_columns_is_refused(text: str) -> None:
    with pytest.raises(LogError):
        read_log(text, MAP)


def test_a_log_without_any_date_is_refused() -> None:
    with pytest.raises(LogError, match="no row"):
        read_log("day,gas,ph,heat,food,ts\nsoon,1,7,95,1,20\n", MAP)


def test_a_log_over_centuries_is_refused() -> None:
    table = synthetic.rows()
    table[0][0] = "1024-01-01"

    with pytest.raises(LogError, match="spans"):
        read_log(synthetic.text(table), MAP)
