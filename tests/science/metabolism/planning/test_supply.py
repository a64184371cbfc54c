from typing import Any

import pytest

from harmonia.science.metabolism import FeedstockError
from harmonia.science.metabolism.planning.limits import FeedLimits, PlanError
from harmonia.science.metabolism.planning.supply import Supply


def test_what_waits_is_no_older_than_it_keeps() -> None:
    supply = Supply("bread", 5.0, (1.0, 2.0, 3.0, 4.0), shelf_life_d=2)

    assert supply.most_waiting_kg().tolist() == [6.0, 8.0, 5.0, 7.0]


def test_without_a_shelf_life_a_week_or_the_old_stock_may_be_left() -> None:
    supply = Supply("leaves", 5.0, (1.0,) * 10)

    assert supply.most_waiting_kg().tolist() == [15.0] * 9 + [7.0]


@pytest.mark.parametrize(
    "supply",
    [
        Supply("bread", -1.0, (1.0,)),
        Supply("bread", 0.0, (float("nan"),)),
        Supply("bread", 0.0, (1.0, 1.0)),
        Supply("bread", 0.0, (1.0,), shelf_life_d=0.5),
        Supply("bread", 0.0, (1.0,), shelf_life_d=float("nan")),
    ],
)
def test_an_impossible_supply_is_refused(supply: Supply) -> None:
    with pytest.raises(PlanError):
        supply.check(days=1)


def test_an_unknown_feedstock_is_refused() -> None:
    with pytest.raises(FeedstockError):
        Supply("moon_dust", 1.0, (0.0,)).check(days=1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"loading_kg_vs_m3_d": 0.0},
        {"acid_ratio": float("inf")},
        {"retention_d": "long"},
        {"vs_share": {"fog": 1.5}},
    ],
)
def test_an_impossible_limit_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(PlanError):
        FeedLimits(**wrong)
