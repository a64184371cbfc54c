import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.designs import Site
from harmonia.science.metabolism.designs.spreading import months_of, spread

YEAR = months_of(datetime.date(2026, 1, 1), 365)
ONE_A_DAY = np.ones(365)
CLOSED_WINTER = (0.0, 0.0, *(40.0,) * 8, 0.0, 0.0)


def test_a_year_has_twelve_months_and_no_leap_day() -> None:
    counts = [months_of(datetime.date(2024, 2, 10), 365).count(month) for month in range(12)]

    assert counts == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_all_of_it_finds_a_place_where_gardens_take_enough_and_the_store_bridges_winter() -> None:
    found = spread(ONE_A_DAY, YEAR, Site(200.0, (0.0, 0.0, *(60.0,) * 8, 0.0, 0.0)))

    assert found.placed_m3 == pytest.approx(365)
    assert found.unplaced_m3 == 0.0
    assert found.storage_months == pytest.approx((30 + 31 + 31 + 28) / (365 / 12), abs=0.02)


def test_without_a_released_place_nothing_is_placed() -> None:
    found = spread(ONE_A_DAY, YEAR, Site(10.0))

    assert (found.placed_m3, found.unplaced_m3) == pytest.approx((0.0, 365.0))
    assert found.storage_months == 12.0


def test_gardens_that_take_less_than_is_made_would_need_an_endless_store() -> None:
    found = spread(ONE_A_DAY, YEAR, Site(1000.0, CLOSED_WINTER))

    assert found.placed_m3 == pytest.approx(320.0)
    assert found.unplaced_m3 == pytest.approx(45.0)
    assert found.storage_months == 12.0


def test_a_small_store_spills_in_the_closed_months() -> None:
    found = spread(ONE_A_DAY, YEAR, Site(30.0, (0.0, 0.0, *(60.0,) * 8, 0.0, 0.0)))

    assert found.unplaced_m3 == pytest.approx(30 + 31 + 31 + 28 - 30)


@given(
    st.lists(st.floats(0, 10), min_size=1, max_size=7),
    st.lists(st.floats(0, 100), min_size=12, max_size=12),
    st.floats(0, 500),
    st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 1, 1)),
)
def test_no_digestate_is_lost(
    rhythm: list[float], released: list[float], store: float, start: datetime.date
) -> None:
    site, made = Site(store, tuple(released)), np.resize(rhythm, 365)
    found = spread(made, months_of(start, 365), site)

    assert found.placed_m3 + found.unplaced_m3 == pytest.approx(made.sum())
    assert min(found.placed_m3, found.unplaced_m3) >= 0
    assert 0 <= found.storage_months <= 12
