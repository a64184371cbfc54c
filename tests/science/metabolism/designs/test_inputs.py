import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism import PlantEdit
from harmonia.science.metabolism.designs import (
    DesignError,
    ambient_from_csv,
    feed_from_csv,
    option_from_toml,
    regimes_from_toml,
    site_from_toml,
)

OPTION = """
name = "A second digester"
cost = 2400.10
labour_h_week = 1
needs = ["bag"]
who = "Ines and the welding circle"
[[edits]]
field = "liquid_m3"
operation = "add"
value = 2.0
"""
READERS: dict[str, Callable[[str], object]] = {
    "option": lambda text: option_from_toml("x", text),
    "site": site_from_toml,
    "regimes": regimes_from_toml,
    "feed": feed_from_csv,
    "ambient": ambient_from_csv,
}


def test_an_option_is_read_with_its_exact_cost() -> None:
    option = option_from_toml("second", OPTION)

    assert option.cost == Decimal("2400.10")
    assert option.edits == (PlantEdit("liquid_m3", "add", 2.0),)
    assert option.needs == {"bag"}


def test_taking_a_part_away_needs_no_value() -> None:
    option = option_from_toml("cold", 'name = "Cold"\n[[edits]]\nfield = "pasteuriser"\noperation = "remove"')

    assert option.edits[0].operation == "remove"


def test_a_site_is_read_with_its_budget() -> None:
    site, budget = site_from_toml(f"budget = 3000\nreleased_m3_month = {[1.5] * 12}\ngrid_kg_co2e_kwh = 0.3\n"
                                  'grid_source = "operator 2025"')  # fmt: skip

    assert site.released_m3_month == (1.5,) * 12
    assert site.grid_kg_co2e_kwh == 0.3
    assert budget == Decimal(3000)


def test_a_grid_of_regimes_has_one_for_each_combination() -> None:
    regimes = regimes_from_toml(
        "temperatures_c = [33, 37]\nloadings = [0.7, 1]\nstove_shares = [1]\n[mixes.all]\n[mixes.lean]\nleaves = 0.5"
    )

    assert len(regimes) == 8
    assert {regime.mix.get("leaves") for regime in regimes} == {None, 0.5}


def test_feed_adds_rows_of_a_day_and_fills_days_without_one() -> None:
    feed = feed_from_csv("day,leaves,food_waste\n2026-01-03,1,2\n2026-01-01,,4\n2026-01-03,1,0\n")

    assert feed.codes == ("food_waste", "leaves")
    assert feed.start == datetime.date(2026, 1, 1)
    assert feed.feed_kg_d == ((4.0, 0.0), (0.0, 0.0), (2.0, 2.0))


def test_weather_is_read_day_by_day() -> None:
    days = [datetime.date(2025, 1, 1) + datetime.timedelta(days=n) for n in range(365)]
    text = "day,temperature_c\n" + "\n".join(f"{day},{n % 30}" for n, day in enumerate(days))

    assert ambient_from_csv(text).temperature_c[:3] == (0.0, 1.0, 2.0)
    with pytest.raises(DesignError, match="lacks 2025-01-03"):
        ambient_from_csv(text.replace("2025-01-03,2\n", ""))


@pytest.mark.parametrize(
    ("reader", "text", "words"),
    [
        ("option", "", "needs a name"),
        ("option", "name = 3", "needs a name"),
        ("option", 'name = "x"\ncost = "much"', "must be a number"),
        ("option", 'name = "x"\ncost = nan', "must be a finite number"),
        ("option", 'name = "x"\ncost = 1e999', "must be a finite number"),
        ("option", 'name = "x"\nneeds = "bag"', "list of option codes"),
        ("option", 'name = "x"\nprice = 3', "unknown key 'price'"),
        ("option", 'name = "x"\n[[edits]]\nfield = "liquid_m3"', "an edit lacks operation"),
        (
            "option",
            'name = "x"\n[[edits]]\nfield = "a"\noperation = "paint"\nvalue = 1',
            "operation of set, add",
        ),
        ("option", 'name = "x"\nedits = 3', "edits are written as"),
        ("option", "name = ", "not valid TOML"),
        ("site", "released_m3_month = [1]", "twelve numbers"),
        ("site", "released_m3_month = 3", "list of numbers"),
        ("site", "grid_source = 3", "must be text"),
        ("site", "displaced_fuel = 3", "must be one of"),
        ("regimes", "loadings = [1]", "lack temperatures_c"),
        ("regimes", "mixes = 3", r"written as \[mixes"),
        ("feed", "", "needs a first column day"),
        ("feed", "day,a,a\n", "all different"),
        ("feed", "day,a\n", "no day in it"),
        ("feed", "day,a\n2026-13-01,1\n", "is no day"),
        ("feed", "day,a\n2026-01-01,x\n", "is no number"),
        ("feed", "day,a\n2026-01-01\n", "1 cells stand under 2"),
        ("feed", "day,a\n1026-01-01,1\n2026-01-01,1\n", "at most 20000"),
        ("feed", 'day,a\n2026-01-01,"1', "not a CSV table"),
        ("ambient", "day,warmth\n", "columns day and temperature_c"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(reader: str, text: str, words: str) -> None:
    with pytest.raises(DesignError, match=words):
        READERS[reader](text)


@given(st.sampled_from(sorted(READERS)), st.text())
def test_any_text_is_read_or_refused(reader: str, text: str) -> None:
    try:
        READERS[reader](text)
    except DesignError as error:
        said = str(error)
    else:
        said = "read"

    assert said
