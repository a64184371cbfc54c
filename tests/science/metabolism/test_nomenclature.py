from dataclasses import fields
from pathlib import Path

from harmonia.science.metabolism import Feedstock, FollowOutcome, Quantity
from harmonia.science.metabolism.nomenclature import IONS, STATES, UNITS
from harmonia.science.metabolism.parameters import parameter_table

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "nomenclature.md").read_text(encoding="utf-8")


def test_every_symbol_of_the_model_stands_on_the_page() -> None:
    assert [name for name in (*STATES, *IONS, *parameter_table()) if f"`{name}`" not in PAGE] == []


def test_every_reported_series_stands_on_the_page() -> None:
    bounds = ("_low", "_high")
    series = [field.name for field in fields(FollowOutcome) if field.name not in ("status", "engine", "seed")]

    assert [name for name in series if not name.endswith(bounds) and f"`{name}`" not in PAGE] == []


def test_every_quantity_of_a_feedstock_stands_on_the_page() -> None:
    quantities = [field.name for field in fields(Feedstock) if field.type is Quantity]

    assert [name for name in quantities if f"`{name}`" not in PAGE] == []


def test_units_on_the_page_are_those_of_the_code() -> None:
    rows = {line.split("`")[1]: line for line in PAGE.splitlines() if line.startswith("| `")}

    assert all(UNITS[name] in rows[name] for name in STATES)
