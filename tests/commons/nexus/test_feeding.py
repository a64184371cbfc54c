"""What was fed by day, and what is foreseen."""

from decimal import Decimal

import pytest

from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus.feeding import days_from, foreseen, rots
from harmonia.commons.nexus.models import Expectation
from tests.commons.nexus.conftest import day

pytestmark = pytest.mark.django_db

PAST = days_from(day(0), day(13))
COMING = days_from(day(14), day(16))
FED = dict.fromkeys(PAST, 8.0)


def promise(substance: Substance, starts: int, ends: int | None = None) -> Expectation:
    last = None if ends is None else day(ends)
    return Expectation(source="c", substance=substance, kg_week=Decimal(14), starts=day(starts), ends=last)


def test_without_promises_the_next_days_are_like_the_mean_of_two_weeks(db: None) -> None:
    assert foreseen("food_waste", FED, PAST, COMING, []) == [8.0, 8.0, 8.0]


def test_a_promise_that_begins_tomorrow_comes_on_top(scraps: Substance) -> None:
    assert foreseen("food_waste", FED, PAST, COMING, [promise(scraps, 15)]) == [8.0, 10.0, 10.0]


def test_a_promise_kept_for_two_weeks_is_in_the_mean_already(scraps: Substance) -> None:
    assert foreseen("food_waste", FED, PAST, COMING, [promise(scraps, 0)]) == [8.0, 8.0, 8.0]


def test_a_promise_that_ends_is_taken_off_the_mean(scraps: Substance) -> None:
    assert foreseen("food_waste", FED, PAST, COMING, [promise(scraps, 0, ends=14)]) == [8.0, 6.0, 6.0]


def test_a_promise_of_the_middle_counts_for_the_days_it_did_not_run(scraps: Substance) -> None:
    assert foreseen("food_waste", FED, PAST, COMING, [promise(scraps, 7)]) == [9.0, 9.0, 9.0]


def test_a_promise_of_another_material_changes_nothing(db: None) -> None:
    bread = promise(books.substance("bread"), 15)

    assert foreseen("food_waste", FED, PAST, COMING, [bread]) == [8.0, 8.0, 8.0]


def test_feed_never_falls_below_what_is_in_already_today(db: None) -> None:
    assert foreseen("food_waste", {**FED, day(14): 20.0}, PAST, COMING, [])[0] == 20.0


def test_a_plant_without_a_past_expects_what_is_promised(scraps: Substance) -> None:
    assert foreseen("food_waste", {}, [], COMING, [promise(scraps, 0)]) == [2.0, 2.0, 2.0]


def test_what_rots_and_is_in_the_feedstock_library_feeds_the_plant(db: None) -> None:
    assert rots(books.substance("food_waste"))
    assert not rots(books.substance("wood"))
    assert not rots(Substance(code="x", use=Substance.Use.ROTS, feedstock="moon_cheese"))
