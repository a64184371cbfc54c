"""Weeks as people count them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.commons.covenants.weeks import WEEK, Standing, Week, bounds, monday_of, mondays

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(days)
def test_a_weeks_monday_is_a_monday_at_most_six_days_before(day: date) -> None:
    monday = monday_of(day)

    assert monday.isoweekday() == 1
    assert timedelta(0) <= day - monday < WEEK
    assert monday.isocalendar()[:2] == day.isocalendar()[:2]


@given(days, st.integers(0, 800))
def test_mondays_are_all_the_mondays_of_a_time(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    expected = [d for n in range(length + 1) if (d := first + timedelta(days=n)).isoweekday() == 1]

    assert expected == mondays(first, last)


def test_no_monday_lies_in_a_time_that_ends_before_it_begins() -> None:
    assert mondays(date(2026, 6, 15), date(2026, 6, 1)) == []


@given(days)
def test_one_week_ends_where_the_next_begins(day: date) -> None:
    monday = monday_of(day)

    assert bounds(monday)[1] == bounds(monday + WEEK)[0]


@pytest.mark.parametrize(
    ("brought", "over", "standing"),
    [
        (3000, False, "kept"),
        (3000, True, "kept"),
        (2999, True, "missed"),
        (2999, False, "so_far"),
        (0, False, "so_far"),
    ],
)
def test_a_week_is_missed_only_when_it_is_over(brought: int, over: bool, standing: Standing) -> None:
    assert Week(date(2026, 6, 15), 3000, brought, over).standing == standing
