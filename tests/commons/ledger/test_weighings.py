"""Reading weighed waste from tables of others."""

from pathlib import Path

import pytest

from harmonia.commons.ledger import actions, weighings
from harmonia.commons.ledger.checks import check
from harmonia.commons.ledger.models import Holder, Line, Movement

MAP = """
source = "survey"
key = "id"
date = 2021-03-01
[point]
code = "survey"
name = "Survey"
where = "Town hall"
[materials]
food = "food_waste"
"""
EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "kampala" / "kampala.toml"


def test_a_table_becomes_weighings_in_whole_grams() -> None:
    good, bad = weighings.read_weighings("id,food\n1,6.99\n2,0\n", weighings.read_map(MAP))

    assert [(w.household, w.grams) for w in good] == [("survey-1", 6990)]
    assert bad == []


@pytest.mark.parametrize("value", ["-1", "many", "NaN", "1e9", "Infinity"])
def test_a_value_that_cannot_be_is_listed_with_its_reason(value: str) -> None:
    good, bad = weighings.read_weighings(f"id,food\n1,{value}\n", weighings.read_map(MAP))

    assert good == []
    assert [(item.line, item.column, item.value) for item in bad] == [(2, "food", value)]


def test_a_key_that_stands_twice_is_booked_once_and_said() -> None:
    good, bad = weighings.read_weighings("id,food\n1,1\n1,2\n", weighings.read_map(MAP))

    assert [w.grams for w in good] == [1000]
    assert "twice" in bad[0].reason


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("key = ", "not TOML"),
        ("key = 'id'", "lacks 'source'"),
        (MAP.replace("date = 2021-03-01", ""), "needs 'date'"),
        (MAP.replace('key = "id"', 'key = "id"\nunit = "stone"'), "stone"),
    ],
)
def test_a_map_that_cannot_be_used_says_why(text: str, sentence: str) -> None:
    with pytest.raises(weighings.BadTable, match=sentence):
        weighings.read_map(text)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(weighings.BadTable, match="'food'"):
        weighings.read_weighings("id,fruit\n1,2\n", weighings.read_map(MAP))


def test_a_table_that_is_no_csv_is_one_sentence() -> None:
    with pytest.raises(weighings.BadTable, match="is no CSV file"):
        weighings.read_weighings("a\r0", weighings.read_map(MAP))


@pytest.mark.django_db
def test_an_unknown_material_books_nothing() -> None:
    good, _ = weighings.read_weighings(
        "id,food\n1,1\n", weighings.read_map(MAP.replace("food_waste", "gold"))
    )

    with pytest.raises(actions.Refused, match="gold"):
        actions.import_weighings(good, point={"code": "x", "name": "X", "where": ""})
    assert not Movement.objects.exists()


@pytest.mark.reference
@pytest.mark.django_db
def test_the_kampala_survey_is_booked_once_to_the_gram(reference: Path) -> None:
    """103 households, 2,133 kg by fraction: openwashdata, doi 10.5281/zenodo.21519797."""
    table = (reference / "household_waste_kampala" / "solidwastekampala.csv").read_text("utf-8")
    chart = weighings.read_map(EXAMPLE.read_text("utf-8"))
    good, bad = weighings.read_weighings(table, chart)
    first = actions.import_weighings(good, point=chart.point)
    second = actions.import_weighings(good, point=chart.point)
    survey = Holder.objects.get(code="kampala-survey")
    food = Line.objects.filter(holder=survey, substance__code="food_waste")

    assert (first, second, bad) == (len(good), 0, [])
    assert Holder.objects.filter(kind="household").count() == 103
    assert sum(line.grams for line in food) == 1_649_450
    assert check().findings == ()
