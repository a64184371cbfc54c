from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism import PlantEdit
from harmonia.science.metabolism.designs import DesignError, Option, affordable_bundles

CODES = ("a", "b", "c", "d", "e")
COSTS = st.lists(st.decimals(0, 1000, places=2), min_size=5, max_size=5)


NONE: frozenset[str] = frozenset()


def option(
    code: str,
    cost: Decimal | int = 0,
    *,
    edits: tuple[PlantEdit, ...] = (),
    needs: frozenset[str] = NONE,
    excludes: frozenset[str] = NONE,
    substitutes: frozenset[str] = NONE,
) -> Option:
    return Option(code, code.upper(), edits, Decimal(cost), 0.0, 0.0, needs, excludes, substitutes)


def codes(options: tuple[Option, ...], budget: int | None = None) -> list[tuple[str, ...]]:
    found = affordable_bundles(options, None if budget is None else Decimal(budget))
    return [bundle.codes for bundle in found]


def test_doing_nothing_comes_first_and_is_all_there_is_without_options() -> None:
    assert codes(()) == [()]


@given(COSTS, st.decimals(0, 3000, places=2), st.permutations(CODES))
def test_bundles_are_all_sets_within_the_budget_and_costs_add(
    costs: list[Decimal], budget: Decimal, order: list[str]
) -> None:
    price = dict(zip(CODES, costs, strict=True))
    bundles = affordable_bundles(tuple(option(code, price[code]) for code in order), budget)
    sets = [chosen for size in range(6) for chosen in combinations(CODES, size)]

    assert [bundle.codes for bundle in bundles] == [
        chosen for chosen in sets if sum(price[code] for code in chosen) <= budget
    ]
    assert all(bundle.cost == sum(price[code] for code in bundle.codes) for bundle in bundles)


def test_a_bundle_that_costs_the_budget_to_the_cent_is_affordable() -> None:
    options = tuple(option(code, Decimal("0.1")) for code in "abc")

    assert ("a", "b", "c") in [bundle.codes for bundle in affordable_bundles(options, Decimal("0.3"))]


def test_an_option_stands_only_beside_what_it_needs() -> None:
    options = (option("engine", needs=frozenset({"bag"})), option("bag"))

    assert codes(options) == [(), ("bag",), ("bag", "engine")]


def test_options_that_exclude_or_substitute_each_other_share_no_bundle() -> None:
    b = frozenset({"b"})

    for one in (option("a", excludes=b), option("a", substitutes=b)):
        assert codes((one, option("b"))) == [(), ("a",), ("b",)]


def test_two_options_that_set_one_number_differently_share_no_bundle() -> None:
    warm = option("warm", edits=(PlantEdit("temperature_c", "set", 40.0),))
    cool = option("cool", edits=(PlantEdit("temperature_c", "set", 30.0),))

    assert ("cool", "warm") not in codes((warm, cool))


def test_edits_come_in_an_order_that_the_order_of_options_does_not_change() -> None:
    double = option("a", edits=(PlantEdit("liquid_m3", "multiply", 2.0),))
    more = option("b", edits=(PlantEdit("liquid_m3", "add", 1.0),))
    both = [affordable_bundles(options)[-1].edits for options in ((double, more), (more, double))]

    assert both[0] == both[1]
    assert [edit.operation for edit in both[0]] == ["add", "multiply"]


def test_what_an_option_needs_is_built_before_it() -> None:
    second = option("tank", edits=(PlantEdit("digester.second.liquid_m3", "set", 1.0),))
    warm = PlantEdit("digester.second.temperature_c", "set", 35.0)
    jacket = option("jacket", edits=(warm,), needs=frozenset({"tank"}))

    assert [edit.field for edit in affordable_bundles((jacket, second))[-1].edits] == [
        "digester.second.liquid_m3",
        "digester.second.temperature_c",
    ]


def test_options_that_need_each_other_come_together() -> None:
    options = (option("a", needs=frozenset({"b"})), option("b", needs=frozenset({"a"})))

    assert codes(options) == [(), ("a", "b")]


def test_more_bundles_than_are_compared_are_refused_with_their_number() -> None:
    options = tuple(option(f"o{n}") for n in range(7))

    with pytest.raises(DesignError, match="7 options make 128 bundles, and at most 64"):
        affordable_bundles(options)


def test_more_options_than_can_be_tried_are_refused_before_trying() -> None:
    with pytest.raises(DesignError, match="13 options are too many"):
        affordable_bundles(tuple(option(f"o{n}") for n in range(13)))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((option("a"), option("a")), "Two options have the code a"),
        ((option("a", needs=frozenset({"z"})),), "names z, and there is no such option"),
        ((option("a", excludes=frozenset({"a"})),), "names itself"),
    ],
)
def test_options_that_contradict_each_other_are_named(options: tuple[Option, ...], words: str) -> None:
    with pytest.raises(DesignError, match=words):
        affordable_bundles(options)


@pytest.mark.parametrize(
    "values",
    [{"code": ""}, {"cost": Decimal(-1)}, {"cost": Decimal("NaN")}, {"labour_h_week": 200.0}, {"power_kwh_d": float("inf")}],
)  # fmt: skip
def test_an_option_that_cannot_be_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(DesignError):
        Option(**({"code": "a", "name": "A"} | values))


def test_a_budget_below_zero_is_refused() -> None:
    with pytest.raises(DesignError, match="budget"):
        affordable_bundles((), Decimal(-1))
